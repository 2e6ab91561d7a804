//! What stands over a printed page: when it was printed and by whom. Page numbers are the printer's.

use leptos::prelude::*;

use crate::device;
use crate::language::use_language;
use crate::session::use_session;
use crate::text::shell as words;

/// The line; on a screen it is hidden.
#[component]
pub fn PrintLine() -> impl IntoView {
    let session = use_session();
    let language = use_language();
    let now_ms = RwSignal::new(device::now_ms());
    let printing = window_event_listener_untyped("beforeprint", move |_| {
        now_ms.set(device::now_ms());
    });
    on_cleanup(move || printing.remove());
    let line = move || {
        let language = language.get();
        let at = device::date_time(language, now_ms.get());
        match session.person() {
            Some(person) => words::printed_by(language, at, person.name),
            None => words::printed(language, at),
        }
    };
    view! {
        <p class="print-line num" aria-hidden="true">
            {line}
        </p>
    }
}
