//! What the printer gets instead of what the screen scrolls.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::Address;
use super::state::MapState;
use crate::language::use_language;
use crate::matrix::arrange::Arrangement;
use crate::matrix::{legend, print};
use crate::model::map_address::MapView;

/// Tables that are written when the browser is about to print, and taken away afterwards: a region would double the
/// document otherwise.
#[component]
pub fn Paper(state: MapState, address: Address) -> impl IntoView {
    let language = use_language();
    let element = NodeRef::<Div>::new();
    let write = move || {
        let Some(element) = element.get_untracked() else {
            return;
        };
        let language = language.get_untracked();
        let (wish, view) = address
            .now
            .with_untracked(|address| (address.wish.clone(), address.view));
        let (layer, is_comparing) = (state.layer.get_untracked(), state.comparing.get_untracked());
        let entries = state
            .bounds
            .with_untracked(|bounds| legend::entries(language, layer, is_comparing, bounds));
        let figures = legend::figures(language, layer, is_comparing);
        let html = state.matrix.with_value(|matrix| {
            let arrangement = Arrangement::of(matrix, &wish);
            match view {
                MapView::List => print::list(matrix, &arrangement, language),
                MapView::Matrix | MapView::Place => {
                    print::tables(matrix, &arrangement, language, &entries, figures)
                }
            }
        });
        element.set_inner_html(&html);
    };
    let clear = move || {
        if let Some(element) = element.get_untracked() {
            element.set_inner_html("");
        }
    };
    let before = window_event_listener_untyped("beforeprint", move |_| write());
    let after = window_event_listener_untyped("afterprint", move |_| clear());
    // Some programs print without telling and only change the medium.
    let medium = window().match_media("print").ok().flatten();
    let changed = Closure::<dyn Fn(web_sys::Event)>::new({
        let medium = medium.clone();
        move |_| {
            if medium
                .as_ref()
                .is_some_and(web_sys::MediaQueryList::matches)
            {
                write();
            } else {
                clear();
            }
        }
    })
    .into_js_value();
    if let Some(medium) = &medium {
        // Listening to a list that exists is never refused.
        drop(medium.add_event_listener_with_callback("change", changed.unchecked_ref()));
    }
    let medium = StoredValue::new_local(medium.zip(Some(changed)));
    on_cleanup(move || {
        before.remove();
        after.remove();
        medium.with_value(|listened| {
            if let Some((medium, changed)) = listened {
                drop(medium.remove_event_listener_with_callback("change", changed.unchecked_ref()));
            }
        });
    });
    view! { <div class="paper" node_ref=element></div> }
}
