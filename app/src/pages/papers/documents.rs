//! The register of documents: what proves things, registered once.

mod form;

use api::papers::document::{Document, DocumentRegister, Reason};
use leptos::prelude::*;

use crate::client::{Failure, use_client};
use crate::components::evidence::heading;
use crate::components::{
    Dialog, EmptyState, FailureNotice, Glyph, Icon, Loaded, TableFrame, use_toasts,
};
use crate::language::{label, say, use_language};
use crate::model::collate;
use crate::shell::set_title;
use crate::text::papers::documents as words;
use crate::text::{common, number};

/// The register.
#[component]
pub fn DocumentsPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let register = LocalResource::new(move || {
        client.epoch.track();
        async move { client.get::<DocumentRegister>(api::paths::DOCUMENTS).await }
    });
    let changed = Callback::new(move |()| register.refetch());
    view! {
        <main class="page" id="main">
            <div>
                <h1>{say(words::title)}</h1>
                <p class="muted text">{say(words::lead)}</p>
            </div>
            <Loaded
                resource=register
                view=move |register| view! { <Register register=register changed=changed /> }
            />
        </main>
    }
}

#[component]
fn Register(register: DocumentRegister, changed: Callback<()>) -> impl IntoView {
    let language = use_language();
    let may_register = register.may_register_municipal || !register.organisations.is_empty();
    let is_adding = RwSignal::new(false);
    let wanted = RwSignal::new(String::new());
    let shows_archived = RwSignal::new(false);
    let has_archived = register
        .documents
        .iter()
        .any(|document| document.archived_ms.is_some());
    let is_empty = register.documents.is_empty();
    let mut documents = register.documents.clone();
    documents.sort_by(|a, b| {
        let owner = |document: &Document| document.organisation_name.clone().unwrap_or_default();
        collate::compare(&owner(a), &owner(b)).then_with(|| collate::compare(&a.title, &b.title))
    });
    let documents = StoredValue::new(documents);
    let found = Memo::new(move |_| {
        let wanted = wanted.get().to_lowercase();
        let archived = shows_archived.get();
        documents.with_value(|documents| {
            documents
                .iter()
                .filter(|document| archived || document.archived_ms.is_none())
                .filter(|document| {
                    [
                        heading(document),
                        document.kind_name.in_language(language.get()).to_owned(),
                        document.owner.clone().unwrap_or_default(),
                        document.organisation_name.clone().unwrap_or_default(),
                    ]
                    .iter()
                    .any(|text| text.to_lowercase().contains(&wanted))
                })
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let add = move || {
        may_register.then(|| {
            view! {
                <button
                    type="button"
                    class="button primary"
                    on:click=move |_| is_adding.set(true)
                >
                    <Icon glyph=Glyph::File />
                    {say(words::register)}
                </button>
            }
        })
    };
    let register = StoredValue::new(register);
    view! {
        {if is_empty {
            view! {
                <EmptyState
                    title=label(words::none_title)
                    text=label(words::none_text)
                >
                    {add()}
                </EmptyState>
            }
                .into_any()
        } else {
            view! {
                <div class="page-head">
                    <div class="field search-field">
                        <label for="document-search">{say(words::search)}</label>
                        <input
                            class="input"
                            id="document-search"
                            type="search"
                            on:input:target=move |event| wanted.set(event.target().value())
                        />
                    </div>
                    <div class="actions">
                        {has_archived
                            .then(|| {
                                view! {
                                    <button
                                        type="button"
                                        class="chip"
                                        aria-pressed=move || shows_archived.get().to_string()
                                        on:click=move |_| shows_archived.update(|on| *on = !*on)
                                    >
                                        {say(words::show_archived)}
                                    </button>
                                }
                            })} {add()}
                    </div>
                </div>
                <p class="small muted num" role="status">
                    {move || {
                        let (language, count) = (language.get(), found.with(Vec::len));
                        if count == 0 {
                            words::none_found(language).to_owned()
                        } else {
                            words::count(language, count as u64)
                        }
                    }}
                </p>
                <Table found=found register=register changed=changed />
            }
                .into_any()
        }}
        <Dialog
            open=is_adding
            title=label(words::register)
        >
            <Show when=move || is_adding.get()>
                <form::DocumentForm
                    register=register.get_value()
                    is_open=is_adding
                    changed=changed
                />
            </Show>
        </Dialog>
    }
}

#[component]
fn Table(
    found: Memo<Vec<Document>>,
    register: StoredValue<DocumentRegister>,
    changed: Callback<()>,
) -> impl IntoView {
    let leaving = RwSignal::new(None::<Document>);
    let is_leaving = RwSignal::new(false);
    Effect::new(move |_| is_leaving.set(leaving.with(Option::is_some)));
    view! {
        <Show when=move || found.with(|found| !found.is_empty())>
            <TableFrame label=label(words::title)>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::name)}</th>
                            <th scope="col">{say(words::kind)}</th>
                            <th scope="col">{say(words::owner)}</th>
                            <th scope="col">{say(words::responsible)}</th>
                            <th scope="col">{say(words::used)}</th>
                            <th scope="col">{say(words::action)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For
                            each=move || found.get()
                            key=|document| (document.id, document.archived_ms)
                            let(document)
                        >
                            <Row document=document register=register leaving=leaving />
                        </For>
                    </tbody>
                </table>
            </TableFrame>
        </Show>
        <Dialog
            open=is_leaving
            title=label(words::archive)
        >
            {move || {
                leaving
                    .get()
                    .map(|document| {
                        view! { <Leave document=document leaving=leaving changed=changed /> }
                    })
            }}
        </Dialog>
    }
}

#[component]
fn Row(
    document: Document,
    register: StoredValue<DocumentRegister>,
    leaving: RwSignal<Option<Document>>,
) -> impl IntoView {
    let stored = StoredValue::new(document.clone());
    let may_archive = document.archived_ms.is_none()
        && register.with_value(|register| match document.organisation {
            Some(id) => register.may_register_municipal || register.organisations.contains(&id),
            None => register.may_register_municipal,
        });
    let cited = heading(&document);
    let title = match (&document.file, &document.link) {
        (Some(_), _) => view! {
            <a href=api::paths::document_file(document.id) rel="external" download="">
                {cited}
            </a>
        }
        .into_any(),
        (None, Some(url)) => view! {
            <a href=url.clone() rel="external noopener noreferrer" target="_blank">
                {cited}
            </a>
        }
        .into_any(),
        (None, None) => cited.into_any(),
    };
    let size = document.file.as_ref().map(|file| file.bytes);
    let is_archived = document.archived_ms.is_some();
    let kind = document.kind_name.clone();
    let owner = document.organisation_name.clone();
    let used = u64::from(document.used);
    let name = document.title.clone();
    view! {
        <tr>
            <th scope="row" class="documents-title">
                {title} {is_archived.then(|| view! { " " <span class="tag calm">{say(words::archived)}</span> })}
                {size
                    .map(|size| {
                        view! {
                            <span class="small muted num block">
                                {say(move |language| number::bytes(language, size))}
                            </span>
                        }
                    })}
            </th>
            <td>{say(move |language| kind.in_language(language).to_owned())}</td>
            <td>
                {say(move |language| {
                    owner.clone().unwrap_or_else(|| words::municipal(language).to_owned())
                })}
            </td>
            <td>{document.owner}</td>
            <td class="num nowrap">
                {say(move |language| {
                    if used == 0 { "—".to_owned() } else { words::used_times(language, used) }
                })}
            </td>
            <td>
                {may_archive
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button quiet"
                                aria-label=say(move |language| words::archive_of(language, &name))
                                on:click=move |_| leaving.set(Some(stored.get_value()))
                            >
                                {say(words::archive)}
                            </button>
                        }
                    })}
            </td>
        </tr>
    }
}

#[component]
fn Leave(
    document: Document,
    leaving: RwSignal<Option<Document>>,
    changed: Callback<()>,
) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let toasts = use_toasts();
    let reason = RwSignal::new(String::new());
    let failure = RwSignal::new(None::<Failure>);
    let id = document.id;
    let title = document.title.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let title = title.clone();
        leptos::task::spawn_local(async move {
            let reason = Reason {
                reason: reason.get_untracked(),
            };
            match client
                .delete_with::<Document>(&api::paths::document(id), &reason)
                .await
            {
                Ok(_) => {
                    toasts.say(words::archive_of(language.get_untracked(), title));
                    leaving.set(None);
                    changed.run(());
                }
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    view! {
        <form class="stack" on:submit=submit>
            <p>
                <b>{heading(&document)}</b>
            </p>
            <p class="muted">{say(words::archive_text)}</p>
            {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
            <div class="field">
                <label for="archive-reason">{say(words::archive_reason)}</label>
                <input
                    class="input"
                    id="archive-reason"
                    required
                    maxlength="300"
                    on:input:target=move |event| reason.set(event.target().value())
                />
            </div>
            <div class="actions">
                <button type="submit" class="button danger">
                    {say(words::archive)}
                </button>
                <button type="button" class="button" on:click=move |_| leaving.set(None)>
                    {say(common::cancel)}
                </button>
            </div>
        </form>
    }
}
