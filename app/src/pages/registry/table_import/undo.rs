//! Undoing an import whole.

use api::id::TableImportId;
use api::registry::table_import::TableImport;
use leptos::prelude::*;

use crate::client::use_client;
use crate::components::{Dialog, Doing, DoingFailure};
use crate::language::{label, say};
use crate::text::registry::table_import as words;

/// The button, with its question.
#[component]
pub fn Undo(
    /// Which import.
    id: TableImportId,
    /// What the page shows.
    shown: RwSignal<TableImport>,
) -> impl IntoView {
    let client = use_client();
    let open = RwSignal::new(false);
    let doing = Doing::new();
    let undo = move |_| {
        doing.run(
            async move {
                let path = api::paths::organisation_import(id);
                client.delete::<TableImport>(&path).await
            },
            move |import| shown.set(import),
        );
    };
    view! {
        <p>
            <button type="button" class="button" on:click=move |_| open.set(true)>
                {say(words::undo)}
            </button>
        </p>
        <Dialog
            open=open
            title=label(words::undo_title)
        >
            <p>{say(words::undo_text)}</p>
            <DoingFailure doing=doing />
            <button
                type="button"
                class="button danger"
                disabled=move || doing.busy.get()
                on:click=undo
            >
                {say(words::undo)}
            </button>
        </Dialog>
    }
}
