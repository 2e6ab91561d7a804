//! The place of an event, which leads to its page for whoever has one.

use api::access::permission::Permission;
use api::id::EventId;
use leptos::prelude::*;

use crate::session::use_session;

/// Only whoever staffs events has their page: for others the words stand alone.
#[component]
pub fn EventLink(
    /// The event.
    event: EventId,
    /// Words.
    children: Children,
) -> impl IntoView {
    if use_session().may(Permission::StaffingRead) {
        view! { <a href=api::work::event(event)>{children()}</a> }.into_any()
    } else {
        children()
    }
}
