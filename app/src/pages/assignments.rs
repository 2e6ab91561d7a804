//! The caller's own assignments.

use leptos::prelude::*;

/// The caller's own assignments.
#[component]
pub fn AssignmentsPage() -> impl IntoView {
    view! { <main id="main"></main> }
}
