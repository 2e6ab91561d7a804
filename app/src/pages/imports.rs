//! Imports of results.

use leptos::prelude::*;

/// Imports of results.
#[component]
pub fn ImportsPage() -> impl IntoView {
    view! { <main id="main"></main> }
}

/// The import wizard, from an empty first step or at an import.
#[component]
pub fn ImportPage() -> impl IntoView {
    view! { <main id="main"></main> }
}
