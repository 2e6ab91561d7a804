//! First step: a file, dropped or chosen.

use std::rc::Rc;

use api::id::TableImportId;
use api::registry::table_import::{MAX_TABLE_BYTES, TABLE_IMPORT_ID_HEADER, TableImport};
use api::results::import::FILE_NAME_HEADER;
use leptos::prelude::*;
use web_sys::{File, FileList};

use crate::client::{Failure, use_client};
use crate::components::{FailureNotice, FileDrop, Notice, Tone};
use crate::language::{say, use_language};
use crate::text::number;
use crate::text::registry::table_import as words;

/// Takes a file and sends it to be read.
#[component]
pub fn FileStep(
    /// Told when the server has read it.
    on_read: Callback<TableImport>,
) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let is_too_large = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let sending = RwSignal::new(None::<String>);
    let send = move |file: File| {
        let name = file.name();
        sending.set(Some(name.clone()));
        leptos::task::spawn_local(async move {
            // One id for one attempt: a repetition by the network is recognised.
            let id = TableImportId(uuid::Uuid::now_v7()).to_string();
            let name = String::from(js_sys::encode_uri_component(&name));
            let headers = [
                (FILE_NAME_HEADER, name.as_str()),
                (TABLE_IMPORT_ID_HEADER, id.as_str()),
            ];
            let answer = client
                .send_file::<TableImport>(api::paths::ORGANISATION_IMPORTS, &headers, Rc::new(file))
                .await;
            // The page may have been left meanwhile.
            if sending.try_set(None).is_some() {
                return;
            }
            match answer {
                Ok(import) => on_read.run(import),
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    let take = Callback::new(move |files: FileList| {
        failure.set(None);
        let file = files.get(0);
        is_too_large.set(
            file.as_ref()
                .is_some_and(|file| file.size() > MAX_TABLE_BYTES as f64),
        );
        if let Some(file) = file.filter(|_| !is_too_large.get_untracked()) {
            send(file);
        }
    });
    let limit = move || number::bytes(language.get(), MAX_TABLE_BYTES as u64);
    let kinds = Signal::derive(move || words::drop_kinds(language.get(), limit()));
    view! {
        <div class="stack">
            <Show when=move || is_too_large.get()>
                <Notice tone=Tone::Danger>
                    <p>{move || words::too_large(language.get(), limit())}</p>
                </Notice>
            </Show>
            {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
            {move || match sending.get() {
                Some(name) => {
                    view! {
                        <div class="drop sending" role="status">
                            <span class="spinner" aria-hidden="true"></span>
                            <p>{say(move |language| words::sending(language, &name))}</p>
                        </div>
                    }
                        .into_any()
                }
                None => {
                    view! {
                        <FileDrop
                            accept=".xlsx,.xlsm,.xls,.ods,.csv,.txt"
                            title=words::drop_title
                            or=words::drop_or
                            choose=words::drop_choose
                            kinds=kinds
                            take=take
                        />
                    }
                        .into_any()
                }
            }}
        </div>
    }
}
