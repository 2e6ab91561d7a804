//! One cell in full: beside the map, or on its own page.

use leptos::prelude::*;

use crate::model::map_address::CellKey;

/// One cell beside the map.
#[component]
pub fn CellPanel(cell: CellKey, year: i32, close: Callback<()>) -> impl IntoView {
    let _ = (cell, year, close);
}

/// One cell on its own page.
#[component]
pub fn CellPage() -> impl IntoView {
    view! { <main id="main"></main> }
}
