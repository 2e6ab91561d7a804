//! An observer's sheet.

use leptos::prelude::*;

/// An observer's sheet.
#[component]
pub fn ChecklistPage() -> impl IntoView {
    view! { <main id="main"></main> }
}
