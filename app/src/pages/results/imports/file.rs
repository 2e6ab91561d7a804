//! First step: files, dropped or chosen, checked before they travel; several are read one after another.

use std::rc::Rc;

use api::id::ImportId;
use api::results::import::{
    CLASSES_HEADER, FILE_NAME_HEADER, IMPORT_ID_HEADER, Import, MAX_FILE_BYTES,
};
use api::work;
use leptos::prelude::*;
use web_sys::{File, FileList};

use crate::client::{Client, Failure, use_client};
use crate::components::{FailureNotice, FileDrop, Glyph, Icon, Notice, Tone};
use crate::language::{say, use_language};
use crate::text::results::import as words;
use crate::text::{Language, Wording, number};

/// So many files are taken at once: two years of all subjects and grades of a district.
const MAX_FILES: u32 = 100;

/// What is wrong with a file before it is sent.
#[derive(Clone, PartialEq)]
enum Refusal {
    TooLarge(u64),
    Empty,
    WrongKind(String),
    Several,
    TooMany(u32),
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
            Refusal::TooMany(count) => words::too_many_files(language, count, MAX_FILES),
        }
    }
}

/// Sends a file to be read.
async fn bring(client: Client, file: File, is_classes: bool) -> Result<Import, Failure> {
    // One id for one attempt: a repetition by the network is recognised.
    let id = ImportId(uuid::Uuid::now_v7()).to_string();
    let name = String::from(js_sys::encode_uri_component(&file.name()));
    let mut headers = vec![
        (FILE_NAME_HEADER, name.as_str()),
        (IMPORT_ID_HEADER, id.as_str()),
    ];
    if is_classes {
        headers.push((CLASSES_HEADER, "yes"));
    }
    client
        .send_file::<Import>(api::paths::IMPORTS, &headers, Rc::new(file))
        .await
}

/// How far a file of several is.
#[derive(Clone)]
enum Turn {
    Waits,
    Sending,
    Read,
    Refused(Refusal),
    Failed(Failure),
}

/// A file of several.
#[derive(Clone)]
struct Line {
    name: String,
    turn: Turn,
}

/// Takes files and sends them to be read.
#[component]
pub fn FileStep(
    /// Told when the server has read the one file.
    on_read: Callback<Import>,
    /// Are several files taken? Then they are read one after another and wait in the list.
    #[prop(optional)]
    several: bool,
    /// Said of this file: its column of classes holds classes.
    #[prop(into, default = Signal::stored(false))]
    classes: Signal<bool>,
) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let refusal = RwSignal::new(None::<Refusal>);
    let failure = RwSignal::new(None::<Failure>);
    let sending = RwSignal::new(None::<(String, u64)>);
    let queue = RwSignal::new(Vec::<Line>::new());
    let is_queued = Memo::new(move |_| queue.with(|queue| !queue.is_empty()));

    let send = move |file: File| {
        sending.set(Some((file.name(), file.size() as u64)));
        let is_classes = classes.get_untracked();
        leptos::task::spawn_local(async move {
            let answer = bring(client, file, is_classes).await;
            // The page may have been left meanwhile; what was read waits in the list.
            if sending.try_set(None).is_some() {
                return;
            }
            match answer {
                Ok(import) => on_read.run(import),
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    let send_all = move |files: Vec<File>| {
        queue.set(
            files
                .iter()
                .map(|file| Line {
                    name: file.name(),
                    turn: Turn::Waits,
                })
                .collect(),
        );
        // `None` once the page was left; what was read waits in the list.
        let tell = move |index: usize, turn: Turn| {
            queue.try_update(|lines| {
                if let Some(line) = lines.get_mut(index) {
                    line.turn = turn;
                }
            })
        };
        leptos::task::spawn_local(async move {
            for (index, file) in files.into_iter().enumerate() {
                let turn = match Refusal::of(&file) {
                    Some(refusal) => Turn::Refused(refusal),
                    None => {
                        if tell(index, Turn::Sending).is_none() {
                            return;
                        }
                        match bring(client, file, false).await {
                            Ok(_) => Turn::Read,
                            Err(failure) => Turn::Failed(failure),
                        }
                    }
                };
                if tell(index, turn).is_none() {
                    return;
                }
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
            (count, _) if several && count <= MAX_FILES => {
                send_all((0..count).filter_map(|index| files.get(index)).collect());
            }
            (count, _) if several => refusal.set(Some(Refusal::TooMany(count))),
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
                _ if is_queued.get() => view! { <Queue lines=queue /> }.into_any(),
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
                            title=if several { words::drop_title } else { words::drop_one_title }
                            or=if several { words::drop_or } else { words::drop_one_or }
                            choose=if several { words::drop_choose } else { words::drop_one_choose }
                            kinds=kinds
                            several=several
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

/// Several files on their way, one line each.
#[component]
fn Queue(lines: RwSignal<Vec<Line>>) -> impl IntoView {
    let all = move || lines.with(Vec::len);
    let count = move |wanted: fn(&Turn) -> bool| {
        lines.with(|lines| lines.iter().filter(|line| wanted(&line.turn)).count())
    };
    let read = move || count(|turn| matches!(turn, Turn::Read));
    let is_over = move || count(|turn| matches!(turn, Turn::Waits | Turn::Sending)) == 0;
    view! {
        <section class="card stack">
            <h2>{say(words::queue_title)}</h2>
            <p role="status" class="num">
                {say(move |language| words::queue_done(language, read(), all()))}
            </p>
            <ul class="found">
                {move || {
                    lines.get().into_iter().map(|line| view! { <QueueLine line=line /> }).collect_view()
                }}
            </ul>
            <Show when=is_over>
                <p>
                    <a class="button primary large" href=work::IMPORTS>
                        {say(words::queue_to_list)}
                        <Icon glyph=Glyph::ArrowRight />
                    </a>
                </p>
            </Show>
        </section>
    }
}

#[component]
fn QueueLine(line: Line) -> impl IntoView {
    let (class, word): (_, Wording) = match line.turn {
        Turn::Waits => ("tag calm", words::queue_waits as Wording),
        Turn::Sending => ("tag calm", words::queue_sending),
        Turn::Read => ("tag ok", words::queue_read),
        Turn::Refused(_) | Turn::Failed(_) => ("tag bad", words::queue_failed),
    };
    let why = match line.turn {
        Turn::Refused(refusal) => {
            Some(view! { <p>{say(move |language| refusal.text(language))}</p> }.into_any())
        }
        Turn::Failed(failure) => Some(view! { <FailureNotice failure=failure /> }.into_any()),
        Turn::Waits | Turn::Sending | Turn::Read => None,
    };
    view! {
        <li>
            <span class="file-name">{line.name}</span>
            " "
            <span class=class>{say(word)}</span>
            {why}
        </li>
    }
}
