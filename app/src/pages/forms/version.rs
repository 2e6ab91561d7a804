//! A published version, to try and to take away.

use std::collections::BTreeMap;
use std::sync::Arc;

use forms::form::Form;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::preview::Preview;
use crate::client::{Failure, use_client};
use crate::components::{Glyph, Icon, Loaded};
use crate::filling::trial::Trial;
use crate::language::{say, use_language};
use crate::shell::set_title;
use crate::text::Language;
use crate::text::forms::drafts as words;

/// A version of a form.
#[component]
pub fn FormPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let parameters = use_params_map();
    let address = Memo::new(move |_| {
        let parameters = parameters.read();
        Some([parameters.get("form")?, parameters.get("version")?])
    });
    let form = LocalResource::new(move || {
        client.epoch.track();
        let address = address.get();
        async move {
            let [form, version] = address.ok_or(Failure::Unreadable { status: 404 })?;
            client
                .get::<Arc<Form>>(&api::paths::form(&form, &version))
                .await
        }
    });
    view! {
        <main class="page narrow" id="main">
            <p>
                <a class="button quiet" href=api::work::FORMS>
                    <Icon glyph=Glyph::ArrowLeft />
                    {say(words::to_list)}
                </a>
            </p>
            <Loaded resource=form view=|form| view! { <Version form=form /> } />
        </main>
    }
}

#[component]
fn Version(form: Arc<Form>) -> impl IntoView {
    let language = use_language();
    let title = {
        let form = form.clone();
        move || {
            let code = match language.get() {
                Language::Ru => "ru",
                Language::En => "en",
            };
            form.text(&form.title, code).to_owned()
        }
    };
    let version = form.version.clone();
    let file = |format| api::paths::form_file(&form.id, &form.version, format);
    let files = [
        ("xlsx", "XLSForm (.xlsx)"),
        ("xform", "ODK XForm (.xml)"),
        ("json", "JSON"),
    ]
    .map(|(format, name)| (file(format), name));
    let trial = Trial::open(form, language.get_untracked(), BTreeMap::new());
    view! {
        <div>
            <h1>{title}</h1>
            <p class="muted num">{say(move |l| words::version_of(l, &version))}</p>
            <p class="small muted">{say(words::try_lead)}</p>
            <Downloads files=files />
        </div>
        <Preview trial=trial section=RwSignal::new(None) />
    }
}

/// Links to a form in other formats.
#[component]
pub fn Downloads(
    /// Addresses with the names of the formats.
    files: [(String, &'static str); 3],
) -> impl IntoView {
    view! {
        <p class="forms-files">
            <span class="muted">{say(words::download)}": "</span>
            {files
                .into_iter()
                .map(|(address, name)| {
                    view! {
                        <a href=address rel="external" download="">
                            {name}
                        </a>
                    }
                })
                .collect_view()}
        </p>
    }
}
