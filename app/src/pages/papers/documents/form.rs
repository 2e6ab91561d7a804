//! Registering a document: its facts, an address or a file.

use std::rc::Rc;

use api::id::{DocumentId, FileId, OrganisationId};
use api::papers::document::{
    Document, DocumentRegister, FILE_ID_HEADER, MAX_FILE_BYTES, NewDocument, StoredFile,
};
use api::results::import::FILE_NAME_HEADER;
use leptos::html;
use leptos::prelude::*;

use crate::client::{Client, Failure, use_client};
use crate::components::{FailureNotice, use_toasts};
use crate::language::{say, use_language};
use crate::session::use_session;
use crate::text::assessment::evidence;
use crate::text::papers::documents as words;
use crate::text::{common, number};

/// What is being entered.
#[derive(Clone, Copy)]
struct Draft {
    kind: RwSignal<String>,
    title: RwSignal<String>,
    number: RwSignal<String>,
    date: RwSignal<String>,
    link: RwSignal<String>,
    owner: RwSignal<String>,
    organisation: RwSignal<Option<OrganisationId>>,
}

impl Draft {
    fn document(self, id: DocumentId, file: Option<FileId>) -> NewDocument {
        let filled = |text: RwSignal<String>| {
            Some(text.get_untracked().trim().to_owned()).filter(|text| !text.is_empty())
        };
        NewDocument {
            id,
            organisation: self.organisation.get_untracked(),
            kind: self.kind.get_untracked(),
            title: filled(self.title).unwrap_or_default(),
            number: filled(self.number),
            date: filled(self.date),
            link: filled(self.link),
            file,
            owner: filled(self.owner),
        }
    }
}

/// The form of a new document.
#[component]
pub fn DocumentForm(
    /// Kinds and owners to choose from.
    register: DocumentRegister,
    /// The dialog around it.
    is_open: RwSignal<bool>,
    /// Told when a document was registered.
    changed: Callback<()>,
) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let toasts = use_toasts();
    let session = use_session();
    let kinds = register.kinds;
    let draft = Draft {
        kind: RwSignal::new("order".to_owned()),
        title: RwSignal::new(String::new()),
        number: RwSignal::new(String::new()),
        date: RwSignal::new(String::new()),
        link: RwSignal::new(String::new()),
        owner: RwSignal::new(String::new()),
        organisation: RwSignal::new(if register.may_register_municipal {
            None
        } else {
            register.organisations.first().copied()
        }),
    };
    let owner = session
        .person()
        .and_then(|person| {
            let own = person
                .organisations
                .into_iter()
                .find(|one| register.organisations.contains(&one.id));
            own.map(|one| one.name)
        })
        .filter(|_| !register.may_register_municipal);
    let failure = RwSignal::new(None::<Failure>);
    let is_sending = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let too_large = RwSignal::new(None::<String>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        failure.set(None);
        too_large.set(None);
        let file = input
            .get_untracked()
            .and_then(|input| input.files())
            .and_then(|files| files.get(0));
        if let Some(file) = file
            .as_ref()
            .filter(|file| file.size() > MAX_FILE_BYTES as f64)
        {
            let language = language.get_untracked();
            let limit = number::bytes(language, MAX_FILE_BYTES as u64);
            too_large.set(Some(evidence::too_large(language, file.name(), limit)));
            return;
        }
        is_sending.set(true);
        leptos::task::spawn_local(async move {
            let registered = register_document(client, draft, file).await;
            is_sending.set(false);
            match registered {
                Ok(document) => {
                    toasts.say(words::registered(language.get_untracked(), document.title));
                    is_open.set(false);
                    changed.run(());
                }
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    let field = move |id: &'static str,
                      name: fn(crate::text::Language) -> &'static str,
                      hint: Option<fn(crate::text::Language) -> &'static str>,
                      kind: &'static str,
                      value: RwSignal<String>,
                      is_required: bool| {
        view! {
            <div class="field">
                <label for=id>{say(name)}</label>
                {hint.map(|hint| view! { <p class="hint">{say(hint)}</p> })}
                <input
                    class="input"
                    id=id
                    type=kind
                    required=is_required
                    maxlength=if kind == "url" { "2000" } else { "300" }
                    prop:value=move || value.get()
                    on:input:target=move |event| value.set(event.target().value())
                />
            </div>
        }
    };
    view! {
        <form class="stack" on:submit=submit>
            {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
            <p class="small muted">
                {say(move |language| {
                    owner.clone().unwrap_or_else(|| words::municipal(language).to_owned())
                })}
            </p>
            <div class="field">
                <label for="document-kind">{say(words::kind)}</label>
                <select
                    class="input"
                    id="document-kind"
                    prop:value=move || draft.kind.get()
                    on:change:target=move |event| draft.kind.set(event.target().value())
                >
                    {kinds
                        .into_iter()
                        .map(|kind| {
                            let is_first = kind.id == "order";
                            view! {
                                <option value=kind.id selected=is_first>
                                    {say(move |language| kind.name.in_language(language).to_owned())}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </div>
            {field("document-title", words::name, None, "text", draft.title, true)}
            <div class="documents-pair">
                {field("document-number", words::number, None, "text", draft.number, false)}
                {field("document-date", words::date, None, "date", draft.date, false)}
            </div>
            {field("document-owner", words::responsible, None, "text", draft.owner, false)}
            {field("document-link", words::link, Some(words::link_hint), "url", draft.link, false)}
            <div class="field">
                <label for="document-file">{say(words::file)}</label>
                <p class="hint">
                    {move || {
                        let language = language.get();
                        words::file_hint(language, number::bytes(language, MAX_FILE_BYTES as u64))
                    }}
                </p>
                <input
                    class="input"
                    id="document-file"
                    type="file"
                    accept=".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.pptx,.odt,.ods,.odp"
                    node_ref=input
                />
                {move || too_large.get().map(|text| view! { <p class="field-error">{text}</p> })}
            </div>
            <div class="actions">
                <button type="submit" class="button primary" disabled=move || is_sending.get()>
                    {say(words::save)}
                </button>
                <button type="button" class="button" on:click=move |_| is_open.set(false)>
                    {say(common::cancel)}
                </button>
            </div>
        </form>
    }
}

/// Sends the file first, then the document that names it.
async fn register_document(
    client: Client,
    draft: Draft,
    file: Option<web_sys::File>,
) -> Result<Document, Failure> {
    let file_id = match file {
        Some(file) => {
            let id = FileId(uuid::Uuid::now_v7());
            let (id_text, name) = (
                id.to_string(),
                String::from(js_sys::encode_uri_component(&file.name())),
            );
            let headers = [
                (FILE_ID_HEADER, id_text.as_str()),
                (FILE_NAME_HEADER, name.as_str()),
            ];
            client
                .send_file::<StoredFile>(api::paths::FILES, &headers, Rc::new(file))
                .await?;
            Some(id)
        }
        None => None,
    };
    let new = draft.document(DocumentId(uuid::Uuid::now_v7()), file_id);
    client.post(api::paths::DOCUMENTS, &new).await
}
