//! The board of a day: every site, live.

use api::access::permission::Permission;
use std::time::Duration;

use api::live::LiveChange;
use api::observation::day::{DayBoard, DaySite, Policy};
use leptos::prelude::*;

use crate::client::use_client;
use crate::components::{
    Doing, DoingFailure, EmptyState, EventLink, Field, Following, Glyph, Icon, use_toasts,
};
use crate::device;
use crate::language::{label, say, say_text, use_language};
use crate::live::use_live;
use crate::model::day::{SiteState, silent_minutes, site_state};
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::observation::{day as words, staffing};
use crate::text::{Language, common, number};

/// How often silence is counted anew without a change.
const TICK: Duration = Duration::from_secs(20);
/// A day is read again this often, so that the clock and the neighbours stay right.
const REREAD_TICKS: u32 = 15;

/// The board.
#[component]
pub fn DayPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let live = use_live();
    let asked = RwSignal::new(None::<String>);
    let board = LocalResource::new(move || {
        client.epoch.track();
        let path = match asked.get() {
            Some(date) => format!("{}?date={date}", api::paths::DAY),
            None => api::paths::DAY.to_owned(),
        };
        async move { client.get::<DayBoard>(&path).await }
    });
    live.hear(
        |change| {
            matches!(
                change,
                LiveChange::Site { .. } | LiveChange::Submission { .. }
            )
        },
        move || board.refetch(),
    );
    view! {
        <main class="page" id="main">
            <div>
                <h1>{say(words::title)}</h1>
                <p class="text muted">{say(words::lead)}</p>
            </div>
            <Following
                resource=board
                key=|_| ()
                view=move |found| {
                    let reread = Callback::new(move |()| board.refetch());
                    view! {
                        {move || view! { <Board board=found.get() asked=asked reread=reread /> }}
                        <Terms board=found reread=reread />
                    }
                }
            />
        </main>
    }
}

/// The terms in a sentence, and the form for whoever sets them, which waits while the board goes on.
#[component]
fn Terms(board: Signal<DayBoard>, reread: Callback<()>) -> impl IntoView {
    let may_set = use_session().may(Permission::PolicyUpdate);
    let policy = Memo::new(move |_| board.with(|board| board.policy));
    view! {
        <p class="small muted num">
            {say(move |language| words::policy(language, policy.get().silent_minutes))}
        </p>
        <Show when=move || may_set>
            {move || view! { <PolicyForm policy=policy.get() changed=reread /> }}
        </Show>
    }
}

#[component]
fn Board(board: DayBoard, asked: RwSignal<Option<String>>, reread: Callback<()>) -> impl IntoView {
    let language = use_language();
    // The server's clock at the answer, moved on by this device's.
    let offset_ms = board.now_ms - device::now_ms();
    let now_ms = RwSignal::new(board.now_ms);
    let ticks = StoredValue::new(0_u32);
    if let Ok(handle) = set_interval_with_handle(
        move || {
            now_ms.set(device::now_ms() + offset_ms);
            ticks.update_value(|count| *count += 1);
            if ticks.get_value().is_multiple_of(REREAD_TICKS) {
                reread.run(());
            }
        },
        TICK,
    ) {
        on_cleanup(move || handle.clear());
    }
    let policy = board.policy;
    let sites = StoredValue::new(board.sites.clone());
    let covered = board.sites.iter().filter(|site| site.observers > 0).count();
    let all = board.sites.len();
    let [before, after] = board.neighbours.clone();
    let date = board.date.clone();
    let shown_at = board.now_ms;
    let step = move |to: Option<String>, glyph: Glyph, name: fn(Language) -> &'static str| {
        to.map(|date| {
            view! {
                <button
                    type="button"
                    class="button"
                    on:click=move |_| asked.set(Some(date.clone()))
                >
                    <Icon glyph=glyph />
                    {say(name)}
                </button>
            }
        })
    };
    let is_empty = board.sites.is_empty();
    view! {
        <div class="day-bar">
            {step(before, Glyph::ArrowLeft, words::before)}
            <h2 class="num">{say(move |language| number::date(language, &date))}</h2>
            {(!board.is_today)
                .then(|| {
                    view! {
                        <button type="button" class="button" on:click=move |_| asked.set(None)>
                            {say(words::today)}
                        </button>
                    }
                })}
            {step(after, Glyph::ArrowRight, words::after)}
            <span class="small muted num">
                {say(move |language| words::updated(language, device::clock(shown_at)))}
            </span>
        </div>
        {if is_empty {
            view! {
                <EmptyState
                    title=label(words::empty_title)
                    text=label(words::empty_text)
                />
            }
                .into_any()
        } else {
            view! {
                <p class="num">
                    <b>{say(move |language| words::coverage(language, covered, all))}</b>
                </p>
                <ul class="day-counts num">
                    {SiteState::ALL
                        .into_iter()
                        .map(|state| {
                            let count = Memo::new(move |_| {
                                let now_ms = now_ms.get();
                                sites
                                    .with_value(|sites| {
                                        sites
                                            .iter()
                                            .filter(|site| site_state(site, policy, now_ms) == state)
                                            .count()
                                    })
                            });
                            view! {
                                <li class=format!("day-count {}", class(state))>
                                    <Icon glyph=glyph(state) />
                                    {move || count_text(language.get(), state, count.get() as u64)}
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
                <ul class="day-sites">
                    {sites
                        .get_value()
                        .into_iter()
                        .map(|site| view! { <Site site=site policy=policy now_ms=now_ms /> })
                        .collect_view()}
                </ul>
            }
                .into_any()
        }}
    }
}

fn class(state: SiteState) -> &'static str {
    match state {
        SiteState::Waiting => "waiting",
        SiteState::Running => "running",
        SiteState::Alert => "alert",
        SiteState::Silent => "silent",
        SiteState::Awaited => "awaited",
        SiteState::Done => "done",
    }
}

fn glyph(state: SiteState) -> Glyph {
    match state {
        SiteState::Waiting => Glyph::Circle,
        SiteState::Running => Glyph::Play,
        SiteState::Alert => Glyph::Alert,
        SiteState::Silent => Glyph::Offline,
        SiteState::Awaited => Glyph::Clock,
        SiteState::Done => Glyph::Check,
    }
}

fn state_text(language: Language, state: SiteState) -> &'static str {
    match state {
        SiteState::Waiting => words::waiting(language),
        SiteState::Running => words::running(language),
        SiteState::Alert => words::alert(language),
        SiteState::Silent => words::silent(language),
        SiteState::Awaited => words::awaited(language),
        SiteState::Done => words::done(language),
    }
}

fn count_text(language: Language, state: SiteState, count: u64) -> String {
    match state {
        SiteState::Waiting => words::count_waiting(language, count),
        SiteState::Running => words::count_running(language, count),
        SiteState::Alert => words::count_alert(language, count),
        SiteState::Silent => words::count_silent(language, count),
        SiteState::Awaited => words::count_awaited(language, count),
        SiteState::Done => words::count_done(language, count),
    }
}

#[component]
fn Site(site: DaySite, policy: Policy, now_ms: RwSignal<i64>) -> impl IntoView {
    let language = use_language();
    let shown = StoredValue::new(site.clone());
    let state = Memo::new(move |_| shown.with_value(|site| site_state(site, policy, now_ms.get())));
    let minutes = Memo::new(move |_| shown.with_value(|site| silent_minutes(site, now_ms.get())));
    let (subject, grade, letter) = (site.subject_name.clone(), site.grade, site.class.clone());
    let (sheets, submitted, answered) = (site.sheets, site.submitted, site.answered);
    let last = site.last_ms;
    let heard = move || {
        let language = language.get();
        match (state.get(), last) {
            (SiteState::Silent, _) => words::silent_note(language, minutes.get()),
            (_, Some(last)) => words::heard(language, device::hour_minute(last)),
            (_, None) => words::never(language).to_owned(),
        }
    };
    view! {
        <li class=move || format!("day-site {}", class(state.get()))>
            <b class="day-start num">{site.start.clone()}</b>
            <div>
                <p>

                    <EventLink event=site.event>
                        <b>{site.organisation_name.clone()}</b>
                    </EventLink>
                </p>
                <p class="small">
                    {say_text(subject)}
                    ", "
                    {say(move |language| staffing::tie_class(language, grade, &letter))}
                    " · "
                    {say(move |language| common::procedure_short(language, site.kind))}
                </p>
            </div>
            <div class="day-state">
                <p>
                    {move || view! { <Icon glyph=glyph(state.get()) /> }}
                    <b>{move || state_text(language.get(), state.get())}</b>
                </p>
                <p class="small muted num">{heard}</p>
            </div>
            <div class="small muted num">
                {(site.observers == 0)
                    .then(|| {
                        view! {
                            <p class="event-finding warn">
                                <Icon glyph=Glyph::Alert />
                                {say(words::unobserved)}
                            </p>
                        }
                    })}
                {(sheets > 0)
                    .then(|| {
                        view! {
                            <p>{say(move |language| words::sheets(language, submitted, sheets))}</p>
                            <p>
                                {say(move |language| {
                                    words::answered(language, answered[0], answered[1])
                                })}
                            </p>
                        }
                    })}
            </div>
        </li>
    }
}

/// The terms, set by the coordinator.
#[component]
fn PolicyForm(policy: Policy, changed: Callback<()>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let silent = RwSignal::new(policy.silent_minutes.to_string());
    let days = RwSignal::new(policy.explanation_days.to_string());
    let hours = RwSignal::new(policy.report_hours.to_string());
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        // What is no number is refused by the server with the bounds.
        let read = |value: RwSignal<String>| value.get_untracked().trim().parse().unwrap_or(0);
        let policy = Policy {
            silent_minutes: read(silent),
            explanation_days: read(days),
            report_hours: read(hours),
        };
        doing.run(
            async move { client.put::<Policy>(api::paths::POLICY, &policy).await },
            move |_| {
                toasts.say(words::saved(language.get_untracked()));
                changed.run(());
            },
        );
    };
    view! {
        <details class="disclosure">
            <summary>
                <Icon glyph=Glyph::ChevronRight />
                {say(words::policy_title)}
            </summary>
            <form class="disclosure-body day-policy" on:submit=save>
                <Field id="policy-silent" label=label(words::policy_silent) value=silent kind="number" />
                <Field id="policy-days" label=label(words::policy_days) value=days kind="number" />
                <Field id="policy-hours" label=label(words::policy_hours) value=hours kind="number" />
                <DoingFailure doing=doing />
                <div>
                    <button type="submit" class="button" disabled=move || doing.busy.get()>
                        {say(common::save)}
                    </button>
                </div>
            </form>
        </details>
    }
}
