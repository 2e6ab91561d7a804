//! State of objectivity as a tag: colour, pattern and word.

use api::results::heat_map::CellState;
use leptos::prelude::*;

use crate::language::say;
use crate::text::common;

/// Class of a state, shared by tags, cells and swatches.
pub fn state_class(state: CellState) -> &'static str {
    match state {
        CellState::NoData => "state-none",
        CellState::Insufficient => "state-insufficient",
        CellState::Calm => "state-calm",
        CellState::Attention => "state-attention",
        CellState::Signs => "state-signs",
    }
}

/// A state as a tag.
#[component]
pub fn StateTag(
    /// Which one.
    state: CellState,
) -> impl IntoView {
    view! {
        <span class=format!("state-tag {}", state_class(state))>
            {say(move |language| common::state(language, state))}
        </span>
    }
}
