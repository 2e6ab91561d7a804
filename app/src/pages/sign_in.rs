//! Sign-in.

use leptos::prelude::*;

/// The page of sign-in.
#[component]
pub fn SignInPage() -> impl IntoView {
    view! { <main id="main"><SignInForm /></main> }
}

/// Login and password; also shown over a page whose session has ended.
#[component]
pub fn SignInForm() -> impl IntoView {}
