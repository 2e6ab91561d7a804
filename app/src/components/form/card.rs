//! A question with its words, its widget, what is wrong with the answer, and its companions.

use std::sync::Arc;

use forms::form::{CompanionRole, QuestionKind};
use leptos::prelude::*;

use super::choice::{ButtonRow, CheckList, Dropdown, RadioList, SearchList};
use super::drawing::Drawing;
use super::items::Companion;
use super::likert::Likert;
use super::media::Media;
use super::moment::Moment;
use super::number::NumberField;
use super::place::PlaceField;
use super::port::{CardFoot, Question};
use super::range::RangeField;
use super::rank::RankList;
use super::rival::RivalAnswer;
use super::scale::Scale;
use super::text::{Acknowledge, TextField};
use crate::components::evidence::{EvidenceAt, EvidencePort};
use crate::components::{Glyph, Icon};
use crate::filling::colleagues::Colleagues;
use crate::filling::lexical;
use crate::filling::view::{ChoiceView, QuestionView, Standing};
use crate::language::{say, use_language};
use crate::text::forms::form as words;

/// Choices from which a list can be searched.
const SEARCHABLE: usize = 15;

/// A question as a card.
#[component]
pub fn Card(
    /// The question.
    question: Question,
    /// What is shown under it.
    companions: Memo<Vec<Companion>>,
) -> impl IntoView {
    let first = question.first.get_value();
    if first.kind == QuestionKind::Note {
        return note(&first).into_any();
    }
    let class = move || {
        let standing = question.part(QuestionView::standing);
        let mistake = question.mistake().is_some();
        match (standing, mistake) {
            (Standing::Critical | Standing::Violation, _) => "card question violated",
            (_, true) => "card question mistaken",
            _ => "card question",
        }
    };
    view! {
        <div class=class id=format!("{}-card", question.id()) data-path=question.path()>
            <Field question=question />
            <OthersSaw question=question />
            <Companions question=question companions=companions />
            {use_context::<CardFoot>().map(|CardFoot(foot)| foot(question.path()))}
        </div>
    }
    .into_any()
}

/// What other observers at the event answered here; said after the own answer, marked where it differs.
#[component]
fn OthersSaw(question: Question) -> impl IntoView {
    let colleagues = use_context::<Colleagues>();
    let language = use_language();
    move || {
        let others = colleagues?.answers(&question.path());
        let own = question.value();
        if others.is_empty() || own.is_empty() {
            return None;
        }
        let rows = others.into_iter().map(|(number, answer)| {
            let shown = question.part(|view| {
                let view = QuestionView {
                    value: Some(answer.value.clone()),
                    ..view.clone()
                };
                view.answer_text()
            });
            let differs = answer.value != own;
            let time = crate::device::hour_minute(answer.at_ms);
            let text = move || words::colleague_answer(language.get(), number, &shown, &time);
            view! {
                <p class="small muted colleague-answer" class:differs=differs>
                    <Icon glyph=Glyph::User />
                    {text}
                    {differs.then(|| view! { <b>{say(words::colleague_differs)}</b> })}
                </p>
            }
        });
        Some(rows.collect_view())
    }
}

fn note(view: &QuestionView) -> impl IntoView + use<> {
    let hint = view.hint.clone();
    view! {
        <div class="question-note">
            <p>{view.label.clone()}</p>
            {(!hint.is_empty()).then(|| view! { <p class="muted small">{hint}</p> })}
        </div>
    }
}

/// Words, widget and mistake of one question, without a frame.
#[component]
pub fn Field(
    /// The question.
    question: Question,
) -> AnyView {
    let view = question.first.get_value();
    if is_fieldset(&view) {
        view! {
            <fieldset
                class="field"
                id=question.id()
                tabindex="-1"
                aria-describedby=move || question.described_by()
            >
                <legend class="field-label">
                    <Label question=question />
                </legend>
                <Words question=question />
                {widget(question, &view)}
                <Mistake question=question />
                <RivalAnswer question=question />
            </fieldset>
        }
        .into_any()
    } else {
        view! {
            <div class="field">
                <label class="field-label" for=question.id()>
                    <Label question=question />
                </label>
                <Words question=question />
                {widget(question, &view)}
                <Mistake question=question />
                <RivalAnswer question=question />
            </div>
        }
        .into_any()
    }
}

/// Is the widget several controls, so that the question is their legend?
fn is_fieldset(view: &QuestionView) -> bool {
    use QuestionKind::{
        Acknowledge, Audio, File, Geopoint, Image, Rank, SelectMultiple, SelectOne,
        SelectOneExternal, Video,
    };
    match view.kind {
        SelectOne | SelectOneExternal => !is_dropdown(view),
        SelectMultiple | Rank | Geopoint | Acknowledge | Image | Audio | Video | File => true,
        _ => false,
    }
}

fn is_dropdown(view: &QuestionView) -> bool {
    view.has_appearance("minimal") || view.has_appearance("quickcompact-minimal")
}

fn is_searchable(view: &QuestionView) -> bool {
    view.has_appearance("search")
        || view.has_appearance("autocomplete")
        || view.choices.len() > SEARCHABLE
}

fn widget(question: Question, view: &QuestionView) -> AnyView {
    use QuestionKind as Kind;
    match view.kind {
        Kind::SelectOne | Kind::SelectOneExternal if view.has_appearance("likert") => {
            view! { <Likert question=question /> }.into_any()
        }
        Kind::SelectOne | Kind::SelectOneExternal if is_dropdown(view) => {
            view! { <Dropdown question=question /> }.into_any()
        }
        Kind::SelectOne | Kind::SelectOneExternal | Kind::SelectMultiple if is_searchable(view) => {
            view! { <SearchList question=question /> }.into_any()
        }
        Kind::SelectOne if view.is_scale() => view! { <Scale question=question /> }.into_any(),
        Kind::SelectOne if view.is_button_row() => {
            view! { <ButtonRow question=question /> }.into_any()
        }
        Kind::SelectOne | Kind::SelectOneExternal => {
            view! { <RadioList question=question /> }.into_any()
        }
        Kind::SelectMultiple => view! { <CheckList question=question /> }.into_any(),
        Kind::Rank => view! { <RankList question=question /> }.into_any(),
        Kind::Integer | Kind::Decimal => view! { <NumberField question=question /> }.into_any(),
        Kind::Range => view! { <RangeField question=question /> }.into_any(),
        Kind::Date | Kind::Time | Kind::DateTime => {
            view! { <Moment question=question /> }.into_any()
        }
        Kind::Acknowledge => view! { <Acknowledge question=question /> }.into_any(),
        Kind::Geopoint | Kind::Geotrace | Kind::Geoshape => {
            view! { <PlaceField question=question /> }.into_any()
        }
        Kind::Image
            if ["signature", "draw"]
                .iter()
                .any(|word| view.has_appearance(word))
                // Lines that were drawn before a photo could be chosen stay what they are.
                || view.value.as_deref().is_some_and(|value| !lexical::picture_lines(value).is_empty()) =>
        {
            view! { <Drawing question=question /> }.into_any()
        }
        Kind::Image | Kind::Audio | Kind::Video | Kind::File => {
            view! { <Media question=question /> }.into_any()
        }
        _ => view! { <TextField question=question /> }.into_any(),
    }
}

/// The question with what the instrument says of it: critical, key item, required.
#[component]
fn Label(question: Question) -> impl IntoView {
    let view = question.first.get_value();
    let is_item = view.rules.companion.is_none();
    let critical = view.rules.critical && view.rules.alert;
    let key_item = view.rules.key_item;
    let number = view.number().map(|number| format!("{number}. "));
    let is_required = move || question.part(|view| view.required) && is_item;
    view! {
        {critical
            .then(|| {
                view! {
                    <span class="critical-tag">
                        <Icon glyph=Glyph::Alert />
                        {say(words::critical)}
                    </span>
                }
            })}
        <span class="field-words">
            <span>
                {number}{view.label.clone()}
                {move || {
                    is_required()
                        .then(|| {
                            view! {
                                <span class="required">
                                    <span aria-hidden="true">" *"</span>
                                    <span class="hidden-visually">{say(words::required)}</span>
                                </span>
                            }
                        })
                }}
            </span>
            {key_item.then(|| view! { <span class="key-tag">{say(words::key_item)}</span> })}
        </span>
    }
}

/// Hint and help on demand.
#[component]
fn Words(question: Question) -> impl IntoView {
    let id = question.id();
    let hint = move || question.part(|view| view.hint.clone());
    let guidance = question.first.with_value(|view| view.guidance.clone());
    view! {
        <Show when=move || !hint().is_empty()>
            <p class="hint" id=format!("{}-hint", id.clone())>
                {hint}
            </p>
        </Show>
        {(!guidance.is_empty())
            .then(|| {
                view! {
                    <details class="guidance">
                        <summary>{say(words::guidance)}</summary>
                        <p>{guidance}</p>
                    </details>
                }
            })}
    }
}

/// What is wrong and how to mend it, in the same words as in the summary.
#[component]
fn Mistake(question: Question) -> impl IntoView {
    let id = format!("{}-error", question.id());
    move || {
        question.mistake().map(|mistake| {
            view! {
                <p class="field-error" id=id.clone()>
                    <Icon glyph=Glyph::Alert />
                    {mistake}
                </p>
            }
        })
    }
}

/// Note, evidence, comment and the like under their question.
#[component]
fn Companions(question: Question, companions: Memo<Vec<Companion>>) -> impl IntoView {
    let has_evidence =
        move || companions.with(|all| all.iter().any(|(role, _)| *role == CompanionRole::Evidence));
    let key = |(role, view): &Companion| (role.word(), view.path.clone());
    view! {
        <For each=move || companions.get() key=key let((role, view))>
            {match role {
                CompanionRole::Evidence => {
                    view! { <Evidence question=question view=view /> }.into_any()
                }
                CompanionRole::Comment => view! { <Comment question=question view=view /> }.into_any(),
                // The document is named in words; said once, under the field for it.
                CompanionRole::File if has_evidence() => ().into_any(),
                CompanionRole::Photo | CompanionRole::File => {
                    view! { <AnsweredMedia question=question view=view /> }.into_any()
                }
                CompanionRole::Note | CompanionRole::NotApplicableReason => {
                    let companion = Question::new(question.port, view);
                    view! {
                        <div class="companion">
                            <Field question=companion />
                            <NoteTime question=question role=role />
                        </div>
                    }
                        .into_any()
                }
            }}
        </For>
    }
}

/// When the violation was marked: the log knows it, nobody types it.
#[component]
fn NoteTime(question: Question, role: CompanionRole) -> impl IntoView {
    let mark = move || {
        question.now.track();
        question.port.mark.run(question.path())
    };
    move || {
        (role == CompanionRole::Note)
            .then(mark)
            .flatten()
            .map(|mark| {
                let time = crate::device::hour_minute(mark.at_ms);
                view! {
                    <p class="small muted num">{say(move |l| words::marked_at(l, &time))}</p>
                }
            })
    }
}

/// A photo or file beside an answer, once there is one.
#[component]
fn AnsweredMedia(question: Question, view: Arc<QuestionView>) -> impl IntoView {
    let companion = Question::new(question.port, view);
    let is_answered = move || question.part(QuestionView::standing) != Standing::Open;
    view! {
        <Show when=is_answered>
            <Media question=companion />
        </Show>
    }
}

/// What proves the level, where the level is chosen.
#[component]
fn Evidence(question: Question, view: Arc<QuestionView>) -> impl IntoView {
    let language = use_language();
    // Levels are chosen as sentences, so the first one that wants proof is named by its sentence.
    let from = move || {
        question.part(|view| {
            let from = view.rules.evidence.required_from?;
            let needs = |choice: &&ChoiceView| choice.score.is_some_and(|score| score >= from);
            let points = |choice: &ChoiceView| choice.score.unwrap_or_default();
            let first = view.choices.iter().filter(needs);
            let first = first.min_by(|a, b| points(a).total_cmp(&points(b)))?;
            Some(first.sentence().to_owned())
        })
    };
    let companion = Question::new(question.port, view);
    // Pieces are bound where the page gives them a place; elsewhere the words are all there is.
    let port = use_context::<EvidencePort>();
    let name = question.first.with_value(|view| view.name.clone());
    let item = name.clone();
    let is_missing = move || {
        question.part(QuestionView::needs_evidence)
            && companion.value().trim().is_empty()
            && port.is_none_or(|port| port.at(&item).is_empty())
    };
    // The score looks at the words: a piece without words is named there, and unnamed when it leaves.
    let on_added = Callback::new(move |title: String| {
        if companion.value().trim().is_empty() {
            companion.answer(Some(title));
        }
    });
    let on_removed = Callback::new(move |title: String| {
        if companion.value().trim() == title {
            companion.answer(None);
        }
    });
    view! {
        <div class="companion evidence">
            <Field question=companion />
            <p class="small faint">
                {move || from().map(|level| words::evidence_needed(language.get(), level))}
            </p>
            {port
                .map(|port| {
                    view! {
                        <EvidenceAt item=name port=port on_added=on_added on_removed=on_removed />
                    }
                })}
            <Show when=is_missing>
                <p class="tag warn">
                    <Icon glyph=Glyph::Info />
                    {say(words::unconfirmed)}
                </p>
            </Show>
        </div>
    }
}

/// A comment, opened on demand.
#[component]
fn Comment(question: Question, view: Arc<QuestionView>) -> impl IntoView {
    let companion = Question::new(question.port, view);
    let opened = RwSignal::new(false);
    let is_open = Memo::new(move |_| opened.get() || !companion.value().is_empty());
    let author = move || {
        companion.now.track();
        companion
            .port
            .mark
            .run(companion.path())
            .filter(|_| !companion.value().is_empty())
    };
    view! {
        <Show
            when=move || is_open.get()
            fallback=move || {
                view! {
                    <button
                        type="button"
                        class="button quiet companion-open"
                        on:click=move |_| opened.set(true)
                    >
                        {say(words::comment_add)}
                    </button>
                }
            }
        >
            <div class="companion">
                <Field question=companion />
                {move || author().map(|mark| view! { <super::scale::Signed mark=mark /> })}
            </div>
        </Show>
    }
}
