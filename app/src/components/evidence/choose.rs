//! The two dialogs: an address, or a document of the register.

use api::assessment::evidence::EvidenceSource;
use api::id::EvidenceId;
use api::papers::document::{Document, DocumentRegister};
use leptos::prelude::*;

use super::cancel_button;
use crate::client::{Failure, use_client};
use crate::components::{FailureNotice, Loaded};
use crate::language::say;
use crate::text::assessment::evidence as words;
use crate::text::papers::documents;

/// How a piece is handed on: title, source, and the piece of last time it comes from.
pub type Bind = Callback<(String, EvidenceSource, Option<EvidenceId>)>;

/// Documents shown before the list asks to be searched.
const SHOWN: usize = 30;

/// An address with what it is.
#[component]
pub fn LinkForm(
    /// Told what was entered.
    bind: Bind,
    /// What the server said.
    failure: RwSignal<Option<Failure>>,
    /// The dialog.
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let (url, name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    Effect::new(move |_| {
        if is_open.get() {
            url.set(String::new());
            name.set(String::new());
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let url = url.get_untracked().trim().to_owned();
        let name = name.get_untracked().trim().to_owned();
        let title = if name.is_empty() { url.clone() } else { name };
        bind.run((title, EvidenceSource::Link { url }, None));
    };
    // One page has many questions, each with its own dialog: ids must differ.
    let id = uuid::Uuid::now_v7().simple().to_string();
    let (url_id, name_id) = (format!("link-{id}"), format!("name-{id}"));
    view! {
        <form class="stack" on:submit=submit>
            {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
            <div class="field">
                <label for=url_id.clone()>{say(words::link_url)}</label>
                <p class="hint">{say(words::link_url_hint)}</p>
                <input
                    class="input"
                    id=url_id
                    type="url"
                    required
                    maxlength="2000"
                    prop:value=move || url.get()
                    on:input:target=move |event| url.set(event.target().value())
                />
            </div>
            <div class="field">
                <label for=name_id.clone()>{say(words::name)}</label>
                <p class="hint">{say(words::name_hint)}</p>
                <input
                    class="input"
                    id=name_id
                    maxlength="300"
                    prop:value=move || name.get()
                    on:input:target=move |event| name.set(event.target().value())
                />
            </div>
            <div class="actions">
                <button type="submit" class="button primary">
                    {say(words::add)}
                </button>
                {cancel_button(is_open)}
            </div>
        </form>
    }
}

/// The register, to choose one document.
#[component]
pub fn DocumentChoice(
    /// Told what was chosen.
    bind: Bind,
) -> impl IntoView {
    let client = use_client();
    let register = LocalResource::new(move || {
        client.epoch.track();
        async move { client.get::<DocumentRegister>(api::paths::DOCUMENTS).await }
    });
    view! {
        <Loaded
            resource=register
            view=move |register: DocumentRegister| {
                view! { <Documents documents=register.documents bind=bind /> }
            }
        />
        <p>
            <a href=api::work::DOCUMENTS>{say(words::document_register)}</a>
        </p>
    }
}

#[component]
fn Documents(documents: Vec<Document>, bind: Bind) -> impl IntoView {
    let wanted = RwSignal::new(String::new());
    let documents = StoredValue::new(
        documents
            .into_iter()
            .filter(|document| document.archived_ms.is_none())
            .collect::<Vec<_>>(),
    );
    let found = Memo::new(move |_| {
        let wanted = wanted.get().to_lowercase();
        documents.with_value(|documents| {
            documents
                .iter()
                .filter(|document| heading(document).to_lowercase().contains(&wanted))
                .take(SHOWN)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let id = format!("documents-{}", uuid::Uuid::now_v7().simple());
    view! {
        <div class="field">
            <label for=id.clone()>{say(words::document_search)}</label>
            <input
                class="input"
                id=id
                type="search"
                on:input:target=move |event| wanted.set(event.target().value())
            />
        </div>
        <Show
            when=move || found.with(|found| !found.is_empty())
            fallback=|| view! { <p class="muted">{say(words::document_none)}</p> }
        >
            <ul class="evidence-choices">
                <For each=move || found.get() key=|document| document.id let(document)>
                    <Choice document=document bind=bind />
                </For>
            </ul>
        </Show>
    }
}

#[component]
fn Choice(document: Document, bind: Bind) -> impl IntoView {
    let title = heading(&document);
    let shown = title.clone();
    let kind = document.kind_name.clone();
    let owner = document.organisation_name.clone();
    let id = document.id;
    view! {
        <li>
            <button
                type="button"
                class="evidence-choice"
                on:click=move |_| {
                    bind.run((title.clone(), EvidenceSource::Document { document: id }, None));
                }
            >
                <b>{shown}</b>
                <span class="small muted">
                    {say(move |language| {
                        let owner = owner
                            .clone()
                            .unwrap_or_else(|| documents::municipal(language).to_owned());
                        format!("{} · {owner}", kind.in_language(language))
                    })}
                </span>
            </button>
        </li>
    }
}

/// Title, number and date of a document, as people cite it.
pub fn heading(document: &Document) -> String {
    let number = document.number.as_ref().map(|number| format!("№ {number}"));
    let date = document
        .date
        .as_ref()
        .map(|date| crate::text::number::date(crate::text::Language::Ru, date));
    [Some(document.title.clone()), number, date]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}
