//! Entries of the work area in the browser, one program each: `desk` holds every page, `field` those of an observer.
//!
//! A tablet in a school loads a third of what a manager's desk needs. Which entry a page loads is decided in
//! `frontend/boot.js`; an entry that meets an address it does not have loads the other one.

use leptos::prelude::*;

/// Mounts an entry into the page in place of the notice that it is being opened.
pub fn start<V: IntoView + 'static>(shell: impl FnOnce() -> V + 'static) {
    // Without it a panic shows only as "unreachable" in the console.
    std::panic::set_hook(Box::new(|panic| leptos::logging::error!("{panic}")));
    if let Some(notice) = document().get_element_by_id("boot") {
        notice.remove();
    }
    mount_to_body(shell);
}
