//! The school chooses the day of an event within the days that the municipality gave.

use api::procedures::event::{ChooseDay, Event};
use leptos::prelude::*;

use super::Page;
use crate::client::use_client;
use crate::components::{Doing, DoingFailure, Field, Notice, use_toasts};
use crate::language::{label, say, use_language};
use crate::text::number;
use crate::text::procedures::{events, plan as words};

/// The days that are open, and the form for whoever may choose; nothing once the day is set.
#[component]
pub(super) fn OpenDays(page: Page, event: Event, may_choose: bool) -> impl IntoView {
    let [first, last] = event.open_days.clone()?;
    let told = say(move |l| {
        let (first, last) = (number::date(l, &first), number::date(l, &last));
        match may_choose {
            true => words::choose_text(l, first, last),
            false => words::school_chooses(l, first, last),
        }
    });
    Some(view! {
        <Notice>
            {may_choose.then(|| view! { <p class="notice-title">{say(words::choose_title)}</p> })}
            <p class="num">{told}</p>
            {may_choose.then(|| view! { <Choose page=page event=event /> })}
        </Notice>
    })
}

#[component]
fn Choose(page: Page, event: Event) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let date = RwSignal::new(event.date);
    let start = RwSignal::new(event.start);
    let room = RwSignal::new(event.room);
    let send = move |submitted: leptos::ev::SubmitEvent| {
        submitted.prevent_default();
        let body = ChooseDay {
            date: date.get_untracked(),
            start: start.get_untracked(),
            room: room.get_untracked(),
        };
        doing.run(
            async move {
                client.put::<Event>(&page.path("day"), &body).await?;
                client.get(&page.path("staffing")).await
            },
            move |staffing| {
                toasts.say(words::chosen_done(language.get_untracked()));
                page.take(staffing);
            },
        );
    };
    view! {
        <form class="stack" on:submit=send>
            <Field id="day-date" label=label(events::date) value=date kind="date" />
            <Field id="day-start" label=label(events::start) value=start kind="time" />
            <Field id="day-room" label=label(events::room) value=room />
            <DoingFailure doing=doing />
            <p>
                <button type="submit" class="button primary" disabled=move || doing.busy.get()>
                    {say(words::choose)}
                </button>
            </p>
        </form>
    }
}
