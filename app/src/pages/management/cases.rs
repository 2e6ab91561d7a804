//! Cases: the list, and one case with its timeline.

use api::access::permission::Permission;
use api::id::{CaseId, EntryId};
use api::live::LiveChange;
use api::management::case::{Case, CaseState, EntryKind, NewEntry, Resolution, Resolve};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use crate::client::{Failure, use_client};
use crate::components::{
    Doing, DoingFailure, EmptyState, Following, Glyph, Icon, Loaded, LongField, Writing, use_toasts,
};
use crate::device;
use crate::language::{label, say, say_text, use_language};
use crate::live::use_live;
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::management::cases as words;
use crate::text::{Language, number};

/// Does a change concern cases?
fn is_news(change: &LiveChange) -> bool {
    matches!(change, LiveChange::Case { .. } | LiveChange::Site { .. })
}

/// All cases of the reader.
#[component]
pub fn CasesPage() -> impl IntoView {
    let client = use_client();
    let live = use_live();
    let session = use_session();
    let language = use_language();
    let is_observer = Memo::new(move |_| {
        !session.may(Permission::CaseAnswer) && !session.may_everywhere(Permission::CaseRead)
    });
    let title = move |language| {
        if is_observer.get() {
            words::title_own(language)
        } else {
            words::title(language)
        }
    };
    set_title(title);
    let cases = LocalResource::new(move || {
        client.epoch.track();
        client.get::<Vec<Case>>(api::paths::CASES)
    });
    live.hear(is_news, move || cases.refetch());
    view! {
        <main class="page" id="main">
            <div>
                <h1>{move || title(language.get())}</h1>
                <p class="text muted">{say(words::lead)}</p>
            </div>
            <Loaded resource=cases view=|cases| view! { <Groups cases=cases /> } />
        </main>
    }
}

#[component]
fn Groups(cases: Vec<Case>) -> AnyView {
    if cases.is_empty() {
        return view! {
            <EmptyState
                title=label(words::empty_title)
                text=label(words::empty_text)
            />
        }
        .into_any();
    }
    let (closed, open): (Vec<_>, Vec<_>) = cases
        .into_iter()
        .partition(|case| case.state == CaseState::Resolved);
    view! {
        <Group title=words::open cases=open />
        <Group title=words::closed cases=closed />
    }
    .into_any()
}

#[component]
fn Group(title: fn(Language) -> &'static str, cases: Vec<Case>) -> impl IntoView {
    (!cases.is_empty()).then(|| {
        view! {
            <section class="stack tight">
                <h2>{say(title)}</h2>
                <ul class="case-list">
                    {cases.into_iter().map(|case| view! { <CaseLine case=case /> }).collect_view()}
                </ul>
            </section>
        }
    })
}

#[component]
fn CaseLine(case: Case) -> impl IntoView {
    let date = case.date.clone();
    view! {
        <li>
            <a class=if case.overdue { "case-line overdue" } else { "case-line" } href=api::work::case(case.id)>
                <span class="case-line-head">
                    <b>{case.organisation_name.clone()}</b>
                    <StateTag case=case.clone() />
                </span>
                <span>{say_text(case.item.clone())}</span>
                <span class="small muted num">
                    {say(move |language| number::date(language, &date))}
                    " · "
                    {say_text(case.work.clone())}
                </span>
            </a>
        </li>
    }
}

/// The state in words, with the term where somebody waits.
#[component]
fn StateTag(case: Case) -> impl IntoView {
    let (state, overdue, due) = (case.state, case.overdue, case.answer_due);
    let class = match (state, overdue) {
        (_, true) => "tag alert",
        (CaseState::Resolved, _) => "tag calm",
        _ => "tag",
    };
    let text = say(move |language| {
        let date = number::date(language, &due);
        match state {
            CaseState::Reported if overdue => words::overdue(language, date),
            CaseState::Reported => words::due(language, date),
            _ => words::state(language, state).to_owned(),
        }
    });
    view! { <span class=class>{text}</span> }
}

/// One case.
#[component]
pub fn CasePage() -> impl IntoView {
    set_title(words::title);
    let parameters = use_params_map();
    let asked = Memo::new(move |_| parameters.with(|all| all.get("case")?.parse::<CaseId>().ok()));
    let client = use_client();
    let live = use_live();
    let case = LocalResource::new(move || {
        client.epoch.track();
        let asked = asked.get();
        async move {
            let id = asked.ok_or(Failure::Unreadable { status: 404 })?;
            client.get::<Case>(&api::paths::case(id)).await
        }
    });
    live.hear(
        move |change| matches!(change, LiveChange::Case { case } if Some(*case) == asked.get_untracked()),
        move || case.refetch(),
    );
    view! {
        <main class="page narrow" id="main">
            <p>
                <a class="button quiet" href=api::work::CASES>
                    <Icon glyph=Glyph::ArrowLeft />
                    {say(words::to_cases)}
                </a>
            </p>
            <Following
                resource=case
                key=|case: &Case| case.id
                view=move |found| {
                    view! { <Whole found=found changed=Callback::new(move |()| case.refetch()) /> }
                }
            />
        </main>
    }
}

/// What was told, following the news, and the forms, which stay while it does.
#[component]
fn Whole(found: Signal<Case>, changed: Callback<()>) -> impl IntoView {
    let session = use_session();
    let id = found.with_untracked(|case| case.id);
    let may_answer = session.may(Permission::CaseAnswer);
    let may_resolve = session.may(Permission::CaseResolve);
    let is_open = Memo::new(move |_| found.with(|case| case.state != CaseState::Resolved));
    view! {
        {move || view! { <Told found=found.get() /> }}
        {may_answer.then(|| view! { <AnswerForm id=id changed=changed /> })}
        {may_resolve
            .then(|| {
                view! {
                    <Show when=move || is_open.get()>
                        <ReactForm id=id changed=changed />
                        <ResolveForm id=id changed=changed />
                    </Show>
                }
            })}
    }
}

/// The case itself: what was seen, and what happened since.
#[component]
fn Told(found: Case) -> impl IntoView {
    let session = use_session();
    let date = found.date.clone();
    let may_see_event = session.may(Permission::StaffingRead);
    let resolution = found.resolution;
    view! {
        <div class="stack tight">
            <h1>{found.organisation_name.clone()}</h1>
            <p class="num">
                {say(move |language| number::date(language, &date))} " · "
                {say_text(found.work.clone())}
            </p>
            <p>
                <StateTag case=found.clone() />
                {resolution
                    .map(|resolution| {
                        view! {
                            " "
                            <span class="tag calm">
                                {say(move |language| words::resolution(language, resolution))}
                            </span>
                        }
                    })}
            </p>
        </div>
        <section class="stack tight">
            <h2>{say(words::item)}</h2>
            <p class="text case-item">{say_text(found.item.clone())}</p>
            {found
                .note
                .clone()
                .map(|note| {
                    view! {
                        <h3>{say(words::note)}</h3>
                        <p class="text">{note}</p>
                    }
                })}
            <div class="chips">
                {found
                    .submission
                    .map(|submission| {
                        view! {
                            <a class="button" href=api::work::submission(submission)>
                                <Icon glyph=Glyph::List />
                                {say(words::sheet)}
                            </a>
                            <a class="button" href=api::work::act(submission)>
                                <Icon glyph=Glyph::File />
                                {say(words::act)}
                            </a>
                        }
                    })}
                {may_see_event
                    .then(|| {
                        view! {
                            <a class="button" href=api::work::event(found.event)>
                                <Icon glyph=Glyph::Calendar />
                                {say(words::event)}
                            </a>
                        }
                    })}
            </div>
        </section>
        <section class="stack tight">
            <h2>{say(words::timeline)}</h2>
            <ol class="case-timeline">
                {found
                    .entries
                    .clone()
                    .into_iter()
                    .map(|entry| {
                        let (kind, at_ms) = (entry.kind, entry.at_ms);
                        let glyph = match kind {
                            EntryKind::Reported => Glyph::Flag,
                            EntryKind::Answer => Glyph::School,
                            EntryKind::Reaction => Glyph::User,
                            EntryKind::Resolved => Glyph::Check,
                        };
                        view! {
                            <li class="case-entry">
                                <Icon glyph=glyph />
                                <div>
                                    <p>
                                        <b>{say(move |language| words::entry(language, kind))}</b>
                                        <span class="small muted num">
                                            " · "
                                            {say(move |language| device::date_time(language, at_ms))}
                                            {entry.author.map(|author| format!(" · {author}"))}
                                        </span>
                                    </p>
                                    {(!entry.content.is_empty())
                                        .then(|| view! { <p class="text">{entry.content}</p> })}
                                </div>
                            </li>
                        }
                    })
                    .collect_view()}
            </ol>
        </section>
    }
}

#[component]
fn AnswerForm(id: CaseId, changed: Callback<()>) -> impl IntoView {
    view! {
        <WordsForm
            case=id
            what="answers"
            title=words::answer_title
            name=words::answer_label
            hint=Some(words::answer_hint)
            button=words::answer_do
            primary=true
            changed=changed
        />
    }
}

#[component]
fn ReactForm(id: CaseId, changed: Callback<()>) -> impl IntoView {
    view! {
        <WordsForm
            case=id
            what="reactions"
            title=words::react_title
            name=words::react_label
            hint=None
            button=words::react_do
            primary=false
            changed=changed
        />
    }
}

#[component]
fn WordsForm(
    case: CaseId,
    what: &'static str,
    title: fn(Language) -> &'static str,
    name: fn(Language) -> &'static str,
    hint: Option<fn(Language) -> &'static str>,
    button: fn(Language) -> &'static str,
    primary: bool,
    changed: Callback<()>,
) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let writing = Writing::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (id, content) = writing.send();
        let new = NewEntry {
            id: EntryId(id),
            content,
        };
        let path = format!("{}/{what}", api::paths::case(case));
        doing.run(
            async move { client.post::<Case>(&path, &new).await },
            move |_| {
                toasts.say(words::sent(language.get_untracked()));
                writing.taken();
                changed.run(());
            },
        );
    };
    let hint = MaybeProp::derive(move || hint.map(|hint| hint(language.get()).to_owned()));
    view! {
        <section class="card stack">
            <h2>{say(title)}</h2>
            <form class="stack" on:submit=send>
                <LongField id=format!("case-{what}") label=label(name) hint=hint value=writing.text />
                <DoingFailure doing=doing />
                <div>
                    <button
                        type="submit"
                        class=if primary { "button primary" } else { "button" }
                        disabled=move || doing.busy.get()
                    >
                        {say(button)}
                    </button>
                </div>
            </form>
        </section>
    }
}

#[component]
fn ResolveForm(id: CaseId, changed: Callback<()>) -> impl IntoView {
    // Help stands first: it is what a case is for.
    const WAYS: [Resolution; 4] = [
        Resolution::Help,
        Resolution::Explained,
        Resolution::Recheck,
        Resolution::NotConfirmed,
    ];
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let content = RwSignal::new(String::new());
    let chosen = RwSignal::new(WAYS[0]);
    let entry = EntryId(Uuid::now_v7());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let new = Resolve {
            id: entry,
            resolution: chosen.get_untracked(),
            content: content.get_untracked(),
        };
        let path = format!("{}/resolution", api::paths::case(id));
        doing.run(
            async move { client.post::<Case>(&path, &new).await },
            move |_| {
                toasts.say(words::sent(language.get_untracked()));
                changed.run(());
            },
        );
    };
    view! {
        <section class="card stack">
            <h2>{say(words::resolve_title)}</h2>
            <form class="stack" on:submit=send>
                <fieldset class="case-ways">
                    <legend class="label">{say(words::resolve_how)}</legend>
                    <div class="chips">
                        {WAYS
                            .into_iter()
                            .map(|way| {
                                view! {
                                    <label class="chip">
                                        <input
                                            type="radio"
                                            name="case-way"
                                            prop:checked=move || chosen.get() == way
                                            on:change=move |_| chosen.set(way)
                                        />
                                        {say(move |language| words::resolution(language, way))}
                                    </label>
                                }
                            })
                            .collect_view()}
                    </div>
                </fieldset>
                <LongField
                    id="case-resolution"
                    label=label(words::resolve_label)
                    hint=label(words::resolve_hint)
                    value=content
                />
                <DoingFailure doing=doing />
                <div>
                    <button
                        type="submit"
                        class="button primary"
                        disabled=move || doing.busy.get()
                    >
                        {say(words::resolve_do)}
                    </button>
                </div>
            </form>
        </section>
    }
}
