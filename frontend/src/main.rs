//! Entry of the work area in the browser. Pages come in parts, when they are opened.

use leptos::prelude::*;

fn main() {
    // Without it a panic shows only as "unreachable" in the console.
    std::panic::set_hook(Box::new(|panic| leptos::logging::error!("{panic}")));
    // The notice that the work area is being opened.
    if let Some(notice) = document().get_element_by_id("boot") {
        notice.remove();
    }
    mount_to_body(app::shell::Shell);
}
