//! A thin bar for a share.

use leptos::prelude::*;

/// A share of 0–1 as a bar; the number stands beside it, so the bar itself is silent.
#[component]
pub fn Bar(
    /// Share, 0–1; held inside.
    #[prop(into)]
    share: Signal<f64>,
    /// Further classes: `strong`, `quiet`.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    // Width as an SVG attribute: the content policy allows no style attributes.
    let width = move || {
        let share = share.get();
        let share = if share.is_finite() {
            share.clamp(0.0, 1.0)
        } else {
            0.0
        };
        format!("{:.1}%", share * 100.0)
    };
    view! {
        <svg class=format!("bar {class}") aria-hidden="true" focusable="false">
            <rect class="bar-fill" width=width height="100%" rx="2.5" />
        </svg>
    }
}
