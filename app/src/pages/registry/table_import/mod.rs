//! Schools from the office's own spreadsheet: file, columns, problems, confirmation, undoing.

mod content;
mod file;
mod undo;

use api::id::TableImportId;
use api::registry::table_import::{TableImport, TableImportState};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};

use crate::client::use_client;
use crate::components::{Loaded, Notice, Tone};
use crate::device;
use crate::language::{say, use_language};
use crate::shell::{set_title, whole_path};
use crate::text::registry::table_import as words;
use crate::text::{Language, common};
use content::Content;
use file::FileStep;
use undo::Undo;

/// The first step, with the imports of before.
#[component]
pub fn SchoolImportsPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let language = use_language();
    let navigate = use_navigate();
    let imports = LocalResource::new(move || {
        client.epoch.track();
        client.get::<Vec<TableImport>>(api::paths::ORGANISATION_IMPORTS)
    });
    let on_read = Callback::new(move |import: TableImport| {
        navigate(&api::work::school_import(import.id), whole_path());
    });
    view! {
        <main class="page narrow" id="main">
            <Head />
            <FileStep on_read=on_read />
            <p>
                <a
                    href=move || in_language(api::paths::ORGANISATION_TEMPLATE, language.get())
                    rel="external"
                    download
                >
                    {say(words::template)}
                </a>
            </p>
            <Loaded resource=imports view=|imports| view! { <Earlier imports=imports /> } />
        </main>
    }
}

#[component]
fn Head() -> impl IntoView {
    view! {
        <div>
            <p class="small">
                <a href=api::work::SCHOOLS>{say(words::to_register)}</a>
            </p>
            <h1>{say(words::title)}</h1>
            <p class="text muted">{say(words::lead)}</p>
        </div>
    }
}

/// A file's address in the language in force.
pub fn in_language(path: &str, language: Language) -> String {
    format!("{path}?language={}", device::language_tag(language))
}

#[component]
fn Earlier(imports: Vec<TableImport>) -> impl IntoView {
    (!imports.is_empty()).then(|| {
        view! {
            <section class="stack">
                <h2>{say(words::earlier)}</h2>
                <ul class="people-lines">
                    {imports
                        .into_iter()
                        .map(|import| {
                            let (name, at_ms) = (import.person_name.clone(), import.at_ms);
                            view! {
                                <li class="people-line">
                                    <div>
                                        <p>
                                            <a href=api::work::school_import(import.id)>
                                                {import.file_name.clone()}
                                            </a>
                                            " "
                                            <span class="tag calm">
                                                {say(words::state_of(import.state))}
                                            </span>
                                        </p>
                                        <p class="small muted num">
                                            {say(move |language| {
                                                let at = device::date_time(language, at_ms);
                                                words::brought_by(language, &name, at)
                                            })}
                                        </p>
                                    </div>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}

/// One import.
#[component]
pub fn SchoolImportPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let params = use_params_map();
    let asked = Memo::new(move |_| {
        params.with(|params| params.get("import")?.parse::<TableImportId>().ok())
    });
    let import = LocalResource::new(move || {
        client.epoch.track();
        let path = asked.get().map(api::paths::organisation_import);
        async move { client.get::<TableImport>(&path.unwrap_or_default()).await }
    });
    view! {
        <main class="page" id="main">
            <Head />
            {move || match asked.get() {
                Some(_) => {
                    view! { <Loaded resource=import view=|import| view! { <One import=import /> } /> }
                        .into_any()
                }
                None => view! { <p>{say(common::not_found_text)}</p> }.into_any(),
            }}
        </main>
    }
}

/// What an import shows, changed by whatever an action answers.
#[component]
fn One(import: TableImport) -> impl IntoView {
    let shown = RwSignal::new(import);
    move || {
        let import = shown.get();
        let (id, told) = (import.id, summary(&import));
        match import.state {
            TableImportState::Checked => view! { <Content import=import shown=shown /> }.into_any(),
            TableImportState::Confirmed => view! {
                <Notice tone=Tone::Success>
                    <p class="notice-title">{say(words::done_title)}</p>
                    <p class="num">{told}</p>
                    <a class="button" href=api::work::SCHOOLS>
                        {say(words::to_register)}
                    </a>
                </Notice>
                <Undo id=id shown=shown />
            }
            .into_any(),
            TableImportState::Undone => view! {
                <Notice>
                    <p class="notice-title">{say(words::undone_title)}</p>
                    <p>{say(words::undone_text)}</p>
                    <a class="button" href=api::work::SCHOOL_IMPORTS>
                        {say(words::other_file)}
                    </a>
                </Notice>
            }
            .into_any(),
        }
    }
}

/// How many rows become what.
fn summary(import: &TableImport) -> crate::language::Said<String> {
    let counts = [import.new, import.changed, import.same, import.left_out];
    say(move |language| {
        let [new, changed, same, left_out] = counts;
        words::summary(language, new, changed, same, left_out)
    })
}
