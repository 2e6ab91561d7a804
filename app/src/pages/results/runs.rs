//! Runs of the objectivity engine: where they stand, and a new one on demand.

use api::access::permission::Permission;
use api::id::RunId;
use api::live::LiveChange;
use api::results::run::{NewRun, Run, RunState};
use leptos::prelude::*;

use crate::client::{Failure, use_client};
use crate::components::{
    Bar, Doing, DoingFailure, EmptyState, FailureNotice, Glyph, Icon, Loaded, PageHead, TableFrame,
    use_toasts,
};
use crate::device;
use crate::language::{label, say, use_language};
use crate::live::use_live;
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::results::run as words;
use crate::text::{Language, number};

/// The runs, newest first.
#[component]
pub fn RunsPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let live = use_live();
    let toasts = use_toasts();
    let language = use_language();
    let failure = RwSignal::new(None::<Failure>);
    let may_start = use_session().may(Permission::RunCreate);
    let runs = LocalResource::new(move || {
        client.epoch.track();
        async move { client.get::<Vec<Run>>(api::paths::RUNS).await }
    });
    live.hear(
        |change| matches!(change, LiveChange::Run { .. }),
        move || runs.refetch(),
    );
    let start = move |_| {
        failure.set(None);
        leptos::task::spawn_local(async move {
            let new = NewRun {
                id: RunId(uuid::Uuid::now_v7()),
            };
            match client.post::<Run>(api::paths::RUNS, &new).await {
                Ok(_) => {
                    toasts.say(words::started(language.get_untracked()));
                    runs.refetch();
                }
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    view! {
        <main class="page" id="main">
            <PageHead title=words::title lead=label(words::lead)>
                {may_start
                    .then(|| {
                        view! {
                            <button type="button" class="button" on:click=start>
                                <Icon glyph=Glyph::Refresh />
                                {say(words::start)}
                            </button>
                        }
                    })}
            </PageHead>
            {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
            <Loaded resource=runs view=|runs| view! { <RunList runs=runs /> } />
        </main>
    }
}

#[component]
fn RunList(runs: Vec<Run>) -> impl IntoView {
    if runs.is_empty() {
        return view! {
            <EmptyState
                title=label(words::empty_title)
                text=label(words::empty_text)
            />
        }
        .into_any();
    }
    let label = label(words::title);
    view! {
        <TableFrame label=label>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{say(words::requested)}</th>
                        <th scope="col">{say(words::state)}</th>
                        <th scope="col">{say(words::reason)}</th>
                        <th scope="col" class="end">
                            {say(words::took)}
                        </th>
                        <th scope="col" class="end">
                            {say(words::works)}
                        </th>
                        <th scope="col" class="end">
                            {say(words::cells)}
                        </th>
                        <th scope="col">{say(words::engine)}</th>
                        <td></td>
                    </tr>
                </thead>
                <tbody>
                    {runs
                        .iter()
                        .enumerate()
                        .map(|(index, run)| {
                            let is_done = |run: &&Run| run.state == RunState::Done;
                            let before = is_done(&run)
                                .then(|| runs[index + 1..].iter().find(is_done))
                                .flatten()
                                .map(|run| run.id);
                            view! { <RunRow run=run.clone() before=before /> }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </TableFrame>
    }
    .into_any()
}

#[component]
fn RunRow(run: Run, before: Option<RunId>) -> impl IntoView {
    let language = use_language();
    let (class, name): (_, fn(Language) -> &'static str) = match run.state {
        RunState::Queued => ("tag calm", words::queued),
        RunState::Running => ("tag", words::running),
        RunState::Done => ("tag ok", words::done),
        RunState::Failed => ("tag bad", words::failed),
        RunState::Cancelled => ("tag calm", words::cancelled),
    };
    let requested_ms = run.requested_ms;
    let seconds = run
        .finished_ms
        .map(|finished_ms| (finished_ms - requested_ms) as f64 / 1_000.0);
    let progress = f64::from(run.progress);
    let is_running = run.state == RunState::Running;
    let may_stop = use_session().may(Permission::RunCreate)
        && matches!(run.state, RunState::Queued | RunState::Running);
    let client = use_client();
    let doing = Doing::new();
    let id = run.id;
    let stop = move |_| {
        // The list is told by the live channel and reads itself anew.
        doing.run(
            async move { client.delete::<Run>(&api::paths::run(id)).await },
            |_| {},
        );
    };
    let (works, cells) = (run.works, u64::from(run.cells));
    let reason = run.reason;
    view! {
        <tr>
            <th scope="row" class="num nowrap">
                {say(move |language| device::date_time(language, requested_ms))}
            </th>
            <td>
                <span class="run-progress">
                    <span>
                        <span class=class>{say(name)}</span>
                    </span>
                    {is_running.then(|| view! { <Bar share=progress /> })}
                </span>
                {may_stop
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button"
                                disabled=move || doing.busy.get()
                                on:click=stop
                            >
                                {say(words::stop)}
                            </button>
                            <DoingFailure doing=doing />
                        }
                    })}
            </td>
            <td>{say(move |language| words::reason_name(language, &reason))}</td>
            <td class="end num nowrap">
                {say(move |language| {
                    seconds
                        .map(|seconds| {
                            words::seconds(language, number::decimal(language, seconds, 1))
                        })
                })}
            </td>
            <td class="end num">{move || number::count(language.get(), works)}</td>
            <td class="end num">{move || number::count(language.get(), cells)}</td>
            <td class="num">{run.engine_version}</td>
            <td>
                {before
                    .map(|before| {
                        view! {
                            <a
                                class="button quiet"
                                href=api::work::run_comparison(id, before)
                                aria-label=move || {
                                    let language = language.get();
                                    words::compare_of(
                                        language,
                                        device::date_time(language, requested_ms),
                                    )
                                }
                            >
                                {say(words::compare)}
                            </a>
                        }
                    })}
            </td>
        </tr>
    }
}
