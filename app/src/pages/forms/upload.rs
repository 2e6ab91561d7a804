//! Brings a workbook, and leads to its draft.

use std::rc::Rc;

use api::forms::form_draft::{DRAFT_ID_HEADER, FormDraft};
use api::id::FormDraftId;
use api::results::import::FILE_NAME_HEADER;
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::client::{Failure, use_client};
use crate::components::{FailureNotice, Glyph, Icon};
use crate::language::say;
use crate::shell::whole_path;
use crate::text::forms::drafts as words;

/// The button that chooses a file.
#[component]
pub fn Upload() -> impl IntoView {
    let client = use_client();
    let navigate = use_navigate();
    let failure = RwSignal::new(None::<Failure>);
    let is_sending = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let take = move |_| {
        let Some(input) = input.get_untracked() else {
            return;
        };
        let Some(file) = input.files().and_then(|files| files.get(0)) else {
            return;
        };
        // The same file can be chosen again after it was mended.
        input.set_value("");
        failure.set(None);
        is_sending.set(true);
        let navigate = navigate.clone();
        leptos::task::spawn_local(async move {
            let id = FormDraftId(uuid::Uuid::now_v7());
            let name = String::from(js_sys::encode_uri_component(&file.name()));
            let headers = [
                (FILE_NAME_HEADER, name.as_str()),
                (DRAFT_ID_HEADER, &id.to_string()),
            ];
            let answer = client
                .send_file::<FormDraft>(api::paths::FORM_DRAFTS, &headers, Rc::new(file))
                .await;
            is_sending.try_set(false);
            match answer {
                Ok(draft) => navigate(&api::work::form_draft(draft.label.id), whole_path()),
                Err(error) => {
                    failure.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <div class="forms-upload">
            <label class="button primary">
                <Icon glyph=Glyph::Upload />
                <span>{say(words::upload)}</span>
                <input
                    class="hidden-visually"
                    type="file"
                    accept=".xlsx,.xlsm,.xls,.ods,.csv,.json"
                    node_ref=input
                    prop:disabled=move || is_sending.get()
                    on:change=take
                />
            </label>
            // Beside the label, not in it: a status inside would take the name from the field.
            <p class="small muted" role="status">
                {move || is_sending.get().then(|| say(words::uploading)())}
            </p>
            {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
        </div>
    }
}
