//! The day until which something is wanted: with the year where it is not this one, and marked when it is over.

use leptos::prelude::*;

use super::{Glyph, Icon};
use crate::device;
use crate::language::{say, use_language};
use crate::model::due::{Due, due};
use crate::text::{Language, common, number};

/// Today on this device, `YYYY-MM-DD`.
pub fn today() -> String {
    device::iso_date(device::now_ms())
}

/// How far a day is, in words; nothing where the date alone says enough.
pub fn due_words(language: Language, due: Due) -> Option<String> {
    match due {
        Due::Late(days) => Some(common::due_late(language, days)),
        Due::Today => Some(common::due_today(language).to_owned()),
        Due::Week(1) => Some(common::due_tomorrow(language).to_owned()),
        Due::Week(days) => Some(common::due_in(language, days)),
        Due::Later => None,
    }
}

/// A last day. What is late stands in red with a sign and in words, whatever page it is on.
#[component]
pub fn DueDate(
    /// The day, `YYYY-MM-DD`.
    #[prop(into)]
    date: String,
    /// Is nothing awaited any more? Then no day is late.
    #[prop(optional)]
    is_settled: bool,
) -> impl IntoView {
    let language = use_language();
    let today = today();
    let state = due(&date, &today).filter(|_| !is_settled);
    let is_late = matches!(state, Some(Due::Late(_)));
    let machine = date.clone();
    let words = move || state.and_then(|due| due_words(language.get(), due));
    view! {
        <span class="due num" class:late=is_late>
            {is_late.then(|| view! { <Icon glyph=Glyph::Alert /> })}
            <time datetime=machine>
                {say(move |l| common::until(l, number::near_day(l, &date, &today)))}
            </time>
            {move || words().map(|words| view! { " · " <span class="due-far">{words}</span> })}
        </span>
    }
}
