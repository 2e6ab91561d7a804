//! Frame of a wide table: scrolls inside itself, reachable by keyboard.

use leptos::prelude::*;

/// A frame that scrolls sideways when its table is wider than the page.
#[component]
pub fn TableFrame(
    /// What the table shows, for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// The table.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="table-frame" role="region" tabindex="0" aria-label=move || label.get()>
            {children()}
        </div>
    }
}
