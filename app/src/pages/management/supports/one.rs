//! One measure: why, who, by when, its course, and the next step.

use api::id::{EntryId, SupportId};
use api::live::LiveChange;
use api::management::support::{NewStep, Step, Support};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::StateTag;
use crate::client::{Failure, use_client};
use crate::components::{
    Choices, Doing, DoingFailure, Following, Glyph, Icon, LongField, Writing, use_toasts,
};
use crate::device;
use crate::language::{say, say_text, use_language};
use crate::live::use_live;
use crate::shell::set_title;
use crate::text::management::supports as words;
use crate::text::{Language, number};

/// One measure on its own page.
#[component]
pub fn SupportPage() -> impl IntoView {
    set_title(words::title);
    let parameters = use_params_map();
    let asked =
        Memo::new(move |_| parameters.with(|all| all.get("support")?.parse::<SupportId>().ok()));
    let client = use_client();
    let live = use_live();
    let support = LocalResource::new(move || {
        client.epoch.track();
        let asked = asked.get();
        async move {
            let id = asked.ok_or(Failure::Unreadable { status: 404 })?;
            client.get::<Support>(&api::paths::support(id)).await
        }
    });
    live.hear(
        move |change| matches!(change, LiveChange::Support { support } if Some(*support) == asked.get_untracked()),
        move || support.refetch(),
    );
    view! {
        <main class="page narrow" id="main">
            <p>
                <a class="button quiet" href=api::work::SUPPORTS>
                    <Icon glyph=Glyph::ArrowLeft />
                    {say(words::to_all)}
                </a>
            </p>
            <Following
                resource=support
                key=|support: &Support| support.id
                view=move |found| {
                    view! { <Whole found=found changed=Callback::new(move |()| support.refetch()) /> }
                }
            />
        </main>
    }
}

/// What was agreed and done, following the news, and the steps, which stay while it does.
#[component]
fn Whole(found: Signal<Support>, changed: Callback<()>) -> impl IntoView {
    let id = found.with_untracked(|support| support.id);
    let may = Memo::new(move |_| found.with(|support| support.may.clone()));
    view! {
        {move || view! { <Told found=found.get() /> }}
        <For
            each=move || may.get()
            key=|step| *step
            children=move |step| {
                let is_first = Memo::new(move |_| may.with(|may| may.first() == Some(&step)));
                view! { <StepForm id=id step=step is_first=is_first changed=changed /> }
            }
        />
    }
}

/// The measure itself: its reason, its terms, and what happened since.
#[component]
fn Told(found: Support) -> impl IntoView {
    let executor = found.executor;
    let due = found.due.clone();
    view! {
        <div class="stack tight">
            <p class="muted">
                <a href=api::work::school(found.organisation)>{found.organisation_name.clone()}</a>
                " · "
                {say_text(found.measure.level_name.clone())}
            </p>
            <h1>{say_text(found.measure.title.clone())}</h1>
            <p><StateTag support=found.clone() /></p>
        </div>
        <section class="card stack tight">
            <dl class="facts">
                <div>
                    <dt>{say(words::reason)}</dt>
                    <dd class="text">{found.reason.clone()}</dd>
                </div>
                <div>
                    <dt>{say(words::executor)}</dt>
                    <dd class="first-capital">
                        {say(move |language| words::executor_name(language, executor))}
                    </dd>
                </div>
                <div>
                    <dt>{say(words::new_due)}</dt>
                    <dd class="num">{say(move |language| number::date(language, &due))}</dd>
                </div>
                {found
                    .cell
                    .clone()
                    .zip(found.work.clone())
                    .map(|(cell, work)| {
                        let href = api::work::cell(
                            found.organisation,
                            cell.year,
                            &cell.subject,
                            cell.grade,
                        );
                        view! {
                            <div>
                                <dt>{say(words::basis)}</dt>
                                <dd>
                                    <a href=href>{say_text(work)}</a>
                                </dd>
                            </div>
                        }
                    })}
            </dl>
        </section>
        <section class="stack tight">
            <h2>{say(words::timeline)}</h2>
            <ol class="case-timeline">
                {found.entries.clone().into_iter().map(entry).collect_view()}
            </ol>
        </section>
    }
}

fn entry(entry: api::management::support::SupportEntry) -> impl IntoView {
    let (step, effect, at_ms) = (entry.step, entry.effect, entry.at_ms);
    let glyph = match step {
        Step::Plan => Glyph::Flag,
        Step::Begin => Glyph::Clock,
        Step::Finish | Step::Check => Glyph::Check,
        Step::Drop => Glyph::Cross,
        Step::Note => Glyph::User,
    };
    view! {
        <li class="case-entry">
            <Icon glyph=glyph />
            <div>
                <p>
                    <b>{say(move |language| words::entry(language, step))}</b>
                    {effect
                        .map(|effect| {
                            view! {
                                ": "
                                {say(move |language| words::effect(language, effect))}
                            }
                        })}
                    <span class="small muted num">
                        " · "
                        {say(move |language| device::date_time(language, at_ms))}
                        " · "
                        {entry.author}
                    </span>
                </p>
                {(!entry.content.is_empty()).then(|| view! { <p class="text">{entry.content}</p> })}
            </div>
        </li>
    }
}

type Word = fn(Language) -> &'static str;

/// Title, label and button of a step.
fn wording(step: Step) -> (Word, Word, Word) {
    match step {
        Step::Plan | Step::Begin => (words::begin_title, words::begin_label, words::begin_do),
        Step::Finish => (words::finish_title, words::finish_label, words::finish_do),
        Step::Check => (words::check_title, words::check_label, words::check_do),
        Step::Drop => (words::drop_title, words::drop_label, words::drop_do),
        Step::Note => (words::note_title, words::note_label, words::note_do),
    }
}

/// The first step is open; the others wait folded, so that a page has one primary action.
#[component]
fn StepForm(
    id: SupportId,
    step: Step,
    is_first: Memo<bool>,
    changed: Callback<()>,
) -> impl IntoView {
    let (title, label, button) = wording(step);
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let writing = Writing::new();
    let effect = RwSignal::new(None::<api::management::support::Effect>);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (entry, content) = writing.send();
        let new = NewStep {
            id: EntryId(entry),
            step,
            effect: effect.get_untracked(),
            content,
        };
        doing.run(
            async move {
                client
                    .post::<Support>(&api::paths::support_steps(id), &new)
                    .await
            },
            move |_| {
                toasts.say(words::sent(language.get_untracked()));
                writing.taken();
                effect.set(None);
                changed.run(());
            },
        );
    };
    let hint = move || match step {
        Step::Check => words::check_hint(language.get()).to_owned(),
        _ => words::words_hint(language.get()).to_owned(),
    };
    view! {
        <details class="card support-step" open=move || is_first.get()>
            <summary>
                <Icon glyph=Glyph::ChevronRight />
                <h2>{say(title)}</h2>
            </summary>
            <form class="stack" on:submit=send>
                {(step == Step::Check)
                    .then(|| {
                        view! {
                            <Choices
                                name="support-effect"
                                title=words::check_what
                                options=words::EFFECTS.to_vec()
                                value=effect
                            />
                        }
                    })}
                <LongField
                    id=format!("support-{step:?}").to_lowercase()
                    label=Signal::derive(move || label(language.get()).to_owned())
                    hint=MaybeProp::derive(move || Some(hint()))
                    value=writing.text
                />
                <DoingFailure doing=doing />
                <div>
                    <button
                        type="submit"
                        class=move || if is_first.get() { "button primary" } else { "button" }
                        disabled=move || doing.busy.get()
                    >
                        {say(button)}
                    </button>
                </div>
            </form>
        </details>
    }
}
