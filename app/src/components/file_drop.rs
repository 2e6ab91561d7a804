//! A place to drop a file at, or to choose one.

use leptos::html;
use leptos::prelude::*;
use web_sys::{DragEvent, FileList};

use super::{Glyph, Icon};
use crate::language::say;
use crate::text::Wording;

/// Takes files that are dropped or chosen. The same file can be chosen again after it was mended.
#[component]
pub fn FileDrop(
    /// Endings that the dialog of the system offers.
    accept: &'static str,
    /// What to drop.
    title: Wording,
    /// Between dropping and choosing.
    or: Wording,
    /// The button.
    choose: Wording,
    /// Which kinds are taken, and how large.
    #[prop(into)]
    kinds: Signal<String>,
    /// Can several be chosen at once? Several can always be dropped.
    #[prop(optional)]
    several: bool,
    /// Told of the files.
    take: Callback<FileList>,
) -> impl IntoView {
    let is_over = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let take = move |files: Option<FileList>| {
        if let Some(files) = files {
            take.run(files);
        }
        if let Some(input) = input.get_untracked() {
            input.set_value("");
        }
    };
    view! {
        <label
            class="drop"
            class:over=move || is_over.get()
            on:dragover=move |event: DragEvent| {
                event.prevent_default();
                is_over.set(true);
            }
            on:dragleave=move |_| is_over.set(false)
            on:drop=move |event: DragEvent| {
                event.prevent_default();
                is_over.set(false);
                take(event.data_transfer().and_then(|data| data.files()));
            }
        >
            <Icon glyph=Glyph::Upload />
            <span class="drop-title">{say(title)}</span>
            <span class="muted">{say(or)}</span>
            <span class="button">{say(choose)}</span>
            <input
                class="hidden-visually"
                type="file"
                accept=accept
                multiple=several
                node_ref=input
                on:change=move |_| take(input.get_untracked().and_then(|input| input.files()))
            />
            <span class="small faint">{kinds}</span>
        </label>
    }
}
