//! The heat map.

use leptos::prelude::*;

/// The heat map.
#[component]
pub fn HeatMapPage() -> impl IntoView {
    view! { <main id="main"></main> }
}
