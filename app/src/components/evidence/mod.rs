//! Evidence where a level is chosen: what is bound, and three ways to bind more.

mod choose;

pub use choose::heading;

use std::rc::Rc;

use api::assessment::evidence::{Coverage, Evidence, EvidenceList, EvidenceSource, NewEvidence};
use api::id::{EvidenceId, FileId};
use api::papers::document::{FILE_ID_HEADER, MAX_FILE_BYTES, Reason, StoredFile};
use api::results::import::FILE_NAME_HEADER;
use forms::form::CompanionRole;
use leptos::html;
use leptos::prelude::*;

use super::toast::use_toasts;
use super::{Bar, Dialog, FailureNotice, Glyph, Icon, Notice, Tone};
use crate::client::{Client, Failure, use_client};
use crate::device;
use crate::filling::overview::{Overview, SectionOverview};
use crate::filling::profile::ProfileRow;
use crate::filling::view::QuestionView;
use crate::language::{label, say, use_language};
use crate::text::assessment::evidence as words;
use crate::text::{common, number};

/// The evidence of the page, given by context: widgets show their own question's part of it.
#[derive(Clone, Copy)]
pub struct EvidencePort {
    /// Everything bound on this page.
    pub list: RwSignal<EvidenceList>,
    /// Address of the list.
    path: StoredValue<String>,
    client: Client,
}

/// Fetches the evidence at this address and gives it to the widgets below.
pub fn provide_evidence(path: String) -> EvidencePort {
    let client = use_client();
    let port = EvidencePort {
        list: RwSignal::new(EvidenceList::default()),
        path: StoredValue::new(path),
        client,
    };
    provide_context(port);
    let fetched = LocalResource::new(move || {
        client.epoch.track();
        let path = port.path.get_value();
        async move { client.get::<EvidenceList>(&path).await }
    });
    Effect::new(move |_| {
        // Without a network the page goes on; what is bound is shown when it comes.
        if let Some(Ok(list)) = fetched.get() {
            port.list.set(list);
        }
    });
    port
}

impl EvidencePort {
    /// A port over a list that the page fetches itself.
    pub fn new(client: Client, path: String, list: EvidenceList) -> Self {
        EvidencePort {
            list: RwSignal::new(list),
            path: StoredValue::new(path),
            client,
        }
    }

    /// Pieces at a question (tracked).
    pub fn at(self, item: &str) -> Vec<Evidence> {
        self.list.with(|list| {
            let own = list.evidence.iter().filter(|piece| piece.item == item);
            own.cloned().collect()
        })
    }

    fn earlier(self, item: &str) -> Vec<Evidence> {
        self.list.with(|list| {
            let own = list.earlier.iter().filter(|piece| piece.item == item);
            own.cloned().collect()
        })
    }

    async fn add(self, new: NewEvidence) -> Result<(), Failure> {
        let path = self.path.get_value();
        let list = self.client.post::<EvidenceList>(&path, &new).await?;
        self.list.set(list);
        Ok(())
    }

    async fn remove(self, id: EvidenceId) -> Result<(), Failure> {
        let path = format!("{}/{id}", self.path.get_value());
        let reason = Reason {
            reason: String::new(),
        };
        let list = self
            .client
            .delete_with::<EvidenceList>(&path, &reason)
            .await?;
        self.list.set(list);
        Ok(())
    }
}

/// Levels of a section that need evidence, and those that have it: in words, or as a piece bound to them (tracked).
pub fn coverage(section: &SectionOverview, port: Option<EvidencePort>) -> Coverage {
    let mut coverage = Coverage::default();
    for question in section.main().filter(|question| question.needs_evidence()) {
        coverage.needed += 1;
        coverage.confirmed += u32::from(is_confirmed(section, question, port));
    }
    coverage
}

/// The same of the whole form (tracked).
pub fn whole_coverage(overview: &Overview, port: Option<EvidencePort>) -> Coverage {
    let sections = overview.sections.iter();
    sections
        .map(|section| coverage(section, port))
        .fold(Coverage::default(), |sum, one| Coverage {
            needed: sum.needed + one.needed,
            confirmed: sum.confirmed + one.confirmed,
        })
}

/// Has the level chosen at a question its evidence (tracked)?
pub fn is_confirmed(
    section: &SectionOverview,
    question: &QuestionView,
    port: Option<EvidencePort>,
) -> bool {
    let words = section.companion(question, CompanionRole::Evidence);
    let has_words = words
        .and_then(|words| words.value.as_deref())
        .is_some_and(|words| !words.trim().is_empty());
    has_words || port.is_some_and(|port| !port.at(&question.name).is_empty())
}

/// Rows of a profile with the levels that are still without evidence, pieces bound on this page taken into account;
/// a score knows only what was written in words (tracked).
pub fn with_evidence(
    mut rows: Vec<ProfileRow>,
    overview: &Overview,
    port: Option<EvidencePort>,
) -> Vec<ProfileRow> {
    for row in &mut rows {
        let mut sections = overview.sections.iter();
        let found = sections.find(|section| section.path.rsplit('/').next() == Some(&row.section));
        if let Some(section) = found {
            let coverage = coverage(section, port);
            row.unconfirmed = coverage.needed - coverage.confirmed;
        }
    }
    rows
}

/// What is being done at a question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choosing {
    Link,
    Document,
}

/// Evidence of one question.
#[component]
pub fn EvidenceAt(
    /// Name of the question.
    #[prop(into)]
    item: String,
    /// The page's evidence.
    port: EvidencePort,
    /// Told the title of a piece that was bound.
    #[prop(optional, into)]
    on_added: Option<Callback<String>>,
    /// Told the title of a piece that was taken out.
    #[prop(optional, into)]
    on_removed: Option<Callback<String>>,
) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let toasts = use_toasts();
    let item = StoredValue::new(item);
    let choosing = RwSignal::new(None::<Choosing>);
    let failure = RwSignal::new(None::<Failure>);
    let refusal = RwSignal::new(None::<String>);
    let sending = RwSignal::new(None::<String>);
    let pieces = Memo::new(move |_| item.with_value(|item| port.at(item)));
    let earlier = Memo::new(move |_| item.with_value(|item| port.earlier(item)));
    let may_change = Memo::new(move |_| port.list.with(|list| list.may_change));

    let bind = Callback::new(
        move |(title, source, from): (String, EvidenceSource, Option<EvidenceId>)| {
            failure.set(None);
            let new = NewEvidence {
                id: EvidenceId(uuid::Uuid::now_v7()),
                item: item.get_value(),
                title: title.clone(),
                source,
                reused_from: from,
            };
            leptos::task::spawn_local(async move {
                match port.add(new).await {
                    Ok(()) => {
                        choosing.set(None);
                        toasts.say(words::added(language.get_untracked(), &title));
                        if let Some(on_added) = on_added {
                            on_added.run(title);
                        }
                    }
                    Err(error) => failure.set(Some(error)),
                }
            });
        },
    );
    let take_out = move |piece: Evidence| {
        failure.set(None);
        leptos::task::spawn_local(async move {
            match port.remove(piece.id).await {
                Ok(()) => {
                    toasts.say(words::removed(language.get_untracked(), &piece.title));
                    if let Some(on_removed) = on_removed {
                        on_removed.run(piece.title);
                    }
                }
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    let input = NodeRef::<html::Input>::new();
    let send = move |_| {
        failure.set(None);
        refusal.set(None);
        let Some(element) = input.get_untracked() else {
            return;
        };
        let Some(file) = element.files().and_then(|files| files.get(0)) else {
            return;
        };
        // The same file can be chosen again after it was mended.
        element.set_value("");
        let name = file.name();
        if file.size() > MAX_FILE_BYTES as f64 {
            let language = language.get_untracked();
            let limit = number::bytes(language, MAX_FILE_BYTES as u64);
            refusal.set(Some(words::too_large(language, &name, limit)));
            return;
        }
        sending.set(Some(name.clone()));
        leptos::task::spawn_local(async move {
            let id = FileId(uuid::Uuid::now_v7());
            let (id_text, encoded) = (
                id.to_string(),
                String::from(js_sys::encode_uri_component(&name)),
            );
            let headers = [
                (FILE_ID_HEADER, id_text.as_str()),
                (FILE_NAME_HEADER, encoded.as_str()),
            ];
            let answer = client
                .send_file::<StoredFile>(api::paths::FILES, &headers, Rc::new(file))
                .await;
            sending.set(None);
            match answer {
                Ok(stored) => {
                    bind.run((stored.name, EvidenceSource::File { file: id }, None));
                }
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    let is_link = RwSignal::new(false);
    let is_document = RwSignal::new(false);
    Effect::new(move |_| {
        is_link.set(choosing.get() == Some(Choosing::Link));
        is_document.set(choosing.get() == Some(Choosing::Document));
    });
    Effect::new(move |_| {
        let is_open = is_link.get() || is_document.get();
        if !is_open && choosing.get_untracked().is_some() {
            choosing.set(None);
        }
    });
    view! {
        <div class="evidence-at">
            <Show when=move || pieces.with(|pieces| !pieces.is_empty())>
                <ul class="evidence-list" aria-label=say(words::title)>
                    <For each=move || pieces.get() key=|piece| piece.id let(piece)>
                        <Piece piece=piece may_change=may_change take_out=take_out />
                    </For>
                </ul>
            </Show>
            {move || {
                failure.get().map(|failure| view! { <FailureNotice failure=failure /> })
            }}
            {move || {
                refusal
                    .get()
                    .map(|text| {
                        view! {
                            <Notice tone=Tone::Danger>
                                <p>{text}</p>
                            </Notice>
                        }
                    })
            }}
            {move || {
                sending
                    .get()
                    .map(|name| {
                        view! {
                            <p class="small muted" role="status">
                                {say(move |language| words::sending(language, &name))}
                            </p>
                        }
                    })
            }}
            <Show when=move || may_change.get()>
                <div class="evidence-actions">
                    <label class="button evidence-file">
                        <Icon glyph=Glyph::Upload />
                        {say(words::file)}
                        <input
                            class="hidden-visually"
                            type="file"
                            accept=".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.pptx,.odt,.ods,.odp"
                            node_ref=input
                            on:change=send
                        />
                    </label>
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| choosing.set(Some(Choosing::Document))
                    >
                        <Icon glyph=Glyph::File />
                        {say(words::document)}
                    </button>
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| choosing.set(Some(Choosing::Link))
                    >
                        <Icon glyph=Glyph::ArrowRight />
                        {say(words::link)}
                    </button>
                </div>
                <p class="small faint">
                    {move || {
                        let language = language.get();
                        words::kinds(language, number::bytes(language, MAX_FILE_BYTES as u64))
                    }}
                </p>
                <Show when=move || earlier.with(|earlier| !earlier.is_empty())>
                    <details class="evidence-earlier">
                        <summary>
                            {say(move |language| {
                                words::earlier(language, earlier.with(Vec::len) as u64)
                            })}
                        </summary>
                        <ul class="evidence-list">
                            <For each=move || earlier.get() key=|piece| piece.id let(piece)>
                                <Earlier piece=piece bind=bind />
                            </For>
                        </ul>
                    </details>
                </Show>
            </Show>
            <Dialog
                open=is_link
                title=label(words::link_title)
            >
                <choose::LinkForm bind=bind failure=failure is_open=is_link />
            </Dialog>
            <Dialog
                open=is_document
                title=label(words::document_title)
            >
                <Show when=move || is_document.get()>
                    <choose::DocumentChoice bind=bind />
                </Show>
            </Dialog>
        </div>
    }
}

#[component]
fn Piece(
    piece: Evidence,
    may_change: Memo<bool>,
    take_out: impl Fn(Evidence) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let shown = piece.title.clone();
    let at_ms = piece.at_ms;
    let name = piece.person_name.clone();
    let is_scanned = piece.file.as_ref().is_some_and(|file| file.scanned);
    let size = piece.file.as_ref().map(|file| file.bytes);
    let is_reused = piece.reused;
    let title = StoredValue::new(piece.title.clone());
    let stored = StoredValue::new(piece.clone());
    view! {
        <li class="evidence-piece">
            <Icon glyph=if piece.file.is_some() { Glyph::File } else { Glyph::ArrowRight } />
            <span class="evidence-words">
                {address(&piece, shown)}
                <span class="small muted num">
                    {say(move |language| {
                        let mut parts = Vec::new();
                        if let Some(size) = size {
                            parts.push(number::bytes(language, size));
                        }
                        if is_scanned {
                            parts.push(words::scanned(language).to_owned());
                        }
                        if is_reused {
                            parts.push(words::reused(language).to_owned());
                        }
                        let at = device::date_time(language, at_ms);
                        parts
                            .push(
                                match &name {
                                    Some(name) => words::by(language, name, at),
                                    None => at,
                                },
                            );
                        parts.join(" · ")
                    })}
                </span>
            </span>
            <Show when=move || may_change.get()>
                <button
                    type="button"
                    class="button quiet icon-only"
                    aria-label=say(move |language| words::remove(language, title.get_value()))
                    on:click=move |_| take_out(stored.get_value())
                >
                    <Icon glyph=Glyph::Cross />
                </button>
            </Show>
        </li>
    }
}

/// The way to a piece: a download, a page, or its title alone.
fn address(piece: &Evidence, shown: String) -> AnyView {
    if piece.file.is_some() {
        let href = api::paths::evidence_file(piece.id);
        return view! {
            <a href=href rel="external" download="">
                {shown}
            </a>
        }
        .into_any();
    }
    match piece.link.clone() {
        Some(url) => view! {
            <a href=url rel="external noopener noreferrer" target="_blank">
                {shown}
            </a>
        }
        .into_any(),
        None => view! { <b>{shown}</b> }.into_any(),
    }
}

#[component]
fn Earlier(
    piece: Evidence,
    bind: Callback<(String, EvidenceSource, Option<EvidenceId>)>,
) -> impl IntoView {
    let shown = piece.title.clone();
    let title = piece.title.clone();
    let at_ms = piece.at_ms;
    view! {
        <li class="evidence-piece">
            <Icon glyph=Glyph::Clock />
            <span class="evidence-words">
                <b>{shown}</b>
                <span class="small muted num">
                    {say(move |language| device::date_time(language, at_ms))}
                </span>
            </span>
            <button
                type="button"
                class="button"
                aria-label=say(move |language| words::use_again_of(language, &title))
                on:click=move |_| {
                    bind.run((piece.title.clone(), piece.source.clone(), Some(piece.id)));
                }
            >
                {say(words::use_again)}
            </button>
        </li>
    }
}

/// How many levels have the evidence they need.
#[component]
pub fn CoverageLine(
    /// Levels with evidence, and levels that need it.
    #[prop(into)]
    coverage: Signal<Coverage>,
) -> impl IntoView {
    let share = move || {
        let coverage = coverage.get();
        f64::from(coverage.confirmed) / f64::from(coverage.needed.max(1))
    };
    view! {
        <Show
            when=move || coverage.with(|coverage| coverage.needed != 0)
            fallback=|| view! { <p class="muted">{say(words::coverage_none)}</p> }
        >
            <p class="muted num">
                {say(move |language| {
                    let coverage = coverage.get();
                    words::coverage(
                        language,
                        number::count(language, u64::from(coverage.confirmed)),
                        number::count(language, u64::from(coverage.needed)),
                    )
                })}
            </p>
            <Bar share=Signal::derive(share) />
        </Show>
    }
}

/// Words of the buttons of a dialog that binds something.
pub(super) fn cancel_button(is_open: RwSignal<bool>) -> impl IntoView {
    view! {
        <button type="button" class="button" on:click=move |_| is_open.set(false)>
            {say(common::cancel)}
        </button>
    }
}
