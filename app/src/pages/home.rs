//! Home.

use leptos::prelude::*;

/// Home.
#[component]
pub fn HomePage() -> impl IntoView {
    view! { <main id="main"></main> }
}
