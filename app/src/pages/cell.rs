//! One cell in full.

use leptos::prelude::*;

/// One cell in full.
#[component]
pub fn CellPage() -> impl IntoView {
    view! { <main id="main"></main> }
}
