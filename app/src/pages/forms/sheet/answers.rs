//! Answers to read: violations first, then section by section.

use std::sync::Arc;

use leptos::prelude::*;

use super::jump::mark_of;
use crate::components::Icon;
use crate::components::evidence::{EvidencePort, coverage, is_confirmed};
use crate::filling::lexical;
use crate::filling::overview::{Overview, SectionOverview};
use crate::filling::view::{QuestionView, Standing};
use crate::language::{say, use_language};
use crate::text::forms::form;
use crate::text::observation::checklist as words;
use crate::text::{Language, number};

/// An answer as people of a language write it.
pub fn answer_text(language: Language, view: &QuestionView) -> String {
    use forms::form::QuestionKind as Kind;
    let text = view.answer_text();
    let text = match view.kind {
        Kind::Integer | Kind::Decimal | Kind::Range => lexical::shown_number(&text, language),
        Kind::Date => number::date(language, &text),
        Kind::Time => lexical::moment_for_input(&text, "time"),
        _ => text,
    };
    match &view.unit {
        Some(unit) if !text.is_empty() => format!("{text} {}", form::unit(language, unit)),
        _ => text,
    }
}

/// What was marked as a violation, with the notes; or that nothing was.
#[component]
pub fn Violations(
    /// The form at this moment.
    overview: Overview,
    /// Leads to a question; absent where answers can only be read.
    #[prop(optional, into)]
    change: Option<Callback<String>>,
) -> impl IntoView {
    let found: Vec<(Arc<SectionOverview>, QuestionView)> = overview
        .sections
        .iter()
        .flat_map(|section| {
            section
                .violations()
                .map(|view| (section.clone(), view.clone()))
                .collect::<Vec<_>>()
        })
        .collect();
    let count = found.len() as u64;
    if count == 0 {
        return view! { <p class="muted">{say(words::review_no_violations)}</p> }.into_any();
    }
    view! {
        <section class="violations">
            <h2>{say(move |l| words::review_violations(l, count))}</h2>
            <dl class="answers-read">
                {found
                    .into_iter()
                    .map(|(section, view)| {
                        view! { <AnswerRow section=section view=view change=change /> }
                    })
                    .collect_view()}
            </dl>
        </section>
    }
    .into_any()
}

/// All answers of a section; unanswered ones are named, not hidden.
#[component]
pub fn SectionAnswers(
    /// The section.
    section: Arc<SectionOverview>,
    /// Leads to a question; absent where answers can only be read.
    #[prop(optional, into)]
    change: Option<Callback<String>>,
) -> impl IntoView {
    let count = section.count();
    let evidence = coverage(&section, use_context::<EvidencePort>());
    let unconfirmed = evidence.needed - evidence.confirmed;
    let port = use_context::<EvidencePort>();
    let rows = section
        .main()
        .map(|view| {
            let view = view.clone();
            let section = section.clone();
            let lacks = view.needs_evidence() && !is_confirmed(&section, &view, port);
            view! { <AnswerRow section=section view=view change=change lacks_evidence=lacks /> }
        })
        .collect_view();
    view! {
        <details class="disclosure section-answers">
            <summary>
                <Icon glyph=crate::components::Glyph::ChevronRight />
                <span class="section-answers-title">{section.title.clone()}</span>
                {(unconfirmed > 0)
                    .then(|| {
                        view! {
                            <span class="tag warn num">
                                {say(move |l| words::without_evidence(l, unconfirmed))}
                            </span>
                        }
                    })}
                <span class="faint num small">
                    {say(move |l| words::progress(l, count.answered, count.total))}
                </span>
            </summary>
            <dl class="answers-read">{rows}</dl>
        </details>
    }
}

#[component]
fn AnswerRow(
    section: Arc<SectionOverview>,
    view: QuestionView,
    change: Option<Callback<String>>,
    /// Was a level chosen without the evidence it needs?
    #[prop(optional)]
    lacks_evidence: bool,
) -> impl IntoView {
    let language = use_language();
    let (class, glyph, _) = mark_of(&view);
    let is_violated = matches!(view.standing(), Standing::Violation | Standing::Critical);
    let words_of = view.clone();
    let answer = move || {
        let text = answer_text(language.get(), &words_of);
        if text.is_empty() {
            words::no_answer(language.get()).to_owned()
        } else {
            text
        }
    };
    let companions: Vec<QuestionView> = section
        .questions()
        .into_iter()
        .filter(|other| {
            other
                .rules
                .companion
                .as_ref()
                .is_some_and(|(name, _)| *name == view.name)
                && other.value.is_some()
        })
        .cloned()
        .collect();
    let path = view.path.clone();
    let label = view.label.clone();
    view! {
        <div class="answer-row" class:violated=is_violated>
            <dt>
                <span class=class>
                    <Icon glyph=glyph />
                </span>
                <span>{view.number().map(|number| format!("{number}. "))} {view.label.clone()}</span>
            </dt>
            <dd>
                <span class="answer-value">{answer}</span>
                {lacks_evidence
                    .then(|| view! { <span class="tag warn">{say(form::unconfirmed)}</span> })}
                {companions
                    .into_iter()
                    .map(|companion| view! { <p class="answer-note">{companion.value}</p> })
                    .collect_view()}
            </dd>
            {change
                .map(|change| {
                    view! {
                        <dd class="answer-change">
                            <button
                                type="button"
                                class="button quiet"
                                aria-label=say(move |l| words::change_of(l, &label))
                                on:click=move |_| change.run(path.clone())
                            >
                                {say(words::change)}
                            </button>
                        </dd>
                    }
                })}
        </div>
    }
}
