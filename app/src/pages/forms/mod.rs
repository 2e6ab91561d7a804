//! Forms: published versions, and those being written.

mod draft;
mod editor;
mod grid;
mod preview;
mod problems;
mod publish;
pub mod sheet;
pub mod submission;
mod upload;
mod version;

pub use draft::FormDraftPage;
pub use version::FormPage;

use api::access::permission::Permission;
use api::forms::form::FormLabel;
use api::forms::form_draft::FormDraftLabel;
use leptos::prelude::*;

use crate::client::use_client;
use crate::components::{EmptyState, Loaded, PageHead, TableFrame};
use crate::device;
use crate::language::{label, say, say_text};
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::forms::drafts as words;
use crate::text::number;

/// The list of forms.
#[component]
pub fn FormsPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let session = use_session();
    let writes = Memo::new(move |_| session.may(Permission::FormDraftRead));
    let forms = LocalResource::new(move || {
        client.epoch.track();
        async move { client.get::<Vec<FormLabel>>(api::paths::FORMS).await }
    });
    view! {
        <main class="page" id="main">
            <PageHead title=words::title lead=label(words::lead)>
                {move || writes.get().then(|| view! { <upload::Upload /> })}
            </PageHead>
            {move || writes.get().then(|| view! { <Drafts /> })}
            <section class="stack">
                <h2>{say(words::published)}</h2>
                <Loaded resource=forms view=|forms| view! { <Published forms=forms /> } />
            </section>
        </main>
    }
}

#[component]
fn Published(forms: Vec<FormLabel>) -> impl IntoView {
    let label = label(words::published);
    view! {
        <TableFrame label=label>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{say(words::column_title)}</th>
                        <th scope="col">{say(words::column_version)}</th>
                        <th scope="col">{say(words::column_purpose)}</th>
                        <th scope="col" class="end">
                            {say(words::column_questions)}
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {forms
                        .into_iter()
                        .map(|form| {
                            let purpose = form.purpose.clone();
                            let questions = u64::from(form.questions);
                            view! {
                                <tr>
                                    <th scope="row">
                                        <a href=api::work::form(&form.id, &form.version)>
                                            {say_text(form.title)}
                                        </a>
                                    </th>
                                    <td class="num">{form.version}</td>
                                    <td>{say(move |l| words::purpose(l, &purpose))}</td>
                                    <td class="end num">
                                        {say(move |l| number::count(l, questions))}
                                    </td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </TableFrame>
    }
}

#[component]
fn Drafts() -> impl IntoView {
    let client = use_client();
    let drafts = LocalResource::new(move || {
        client.epoch.track();
        async move {
            client
                .get::<Vec<FormDraftLabel>>(api::paths::FORM_DRAFTS)
                .await
        }
    });
    view! {
        <section class="stack">
            <h2>{say(words::drafts)}</h2>
            <Loaded resource=drafts view=|drafts| view! { <DraftList drafts=drafts /> } />
        </section>
    }
}

#[component]
fn DraftList(drafts: Vec<FormDraftLabel>) -> AnyView {
    if drafts.is_empty() {
        return view! {
            <EmptyState
                title=label(words::drafts_empty_title)
                text=label(words::drafts_empty_text)
            />
        }
        .into_any();
    }
    let label = label(words::drafts);
    view! {
        <TableFrame label=label>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{say(words::column_file)}</th>
                        <th scope="col">{say(words::column_state)}</th>
                        <th scope="col">{say(words::column_person)}</th>
                        <th scope="col">{say(words::column_when)}</th>
                    </tr>
                </thead>
                <tbody>
                    {drafts
                        .into_iter()
                        .map(|draft| {
                            let changed_ms = draft.changed_ms;
                            let published = draft.published;
                            let state = say(move |language| match &published {
                                Some([form, version]) => words::published_as(language, form, version),
                                None => words::not_published(language).to_owned(),
                            });
                            view! {
                                <tr>
                                    <th scope="row">
                                        <a href=api::work::form_draft(draft.id)>{draft.file_name}</a>
                                    </th>
                                    <td>{state}</td>
                                    <td>{draft.person_name}</td>
                                    <td class="num nowrap">
                                        {say(move |l| device::date_time(l, changed_ms))}
                                    </td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </TableFrame>
    }
    .into_any()
}
