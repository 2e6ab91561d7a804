//! Undoing an import whole, after a question.

use api::results::import::{Import, ImportState};
use leptos::prelude::*;

use crate::client::{Failure, use_client};
use crate::components::{Dialog, FailureNotice, use_toasts};
use crate::language::{label, say, use_language};
use crate::text::common;
use crate::text::results::import as words;

/// Asks before an import is undone; open while `undoing` holds one.
#[component]
pub fn UndoDialog(
    /// The import in question.
    undoing: RwSignal<Option<Import>>,
    /// Told when it is undone.
    on_done: Callback<Import>,
) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let toasts = use_toasts();
    let open = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let is_busy = RwSignal::new(false);
    Effect::new(move |_| {
        if undoing.with(Option::is_some) {
            failure.set(None);
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() {
            undoing.set(None);
        }
    });
    let text = move || {
        let language = language.get();
        undoing.get().map(|import| match import.state {
            ImportState::Checked => words::undo_drop_text(language, &import.file_name),
            ImportState::Confirmed | ImportState::Undone => words::undo_text(
                language,
                &import.file_name,
                common::rows(language, u64::from(import.row_count)),
            ),
        })
    };
    let undo = move |_| {
        let Some(import) = undoing.get_untracked() else {
            return;
        };
        is_busy.set(true);
        leptos::task::spawn_local(async move {
            // The body differs between servers' versions; the state is fetched again anyway.
            let answer = client
                .delete::<serde_json::Value>(&api::paths::import(import.id))
                .await;
            is_busy.set(false);
            match answer {
                Ok(_) => {
                    toasts.say(words::undone_toast(
                        language.get_untracked(),
                        &import.file_name,
                    ));
                    open.set(false);
                    on_done.run(import);
                }
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    view! {
        <Dialog
            open=open
            title=label(words::undo_title)
        >
            <p>{text}</p>
            {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
            <div class="actions">
                <button
                    type="button"
                    class="button danger"
                    prop:disabled=move || is_busy.get()
                    on:click=undo
                >
                    {say(words::undo)}
                </button>
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {say(words::undo_keep)}
                </button>
            </div>
        </Dialog>
    }
}
