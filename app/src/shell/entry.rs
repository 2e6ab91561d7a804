//! Which program the browser loads next time: the small one for observers, or the one with every page.

use api::session::Role;
use leptos::prelude::*;

use crate::components::Loading;
use crate::session::CurrentSession;

/// Read by `frontend/boot.js` before anything is loaded.
const USUAL: &str = "orientir.entry";

/// Set in this tab once a page outside the field was asked for; read by `frontend/boot.js`.
const LEFT: &str = "orientir.left-field";

/// Notes for the next start what the signed-in person works with, and makes room for fingers where it is a tablet.
pub fn remember(session: CurrentSession) {
    Effect::new(move |_| {
        let Some(person) = session.person() else {
            return;
        };
        let is_observer = !person.grants.is_empty()
            && person.grants.iter().all(|grant| {
                matches!(
                    grant.role,
                    Role::Observer | Role::RegisteredObserver | Role::Expert
                )
            });
        let (entry, density) = if is_observer {
            ("field", "touch")
        } else {
            ("desk", "desk")
        };
        crate::device::remember(USUAL, entry);
        crate::device::set_root_attribute("data-density", density);
    });
}

/// Loads the page anew: at this address, or in this tab from now on, the program with every page.
#[component]
pub fn Elsewhere() -> impl IntoView {
    Effect::new(move |_| {
        let storage = window().session_storage().ok().flatten();
        // Where the tab cannot remember, the address alone must lead to the other program.
        if let Some(storage) = storage {
            let _ = storage.set_item(LEFT, "1");
        }
        let _ = window().location().reload();
    });
    view! {
        <main class="page" id="main">
            <Loading />
        </main>
    }
}
