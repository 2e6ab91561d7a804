//! Where the answers are: always an icon with words.

use leptos::prelude::*;

use crate::components::{Glyph, Icon};
use crate::device::hour_minute;
use crate::filling::Filling;
use crate::filling::save_state::SaveState;
use crate::language::say;
use crate::text::forms::form as words;
use crate::text::{Language, number};

/// State of saving in words.
pub fn save_text(language: Language, state: &SaveState) -> String {
    match state {
        SaveState::Untouched => words::save_untouched(language).to_owned(),
        SaveState::Storing => words::save_storing(language).to_owned(),
        SaveState::SetAside { count } => words::save_set_aside(language, *count),
        SaveState::Mismatch => words::save_mismatch(language).to_owned(),
        SaveState::Stored { at_ms } => words::save_stored(language, hour_minute(*at_ms)),
        SaveState::Waiting { count } => words::save_waiting(language, *count),
        SaveState::Accepted { held, total, at_ms } => words::save_accepted(
            language,
            number::count(language, *held),
            number::count(language, *total),
            hour_minute(*at_ms),
        ),
        SaveState::SignedOut { count } => words::save_signed_out(language, *count),
        SaveState::Refused { code } => words::save_refused(language, code),
        SaveState::Unstored => words::save_unstored(language).to_owned(),
    }
}

fn look(state: &SaveState) -> (&'static str, Glyph) {
    match state {
        SaveState::Untouched | SaveState::Storing | SaveState::Stored { .. } => {
            ("save-state", Glyph::Device)
        }
        SaveState::Waiting { .. } => ("save-state waiting", Glyph::Offline),
        SaveState::Accepted { .. } => ("save-state accepted", Glyph::Check),
        SaveState::SignedOut { .. }
        | SaveState::Refused { .. }
        | SaveState::SetAside { .. }
        | SaveState::Mismatch
        | SaveState::Unstored => ("save-state failed", Glyph::Alert),
    }
}

/// The line, announced politely; a tap sends at once what waits.
#[component]
pub fn SaveLine(
    /// The submission.
    filling: Filling,
) -> impl IntoView {
    let state = Memo::new(move |_| filling.save_state());
    let waits = move || {
        matches!(
            state.get(),
            SaveState::Waiting { .. } | SaveState::Refused { .. }
        )
    };
    view! {
        <div class=move || look(&state.get()).0>
            {move || view! { <Icon glyph=look(&state.get()).1 /> }}
            <span role="status" class="num">
                {say(move |language| save_text(language, &state.get()))}
            </span>
            <Show when=waits>
                <button type="button" class="save-retry" on:click=move |_| filling.send()>
                    {say(words::save_retry)}
                </button>
            </Show>
        </div>
    }
}
