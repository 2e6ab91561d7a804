//! A dialog on the native element: focus trap, Escape and backdrop come with it.

use leptos::html;
use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::language::say;
use crate::text::common;

/// A modal dialog that follows a signal.
#[component]
pub fn Dialog(
    /// Is it open? Set to false when the reader closes it.
    open: RwSignal<bool>,
    /// Heading.
    #[prop(into)]
    title: Signal<String>,
    /// May the reader close it without an answer?
    #[prop(default = true)]
    dismissible: bool,
    /// Content and buttons.
    children: Children,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let (Some(dialog), open) = (element.get(), open.get()) else {
            return;
        };
        if open && !dialog.open() {
            // Refused only when the element has left the document.
            drop(dialog.show_modal());
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    let on_cancel = move |event: leptos::ev::Event| {
        if !dismissible {
            event.prevent_default();
        }
    };
    view! {
        <dialog
            class="dialog"
            node_ref=element
            aria-label=move || title.get()
            on:cancel=on_cancel
            on:close=move |_| open.set(false)
        >
            <div class="dialog-head">
                <h2>{move || title.get()}</h2>
                {dismissible
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button quiet icon-only"
                                on:click=move |_| open.set(false)
                                aria-label=say(common::close)
                            >
                                <Icon glyph=Glyph::Cross />
                            </button>
                        }
                    })}
            </div>
            <div class="dialog-body">{children()}</div>
        </dialog>
    }
}
