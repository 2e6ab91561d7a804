//! The state of the installation, for an administrator.

use api::access::permission::Permission;
use api::operation::system::{JobCounts, LastBackup, QuietCopy, SystemState};
use leptos::prelude::*;

use crate::client::use_client;
use crate::components::{
    Dialog, Doing, DoingFailure, Glyph, Icon, Loaded, Notice, PageHead, Tone, use_toasts,
};
use crate::device;
use crate::language::{label, say, use_language};
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::operation::system as words;
use crate::text::{common, number};

const DAY_MS: i64 = 86_400_000;
/// An office works in weeks: an older backup lacks a week of work.
const OLD_BACKUP_DAYS: i64 = 7;
/// Less than this is little: a few days of photos of a district.
const LITTLE_BYTES: u64 = 2_000_000_000;

/// The state of the installation.
#[component]
pub fn SystemPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let state = LocalResource::new(move || {
        client.epoch.track();
        async move { client.get::<SystemState>(api::paths::SYSTEM).await }
    });
    let again = Callback::new(move |()| state.refetch());
    view! {
        <main class="page narrow" id="main">
            <PageHead title=words::title lead=label(words::lead)>
                <button type="button" class="button" on:click=move |_| again.run(())>
                    <Icon glyph=Glyph::Refresh />
                    {say(words::again)}
                </button>
            </PageHead>
            <Loaded
                resource=state
                view=move |state| view! { <State state=state again=again /> }
            />
        </main>
    }
}

#[component]
fn State(state: SystemState, again: Callback<()>) -> impl IntoView {
    let SystemState {
        version,
        database,
        started_ms,
        now_ms,
        quiet,
        backup,
        jobs,
        free_bytes,
    } = state;
    let database = if database == "sqlite" {
        "SQLite"
    } else {
        "PostgreSQL"
    };
    view! {
        {quiet.map(|quiet| view! { <Quiet quiet=quiet again=again /> })}
        <dl class="card facts">
            <div>
                <dt>{say(words::version)}</dt>
                <dd class="num">{version}</dd>
            </div>
            <div>
                <dt>{say(words::running)}</dt>
                <dd class="num">
                    {say(move |l| words::running_since(l, device::date_time(l, started_ms)))}
                </dd>
            </div>
            <div>
                <dt>{say(words::clock)}</dt>
                <dd class="num">{say(move |l| device::date_time(l, now_ms))}</dd>
            </div>
            <div>
                <dt>{say(words::database)}</dt>
                <dd>{database}</dd>
            </div>
            <div>
                <dt>{say(words::disk)}</dt>
                <dd class="num">
                    <Disk free=free_bytes />
                </dd>
            </div>
            <div>
                <dt>{say(words::backup)}</dt>
                <dd class="num">
                    <Backup backup=backup now_ms=now_ms />
                </dd>
            </div>
            <div>
                <dt>{say(words::jobs)}</dt>
                <dd class="num">
                    <Jobs jobs=jobs />
                </dd>
            </div>
        </dl>
    }
}

#[component]
fn Disk(free: Option<u64>) -> impl IntoView {
    let Some(free) = free else {
        return say(words::disk_unknown).into_any();
    };
    let little = (free < LITTLE_BYTES).then(|| {
        view! {
            <p class="event-finding warn">
                <Icon glyph=Glyph::Alert />
                {say(words::disk_little)}
            </p>
        }
    });
    view! {
        <p>{say(move |l| words::disk_free(l, number::bytes(l, free)))}</p>
        {little}
    }
    .into_any()
}

#[component]
fn Backup(backup: Option<LastBackup>, now_ms: i64) -> impl IntoView {
    let Some(backup) = backup else {
        return view! {
            <p class="event-finding warn">
                <Icon glyph=Glyph::Alert />
                {say(words::backup_none)}
            </p>
        }
        .into_any();
    };
    let days = (now_ms - backup.at_ms) / DAY_MS;
    let old = (days > OLD_BACKUP_DAYS).then(|| {
        let days = days.unsigned_abs();
        view! {
            <p class="event-finding warn">
                <Icon glyph=Glyph::Alert />
                {say(move |l| words::backup_old(l, days))}
            </p>
        }
    });
    let holds = move |l| {
        let files = if backup.database_only {
            words::backup_no_files(l).to_owned()
        } else {
            words::files(l, backup.files)
        };
        words::backup_holds(l, words::rows(l, backup.rows), files)
    };
    let lock = if backup.encrypted {
        words::backup_encrypted
    } else {
        words::backup_open
    };
    view! {
        <p>
            {say(move |l| {
                words::backup_at(l, device::date_time(l, backup.at_ms), number::bytes(l, backup.bytes))
            })}
        </p>
        <p class="small muted">{say(holds)} ", " {say(lock)}</p>
        {old}
    }
    .into_any()
}

#[component]
fn Jobs(jobs: JobCounts) -> impl IntoView {
    let JobCounts {
        waiting,
        running,
        failed,
    } = jobs;
    view! {
        {(waiting + running == 0).then(|| view! { <p>{say(words::jobs_none)}</p> })}
        {(running > 0).then(|| view! { <p>{say(move |l| words::jobs_running(l, running))}</p> })}
        {(waiting > 0).then(|| view! { <p>{say(move |l| words::jobs_waiting(l, waiting))}</p> })}
        {(failed > 0)
            .then(|| {
                view! {
                    <p class="event-finding warn">
                        <Icon glyph=Glyph::Alert />
                        {say(move |l| words::jobs_failed(l, failed))}
                    </p>
                }
            })}
    }
}

/// A restored copy, and the button that makes it the working server.
#[component]
fn Quiet(quiet: QuietCopy, again: Callback<()>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let may_activate = use_session().may_everywhere(Permission::SystemUpdate);
    let asking = RwSignal::new(false);
    let doing = Doing::new();
    let activate = move |_| {
        doing.run(
            async move {
                client
                    .put::<SystemState>(api::paths::SYSTEM_ACTIVATION, &())
                    .await
            },
            move |_| {
                asking.set(false);
                toasts.say(words::activated(language.get_untracked()));
                again.run(());
            },
        );
    };
    let told = move |l| {
        let shows = match quiet.backup_ms {
            Some(at_ms) => device::date_time(l, at_ms),
            None => words::quiet_unknown(l).to_owned(),
        };
        words::quiet_text(l, device::date_time(l, quiet.restored_ms), shows)
    };
    view! {
        <Notice tone=Tone::Warning>
            <p class="notice-title">{say(words::quiet_title)}</p>
            <p>{say(told)}</p>
            <Show when=move || may_activate>
                <button type="button" class="button" on:click=move |_| asking.set(true)>
                    {say(words::activate)}
                </button>
            </Show>
        </Notice>
        <Dialog
            open=asking
            title=label(words::activate_title)
        >
            <p>{say(words::activate_text)}</p>
            <DoingFailure doing=doing />
            <div class="actions">
                <button type="button" class="button" on:click=move |_| asking.set(false)>
                    {say(common::cancel)}
                </button>
                <button
                    type="button"
                    class="button primary"
                    disabled=move || doing.busy.get()
                    on:click=activate
                >
                    {say(words::activate)}
                </button>
            </div>
        </Dialog>
    }
}
