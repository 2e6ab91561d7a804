//! Entry by a personal invitation.

use leptos::prelude::*;

/// Entry by a personal invitation.
#[component]
pub fn InvitationPage() -> impl IntoView {
    view! { <main id="main"></main> }
}
