//! Imports of results: the list, and the wizard in four steps.

mod file;
mod problems;
mod structure;
mod undo;
mod waiting;
mod wizard;

use api::live::LiveChange;
use api::results::import::{Import, ImportState};
use leptos::prelude::*;

use crate::client::use_client;
use crate::components::{EmptyState, Following, Glyph, Icon, PageHead, TableFrame};
use crate::device;
use crate::language::{label, say, use_language};
use crate::live::use_live;
use crate::shell::set_title;
use crate::text::results::import as words;
use crate::text::{Language, common, number};

pub use wizard::ImportPage;

/// The list of imports.
#[component]
pub fn ImportsPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let live = use_live();
    let imports = LocalResource::new(move || {
        client.epoch.track();
        async move { client.get::<Vec<Import>>(api::paths::IMPORTS).await }
    });
    live.hear(
        |change| matches!(change, LiveChange::Import { .. }),
        move || imports.refetch(),
    );
    let undoing = RwSignal::new(None::<Import>);
    view! {
        <main class="page" id="main">
            <PageHead title=words::title lead=label(words::lead)>
                <a class="button primary" href=api::work::NEW_IMPORT>
                    <Icon glyph=Glyph::Upload />
                    {say(words::new)}
                </a>
            </PageHead>
            <Following
                resource=imports
                key=|_| ()
                view=move |found| {
                    let again = Callback::new(move |()| imports.refetch());
                    view! {
                        <waiting::Waiting imports=found again=again />
                        {move || view! { <ImportList imports=found.get() undoing=undoing /> }}
                    }
                }
            />
            <undo::UndoDialog
                undoing=undoing
                on_done=Callback::new(move |_: Import| imports.refetch())
            />
        </main>
    }
}

#[component]
fn ImportList(imports: Vec<Import>, undoing: RwSignal<Option<Import>>) -> impl IntoView {
    if imports.is_empty() {
        return view! {
            <EmptyState
                title=label(words::empty_title)
                text=label(words::empty_text)
            >
                <a class="button primary" href=api::work::NEW_IMPORT>
                    <Icon glyph=Glyph::Upload />
                    {say(words::new)}
                </a>
            </EmptyState>
        }
        .into_any();
    }
    let label = label(words::title);
    view! {
        <TableFrame label=label>
            <table class="table rows-link">
                <thead>
                    <tr>
                        <th scope="col">{say(words::file)}</th>
                        <th scope="col">{say(words::state)}</th>
                        <th scope="col">{say(words::works)}</th>
                        <th scope="col" class="end">
                            {say(words::rows)}
                        </th>
                        <th scope="col" class="end">
                            {say(words::problems)}
                        </th>
                        <th scope="col">{say(words::brought)}</th>
                        <th scope="col">
                            <span class="hidden-visually">{say(words::actions)}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {imports
                        .into_iter()
                        .map(|import| view! { <ImportRow import=import undoing=undoing /> })
                        .collect_view()}
                </tbody>
            </table>
        </TableFrame>
    }
    .into_any()
}

#[component]
fn ImportRow(import: Import, undoing: RwSignal<Option<Import>>) -> impl IntoView {
    let language = use_language();
    let href = api::work::import(import.id);
    let works = import
        .structure
        .as_ref()
        .map(|structure| structure.works.clone())
        .unwrap_or_default();
    let works = move || {
        let language = language.get();
        works
            .iter()
            .map(|work| {
                common::subject_grade(
                    language,
                    work.subject_name.in_language(language),
                    work.grade,
                )
            })
            .collect::<Vec<_>>()
            .join("; ")
    };
    let (rows, problems) = (u64::from(import.row_count), u64::from(import.problem_count));
    let at_ms = import.at_ms;
    let can_undo = import.state != ImportState::Undone;
    let whole = import.clone();
    view! {
        <tr>
            <th scope="row" class="file-name">
                <a href=href>{import.file_name.clone()}</a>
            </th>
            <td>
                <StateLabel state=import.state />
            </td>
            <td class="works">{works}</td>
            <td class="end num">{move || number::count(language.get(), rows)}</td>
            <td class="end num">{move || number::count(language.get(), problems)}</td>
            <td class="num nowrap">
                {import.person_name.clone()} <br />
                <span class="faint">
                    {say(move |language| device::date_time(language, at_ms))}
                </span>
            </td>
            <td class="end">
                {can_undo
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button quiet icon-only"
                                title=say(words::undo)
                                aria-label=say(words::undo)
                                on:click=move |_| undoing.set(Some(whole.clone()))
                            >
                                <Icon glyph=Glyph::Undo />
                            </button>
                        }
                    })}
            </td>
        </tr>
    }
}

/// Where an import stands, as a tag.
#[component]
fn StateLabel(state: ImportState) -> impl IntoView {
    let (class, name): (_, fn(Language) -> &'static str) = match state {
        ImportState::Checked => ("tag warn", words::state_checked),
        ImportState::Confirmed => ("tag ok", words::state_confirmed),
        ImportState::Undone => ("tag calm", words::state_undone),
    };
    view! { <span class=class>{say(name)}</span> }
}
