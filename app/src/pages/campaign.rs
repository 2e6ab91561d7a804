//! Campaigns of self-assessment.

use leptos::prelude::*;

/// Campaigns of self-assessment.
#[component]
pub fn CampaignsPage() -> impl IntoView {
    view! { <main id="main"></main> }
}

/// A campaign with the state of every school.
#[component]
pub fn CampaignPage() -> impl IntoView {
    view! { <main id="main"></main> }
}
