//! Head of the sheet: where, what, since when; saving; the alarm.

use std::time::Duration;

use api::procedures::event::Contact;
use leptos::prelude::*;

use crate::components::today;
use crate::device;
use crate::filling::timer::{Timer, minutes};
use crate::filling::{Filling, zone_of};
use crate::language::{say, use_language};
use crate::pages::forms::sheet::alarm::Alarm;
use crate::pages::forms::sheet::save_line::SaveLine;
use crate::text::observation::checklist as words;
use crate::text::{Language, number};

/// How often the timer is looked at.
const TICK: Duration = Duration::from_secs(15);

/// The head, always in sight.
#[component]
pub fn Top(filling: Filling, contact: Signal<Option<Contact>>) -> impl IntoView {
    let language = use_language();
    let heading = Memo::new(move |_| filling.about.with(|about| about.heading.clone()));
    let now = RwSignal::new(device::now_ms());
    if let Ok(tick) = set_interval_with_handle(move || now.set(device::now_ms()), TICK) {
        on_cleanup(move || tick.clear());
    }
    let timer = Memo::new(move |_| {
        heading.with(|heading| {
            // The start is told by the school's clock, whatever the tablet's says.
            let zone = filling.about.with(zone_of) - device::zone_minutes();
            let now = now.get() + i64::from(zone) * 60_000;
            let is_today = heading.date == device::iso_date(now);
            let minute = minutes(&device::hour_minute(now)).unwrap_or_default();
            Timer::of(
                is_today,
                minute,
                heading.start.as_deref(),
                heading.duration_minutes,
            )
        })
    });
    let when = move || {
        heading.with(|heading| {
            let language = language.get();
            let start = heading.start.as_deref().unwrap_or_default();
            let date = number::near_day(language, &heading.date, &today());
            match timer_text(language, timer.get(), start) {
                Some(timer) => format!("{date} · {timer}"),
                None => date,
            }
        })
    };
    view! {
        <section class="sheet-top" aria-label=say(words::where_label)>
            <div class="sheet-where">
                <p>
                    <b>{move || heading.with(|heading| heading.organisation_name.clone())}</b>
                    " · "
                    {move || {
                        heading
                            .with(|heading| heading.title.in_language(language.get()).to_owned())
                    }}
                </p>
                <p class="small muted num">{when}</p>
            </div>
            <SaveLine filling=filling />
            <Alarm filling=filling contact=contact />
        </section>
    }
}

fn timer_text(language: Language, timer: Timer, start: &str) -> Option<String> {
    match timer {
        Timer::None if start.is_empty() => None,
        Timer::None => Some(words::starts_at(language, start)),
        Timer::Before(minutes) if minutes > 90 => Some(words::starts_at(language, start)),
        Timer::Before(minutes) => Some(words::starts_in(language, start, minutes)),
        Timer::Running(minutes, 0) => {
            Some(words::running_open(language, u64::from(minutes), start))
        }
        Timer::Running(minutes, of) => {
            Some(words::running(language, u64::from(minutes), start, of))
        }
        // Long after the end nobody counts minutes.
        Timer::Over(minutes) if minutes == 0 || minutes > 90 => {
            Some(words::over_now(language).to_owned())
        }
        Timer::Over(minutes) => Some(words::over(language, u64::from(minutes))),
    }
}
