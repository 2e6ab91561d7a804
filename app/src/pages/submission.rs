//! A submitted form, to read.

use leptos::prelude::*;

/// A submitted form, to read.
#[component]
pub fn SubmissionPage() -> impl IntoView {
    view! { <main id="main"></main> }
}
