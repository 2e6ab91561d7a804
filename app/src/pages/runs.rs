//! Runs of the objectivity engine.

use leptos::prelude::*;

/// Runs of the objectivity engine.
#[component]
pub fn RunsPage() -> impl IntoView {
    view! { <main id="main"></main> }
}
