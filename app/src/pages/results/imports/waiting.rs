//! Files that were read and wait: those without problems are stored by one button, the others are opened.

use api::access::permission::Permission;
use api::results::import::{ConfirmImport, Import, ImportState};
use leptos::prelude::*;

use crate::client::{Failure, use_client};
use crate::components::{FailureNotice, Glyph, Icon, use_toasts};
use crate::language::{say, use_language};
use crate::session::use_session;
use crate::text::results::import as words;
use crate::text::{Language, common};

/// Can it be stored without a question? Unknown schools and results that are stored already are problems, too.
fn is_ready(import: &Import) -> bool {
    import.problem_count == 0 && import.same_as.is_none() && import.row_count > 0
}

/// Why a file has to be opened first.
fn reason(language: Language, import: &Import) -> String {
    let (errors, problems) = (import.error_count, import.problem_count);
    let is_stored = import
        .structure
        .as_ref()
        .is_some_and(|structure| !structure.stored.is_empty());
    if import.same_as.is_some() {
        words::waiting_same(language).to_owned()
    } else if errors > 0 {
        words::waiting_errors(language, u64::from(errors))
    } else if is_stored {
        words::waiting_stored(language).to_owned()
    } else {
        words::waiting_problems(language, u64::from(problems))
    }
}

/// The files that wait, those without a question and the others; nothing where none does.
#[component]
pub fn Waiting(imports: Signal<Vec<Import>>, again: Callback<()>) -> impl IntoView {
    let waiting = Memo::new(move |_| {
        imports.with(|imports| {
            let waiting = imports
                .iter()
                .filter(|import| import.state == ImportState::Checked);
            let (ready, others): (Vec<_>, Vec<_>) = waiting.cloned().partition(is_ready);
            (ready, others)
        })
    });
    let all = move || waiting.with(|(ready, others)| (ready.len() + others.len()) as u64);
    view! {
        <Show when=move || { all() > 0 }>
            <section class="card stack" aria-labelledby="imports-waiting">
                <h2 id="imports-waiting" class="num">
                    {say(move |language| words::waiting_title(language, all()))}
                </h2>
                <Ready waiting=waiting again=again />
                <Show when=move || waiting.with(|(_, others)| !others.is_empty())>
                    <div class="stack tight">
                        <p>{say(words::waiting_look)}</p>
                        <ul class="found">
                            {move || {
                                waiting
                                    .with(|(_, others)| others.clone())
                                    .into_iter()
                                    .map(|import| view! { <Other import=import /> })
                                    .collect_view()
                            }}
                        </ul>
                    </div>
                </Show>
            </section>
        </Show>
    }
}

/// The button that stores all that need no question, one after another.
#[component]
fn Ready(waiting: Memo<(Vec<Import>, Vec<Import>)>, again: Callback<()>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let may_confirm = use_session().may_everywhere(Permission::ImportConfirm);
    // How many are stored, of how many.
    let progress = RwSignal::new(None::<(u64, u64)>);
    let failure = RwSignal::new(None::<(String, Failure)>);
    let count = move || waiting.with(|(ready, _)| ready.len() as u64);
    let store = move |_| {
        if progress.get_untracked().is_some() {
            return;
        }
        let (ready, _) = waiting.get_untracked();
        let all = ready.len() as u64;
        failure.set(None);
        progress.set(Some((0, all)));
        leptos::task::spawn_local(async move {
            let (mut stored, mut refused) = (0, None);
            // In the order in which they were brought; the list has the newest first.
            for import in ready.into_iter().rev() {
                let path = api::paths::import_confirm(import.id);
                let consent = ConfirmImport::default();
                match client.post::<serde_json::Value>(&path, &consent).await {
                    Ok(_) => stored += 1,
                    Err(error) => {
                        refused = Some((import.file_name, error));
                        break;
                    }
                }
                let _ = progress.try_set(Some((stored, all)));
            }
            if stored > 0 {
                toasts.say(words::waiting_done(language.get_untracked(), stored));
            }
            let _ = failure.try_set(refused);
            if progress.try_set(None).is_none() {
                again.run(());
            }
        });
    };
    view! {
        {move || {
            failure
                .get()
                .map(|(name, failure)| {
                    view! {
                        <p class="file-name">{name}</p>
                        <FailureNotice failure=failure />
                    }
                })
        }}
        {move || {
            if count() == 0 && progress.get().is_none() {
                view! { <p class="text muted">{say(words::waiting_none)}</p> }.into_any()
            } else {
                view! {
                    <p class="text num">
                        {say(move |language| words::waiting_ready(language, count()))}
                    </p>
                }
                    .into_any()
            }
        }}
        <Show when=move || may_confirm && (count() > 0 || progress.get().is_some())>
            <p>
                <button
                    type="button"
                    class="button primary"
                    disabled=move || progress.get().is_some()
                    on:click=store
                >
                    {move || {
                        let language = language.get();
                        match progress.get() {
                            Some((done, all)) => words::waiting_progress(language, done, all),
                            None => words::waiting_store(language, count()),
                        }
                    }}
                </button>
            </p>
        </Show>
    }
}

/// A file that has to be opened.
#[component]
fn Other(import: Import) -> impl IntoView {
    let rows = u64::from(import.row_count);
    let href = api::work::import(import.id);
    let name = import.file_name.clone();
    view! {
        <li>
            <a class="file-name" href=href>
                {name}
                <Icon glyph=Glyph::ArrowRight />
            </a>
            " "
            <span class="small muted num">{say(move |language| common::rows(language, rows))}</span>
            " "
            <span class="tag warn num">{say(move |language| reason(language, &import))}</span>
        </li>
    }
}
