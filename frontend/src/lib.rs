//! Entry of the work area in the browser.

use wasm_bindgen::prelude::wasm_bindgen;

/// Mounts the work area into the page in place of the notice that it is being opened.
#[wasm_bindgen(start)]
pub fn start() {
    // Without it a panic shows only as "unreachable" in the console.
    std::panic::set_hook(Box::new(|panic| leptos::logging::error!("{panic}")));
    if let Some(notice) = leptos::prelude::document().get_element_by_id("boot") {
        notice.remove();
    }
    leptos::mount::mount_to_body(app::shell::Shell);
}
