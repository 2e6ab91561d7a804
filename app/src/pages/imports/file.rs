//! First step: a file, dropped or chosen, checked before it travels.

use std::rc::Rc;

use api::id::ImportId;
use api::import::{FILE_NAME_HEADER, IMPORT_ID_HEADER, Import, MAX_FILE_BYTES};
use leptos::html;
use leptos::prelude::*;
use web_sys::{DragEvent, File, FileList};

use crate::client::{Failure, use_client};
use crate::components::{FailureNotice, Glyph, Icon, Notice, Tone};
use crate::language::{say, use_language};
use crate::text::{Language, import as words, number};

/// What is wrong with a file before it is sent.
#[derive(Clone, PartialEq)]
enum Refusal {
    TooLarge(u64),
    Empty,
    WrongKind(String),
    Several,
}

impl Refusal {
    fn of(file: &File) -> Option<Self> {
        let name = file.name();
        let lower = name.to_lowercase();
        let bytes = file.size() as u64;
        if !["xlsx", "xlsm", "csv", "txt"]
            .iter()
            .any(|kind| lower.ends_with(&format!(".{kind}")))
        {
            Some(Refusal::WrongKind(name))
        } else if bytes == 0 {
            Some(Refusal::Empty)
        } else if bytes > MAX_FILE_BYTES as u64 {
            Some(Refusal::TooLarge(bytes))
        } else {
            None
        }
    }

    fn text(&self, language: Language) -> String {
        match self {
            Refusal::TooLarge(bytes) => words::too_large(
                language,
                number::bytes(language, *bytes),
                number::bytes(language, MAX_FILE_BYTES as u64),
            ),
            Refusal::Empty => words::empty_file(language).to_owned(),
            Refusal::WrongKind(name) => words::wrong_kind(language, name),
            Refusal::Several => words::several_files(language).to_owned(),
        }
    }
}

/// Takes a file and sends it to be read.
#[component]
pub fn FileStep(
    /// Told when the server has read it.
    on_read: Callback<Import>,
) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let refusal = RwSignal::new(None::<Refusal>);
    let failure = RwSignal::new(None::<Failure>);
    let sending = RwSignal::new(None::<(String, u64)>);
    let is_over = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();

    let send = move |file: File| {
        let (name, bytes) = (file.name(), file.size() as u64);
        sending.set(Some((name.clone(), bytes)));
        leptos::task::spawn_local(async move {
            // One id for one attempt: a repetition by the network is recognised.
            let id = ImportId(uuid::Uuid::now_v7()).to_string();
            let name = String::from(js_sys::encode_uri_component(&name));
            let headers = [
                (FILE_NAME_HEADER, name.as_str()),
                (IMPORT_ID_HEADER, id.as_str()),
            ];
            let answer = client
                .send_file::<Import>(api::paths::IMPORTS, &headers, Rc::new(file))
                .await;
            sending.set(None);
            match answer {
                Ok(import) => on_read.run(import),
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    let take = move |files: Option<FileList>| {
        refusal.set(None);
        failure.set(None);
        let Some(files) = files else {
            return;
        };
        match (files.length(), files.get(0)) {
            (0, _) | (_, None) => {}
            (1, Some(file)) => match Refusal::of(&file) {
                Some(found) => refusal.set(Some(found)),
                None => send(file),
            },
            _ => refusal.set(Some(Refusal::Several)),
        }
        // The same file can be chosen again after it was mended.
        if let Some(input) = input.get_untracked() {
            input.set_value("");
        }
    };
    let on_drop = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(false);
        take(event.data_transfer().and_then(|data| data.files()));
    };
    view! {
        <div class="stack">
            {move || {
                refusal
                    .get()
                    .map(|refusal| {
                        view! {
                            <Notice tone=Tone::Danger>
                                <p>{say(move |language| refusal.text(language))}</p>
                            </Notice>
                        }
                    })
            }}
            {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
            {move || match sending.get() {
                Some((name, bytes)) => {
                    view! {
                        <div class="drop sending" role="status">
                            <span class="spinner" aria-hidden="true"></span>
                            <p>
                                {say(move |language| words::sending(
                                    language,
                                    &name,
                                    number::bytes(language, bytes),
                                ))}
                            </p>
                        </div>
                    }
                        .into_any()
                }
                None => {
                    view! {
                        <label
                            class="drop"
                            class:over=move || is_over.get()
                            on:dragover=move |event: DragEvent| {
                                event.prevent_default();
                                is_over.set(true);
                            }
                            on:dragleave=move |_| is_over.set(false)
                            on:drop=on_drop
                        >
                            <Icon glyph=Glyph::Upload />
                            <span class="drop-title">{say(words::drop_title)}</span>
                            <span class="muted">{say(words::drop_or)}</span>
                            <span class="button">{say(words::drop_choose)}</span>
                            <input
                                class="hidden-visually"
                                type="file"
                                accept=".xlsx,.xlsm,.csv,.txt"
                                node_ref=input
                                on:change=move |_| {
                                    take(input.get_untracked().and_then(|input| input.files()));
                                }
                            />
                            <span class="small faint">
                                {move || {
                                    let language = language.get();
                                    words::drop_kinds(
                                        language,
                                        number::bytes(language, MAX_FILE_BYTES as u64),
                                    )
                                }}
                            </span>
                        </label>
                    }
                        .into_any()
                }
            }}
            <p class="small muted">{say(words::drop_privacy)}</p>
        </div>
    }
}
