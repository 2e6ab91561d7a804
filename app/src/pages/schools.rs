//! The register of schools.

use leptos::prelude::*;

/// The register of schools.
#[component]
pub fn SchoolsPage() -> impl IntoView {
    view! { <main id="main"></main> }
}

/// A school: passport, its row of the map, sheets.
#[component]
pub fn SchoolPage() -> impl IntoView {
    view! { <main id="main"></main> }
}
