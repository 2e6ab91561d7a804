//! The audit log.

use leptos::prelude::*;

/// The audit log.
#[component]
pub fn AuditPage() -> impl IntoView {
    view! { <main id="main"></main> }
}
