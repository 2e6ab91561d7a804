//! First step: a file, dropped or chosen, checked before it travels.

use std::rc::Rc;

use api::id::ImportId;
use api::results::import::{
    CLASSES_HEADER, FILE_NAME_HEADER, IMPORT_ID_HEADER, Import, MAX_FILE_BYTES,
};
use leptos::prelude::*;
use web_sys::{File, FileList};

use crate::client::{Failure, use_client};
use crate::components::{FailureNotice, FileDrop, Notice, Tone};
use crate::language::{say, use_language};
use crate::text::results::import as words;
use crate::text::{Language, number};

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
    /// Said of this file: its column of classes holds classes.
    #[prop(into, default = Signal::stored(false))]
    classes: Signal<bool>,
) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let refusal = RwSignal::new(None::<Refusal>);
    let failure = RwSignal::new(None::<Failure>);
    let sending = RwSignal::new(None::<(String, u64)>);

    let send = move |file: File| {
        let (name, bytes) = (file.name(), file.size() as u64);
        sending.set(Some((name.clone(), bytes)));
        leptos::task::spawn_local(async move {
            // One id for one attempt: a repetition by the network is recognised.
            let id = ImportId(uuid::Uuid::now_v7()).to_string();
            let name = String::from(js_sys::encode_uri_component(&name));
            let mut headers = vec![
                (FILE_NAME_HEADER, name.as_str()),
                (IMPORT_ID_HEADER, id.as_str()),
            ];
            if classes.get_untracked() {
                headers.push((CLASSES_HEADER, "yes"));
            }
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
    let take = Callback::new(move |files: FileList| {
        refusal.set(None);
        failure.set(None);
        match (files.length(), files.get(0)) {
            (0, _) | (_, None) => {}
            (1, Some(file)) => match Refusal::of(&file) {
                Some(found) => refusal.set(Some(found)),
                None => send(file),
            },
            _ => refusal.set(Some(Refusal::Several)),
        }
    });
    let kinds = Signal::derive(move || {
        let language = language.get();
        words::drop_kinds(language, number::bytes(language, MAX_FILE_BYTES as u64))
    });
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
                        <FileDrop
                            accept=".xlsx,.xlsm,.csv,.txt"
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
            <p class="small muted">{say(words::drop_privacy)}</p>
        </div>
    }
}
