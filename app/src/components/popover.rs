//! What opens over the page under a button: one at a time, closed by Escape, by a press elsewhere and by leaving it.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Makes a `details` element behave as a popover: give it the returned reference.
pub fn use_popover() -> NodeRef<html::Details> {
    let node = NodeRef::<html::Details>::new();
    let opened = move || {
        node.get_untracked()
            .filter(|details| details.has_attribute("open"))
    };
    let is_outside = move |event: &web_sys::Event| {
        let target: Option<web_sys::Node> =
            event.target().and_then(|target| target.dyn_into().ok());
        opened().filter(|details| !details.contains(target.as_ref()))
    };
    let close = |details: web_sys::HtmlDetailsElement| {
        // An element without the attribute is closed already.
        drop(details.remove_attribute("open"));
    };
    let pressed = window_event_listener(leptos::ev::pointerdown, move |event| {
        if let Some(details) = is_outside(&event) {
            close(details);
        }
    });
    let left = window_event_listener(leptos::ev::focusin, move |event| {
        if let Some(details) = is_outside(&event) {
            close(details);
        }
    });
    let escaped = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() != "Escape" {
            return;
        }
        if let Some(details) = opened() {
            let summary = details.query_selector("summary").ok().flatten();
            close(details);
            let summary = summary.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok());
            if let Some(summary) = summary {
                // An element in the document takes the focus; elsewhere nothing is lost.
                drop(summary.focus());
            }
        }
    });
    on_cleanup(move || {
        pressed.remove();
        left.remove();
        escaped.remove();
    });
    node
}
