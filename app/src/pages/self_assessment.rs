//! A school's self-assessment.

use leptos::prelude::*;

/// A school's self-assessment.
#[component]
pub fn SelfAssessmentPage() -> impl IntoView {
    view! { <main id="main"></main> }
}
