//! Moving an event or calling it off: a reason for those who take part, and who would be busy elsewhere.

use api::procedures::event::{CancelEvent, Event, EventChangeKind, MoveEvent};
use leptos::prelude::*;
use uuid::Uuid;

use super::Page;
use crate::client::{Failure, use_client};
use crate::components::{
    Dialog, Doing, DoingFailure, Field, Glyph, Icon, LongField, Notice, Tone, today, use_toasts,
};
use crate::device;
use crate::language::{label, say, use_language};
use crate::text::number;
use crate::text::procedures::events as words;

/// Code of the refusal that may be overridden in its knowledge.
const CLASHES: &str = "event.clashes";

/// The two buttons in the head of an event.
#[component]
pub(super) fn Change(page: Page, event: Event) -> impl IntoView {
    let moves = RwSignal::new(false);
    let cancels = RwSignal::new(false);
    let is_off = event.cancelled;
    view! {
        <div class="actions">
            <button type="button" class="button" on:click=move |_| moves.set(true)>
                <Icon glyph=Glyph::Calendar />
                {say(words::move_open)}
            </button>
            {(!is_off)
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="button quiet"
                            on:click=move |_| cancels.set(true)
                        >
                            {say(words::cancel_open)}
                        </button>
                    }
                })}
        </div>
        <Move page=page event=event open=moves />
        <Cancel page=page open=cancels />
    }
}

#[component]
fn Move(page: Page, event: Event, open: RwSignal<bool>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let date = RwSignal::new(event.date.clone());
    let start = RwSignal::new(event.start.clone());
    let minutes = RwSignal::new(event.duration_minutes.to_string());
    let room = RwSignal::new(event.room.clone());
    let reason = RwSignal::new(String::new());
    let is_clash = Memo::new(move |_| {
        doing
            .failure
            .with(|failure| failure.as_ref().and_then(Failure::code) == Some(CLASHES))
    });
    let send = move |submitted: leptos::ev::SubmitEvent| {
        submitted.prevent_default();
        let body = MoveEvent {
            id: Uuid::now_v7(),
            date: date.get_untracked(),
            start: start.get_untracked(),
            // What is no number is refused by the server with words at the field.
            duration_minutes: minutes.get_untracked().trim().parse().unwrap_or(0),
            room: room.get_untracked(),
            reason: reason.get_untracked(),
            despite_clashes: is_clash.get_untracked(),
        };
        doing.run(
            async move {
                client
                    .put::<Event>(&api::paths::event(page.id), &body)
                    .await?;
                client.get(&page.path("staffing")).await
            },
            move |staffing| {
                open.set(false);
                toasts.say(words::moved(language.get_untracked()));
                page.take(staffing);
            },
        );
    };
    view! {
        <Dialog open=open title=label(words::move_title)>
            <form class="stack" on:submit=send>
                <p class="muted">{say(words::change_told)}</p>
                <Field id="event-date" label=label(words::date) value=date kind="date" />
                <Field id="event-start" label=label(words::start) value=start kind="time" />
                <Field id="event-minutes" label=label(words::minutes) value=minutes kind="number" />
                <Field id="event-room" label=label(words::room) value=room />
                <LongField
                    id="event-move-reason"
                    label=label(words::reason)
                    hint=label(words::reason_hint)
                    value=reason
                />
                <DoingFailure doing=doing />
                <button type="submit" class="button primary" disabled=move || doing.busy.get()>
                    {move || match is_clash.get() {
                        true => words::move_anyway(language.get()),
                        false => words::move_do(language.get()),
                    }}
                </button>
            </form>
        </Dialog>
    }
}

#[component]
fn Cancel(page: Page, open: RwSignal<bool>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let reason = RwSignal::new(String::new());
    let id = Uuid::now_v7();
    let send = move |submitted: leptos::ev::SubmitEvent| {
        submitted.prevent_default();
        let body = CancelEvent {
            id,
            reason: reason.get_untracked(),
        };
        doing.run(
            async move {
                client
                    .post::<Event>(&page.path("cancellation"), &body)
                    .await?;
                client.get(&page.path("staffing")).await
            },
            move |staffing| {
                open.set(false);
                toasts.say(words::cancelled_done(language.get_untracked()));
                page.take(staffing);
            },
        );
    };
    view! {
        <Dialog open=open title=label(words::cancel_title)>
            <form class="stack" on:submit=send>
                <p>{say(words::cancel_text)}</p>
                <LongField
                    id="event-cancel-reason"
                    label=label(words::reason)
                    hint=label(words::reason_hint)
                    value=reason
                />
                <DoingFailure doing=doing />
                <div class="actions">
                    <button type="submit" class="button danger" disabled=move || doing.busy.get()>
                        {say(words::cancel_do)}
                    </button>
                    <button type="button" class="button" on:click=move |_| open.set(false)>
                        {say(words::cancel_keep)}
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

/// What happened to an event that was planned, for everybody concerned; nothing while it stands as planned.
#[component]
pub fn Changed(event: Event) -> impl IntoView {
    let change = event.last_change?;
    let is_off = event.cancelled;
    // An event that was called off and held nevertheless says nothing of it.
    if change.kind == EventChangeKind::Cancelled && !is_off {
        return None;
    }
    let (date, start, room) = (change.date_before, change.start_before, change.room_before);
    let (at_ms, reason) = (change.at_ms, change.reason);
    let before = say(move |l| {
        let day = number::near_day(l, &date, &today());
        match room.is_empty() {
            true => words::was(l, day, &start),
            false => words::was_in(l, day, &start, &room),
        }
    });
    Some(view! {
        <Notice tone=if is_off { Tone::Warning } else { Tone::Info }>
            <p class="notice-title">
                {say(if is_off { words::cancelled } else { words::moved_title })}
            </p>
            {(!is_off).then(|| view! { <p class="num">{before}</p> })}
            <p>{say(move |l| words::because(l, &reason))}</p>
            <p class="small muted num">{say(move |l| device::date_time(l, at_ms))}</p>
        </Notice>
    })
}
