//! The editor of a form: its cells with what was found in them, beside the form as people will see it.

use std::collections::BTreeMap;
use std::sync::Arc;

use api::forms::form_draft::FormDraft;
use api::id::FormDraftId;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};

use super::editor::Editor;
use super::grid::Grid;
use super::preview::Preview;
use super::problems::Problems;
use super::publish::Publish;
use super::version::Downloads;
use crate::client::{Failure, use_client};
use crate::components::{Dialog, FailureNotice, Glyph, Icon, Loaded, use_toasts};
use crate::filling::trial::Trial;
use crate::language::{label, say, use_language};
use crate::shell::{set_title, whole_path};
use crate::text::Language;
use crate::text::forms::drafts as words;

/// The editor's page.
#[component]
pub fn FormDraftPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let parameters = use_params_map();
    let id = Memo::new(move |_| {
        parameters
            .read()
            .get("draft")
            .and_then(|text| text.parse::<FormDraftId>().ok())
    });
    let draft = LocalResource::new(move || {
        client.epoch.track();
        let id = id.get();
        async move {
            let id = id.ok_or(Failure::Unreadable { status: 404 })?;
            client.get::<FormDraft>(&api::paths::form_draft(id)).await
        }
    });
    view! {
        <main class="page wide" id="main">
            <p>
                <a class="button quiet" href=api::work::FORMS>
                    <Icon glyph=Glyph::ArrowLeft />
                    {say(words::to_list)}
                </a>
            </p>
            <Loaded resource=draft view=|draft| view! { <Edited draft=draft /> } />
        </main>
    }
}

#[component]
fn Edited(draft: FormDraft) -> impl IntoView {
    let id = draft.label.id;
    let name = draft.label.file_name.clone();
    let language = use_language();
    let editor = Editor::new(draft);
    let retry = Callback::new(move |()| editor.send());
    let is_publishing = RwSignal::new(false);
    let is_dropping = RwSignal::new(false);
    let files = [
        ("xlsx", "XLSForm (.xlsx)"),
        ("xform", "ODK XForm (.xml)"),
        ("json", "JSON"),
    ]
    .map(|(format, name)| (api::paths::form_draft_file(id, format), name));
    view! {
        <div class="page-head">
            <div>
                <h1>{name}</h1>
                <p class="muted">
                    {move || {
                        let code = match language.get() {
                            Language::Ru => "ru",
                            Language::En => "en",
                        };
                        editor.draft.with(|draft| draft.form.text(&draft.form.title, code).to_owned())
                    }}
                </p>
                <Downloads files=files />
            </div>
            <div class="actions">
                <button type="button" class="button quiet" on:click=move |_| is_dropping.set(true)>
                    {say(words::drop)}
                </button>
                <button
                    type="button"
                    class="button primary"
                    prop:disabled=move || editor.is_busy.get()
                    on:click=move |_| is_publishing.set(true)
                >
                    {say(words::publish)}
                </button>
            </div>
        </div>
        {move || editor.failure.get().map(|failure| view! { <FailureNotice failure=failure retry=retry /> })}
        <div class="forms-editor">
            <div class="forms-cells">
                <Problems editor=editor />
                <Grid editor=editor />
            </div>
            <section class="forms-beside" aria-labelledby="forms-preview-title">
                <h2 id="forms-preview-title">{say(words::preview)}</h2>
                <p class="small muted">{say(words::try_lead)}</p>
                <Live editor=editor />
            </section>
        </div>
        <Publish editor=editor open=is_publishing />
        <DropDraft id=id open=is_dropping />
    }
}

/// The preview, begun anew with the answers of before when the form became another.
#[component]
fn Live(editor: Editor) -> impl IntoView {
    let language = use_language();
    let form = Memo::new(move |_| editor.draft.with(|draft| draft.form.clone()));
    let section = RwSignal::new(None);
    let last = StoredValue::new(None::<Trial>);
    move || {
        let form = Arc::new(form.get());
        let answers = last.get_value().map_or_else(BTreeMap::new, Trial::answers);
        let trial = Trial::open(form, language.get_untracked(), answers);
        last.set_value(Some(trial));
        view! { <Preview trial=trial section=section /> }
    }
}

#[component]
fn DropDraft(id: FormDraftId, open: RwSignal<bool>) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let navigate = use_navigate();
    let toasts = use_toasts();
    let title = label(words::drop);
    let drop_it = move |_| {
        let navigate = navigate.clone();
        leptos::task::spawn_local(async move {
            let answer = client
                .delete::<serde_json::Value>(&api::paths::form_draft(id))
                .await;
            match answer {
                Ok(_) => navigate(api::work::FORMS, whole_path()),
                Err(error) => toasts.say(error.text(language.get_untracked())),
            }
        });
    };
    view! {
        <Dialog open=open title=title>
            <p>{say(words::drop_text)}</p>
            <div class="actions">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {say(words::drop_cancel)}
                </button>
                <button type="button" class="button danger" on:click=drop_it>
                    {say(words::drop)}
                </button>
            </div>
        </Dialog>
    }
}
