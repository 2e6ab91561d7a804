//! Entry of the work area in the browser.

use wasm_bindgen::prelude::wasm_bindgen;

/// Mounts the work area into the page.
#[wasm_bindgen(start)]
pub fn start() {
    leptos::mount::mount_to_body(app::shell::Shell);
}
