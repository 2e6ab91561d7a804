//! Nothing is here yet: where it would come from.

use leptos::prelude::*;

use crate::components::EmptyState;
use crate::language::{label, say};
use crate::text::Wording;

/// What begins at a cell of the map is not there yet; the office is led to the map, a school is told.
#[component]
pub(super) fn NothingFromTheMap(
    /// That nothing is there.
    title: Wording,
    /// How it comes.
    text: Wording,
    /// The way to the map, for whoever begins there.
    to_map: Option<Wording>,
) -> impl IntoView {
    view! {
        <EmptyState title=label(title) text=label(text) />
        {to_map
            .map(|to_map| {
                view! {
                    <p>
                        <a class="button primary" href=api::work::MAP>
                            {say(to_map)}
                        </a>
                    </p>
                }
            })}
    }
}
