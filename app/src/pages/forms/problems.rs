//! What was found in the cells: words, place, repair.

use forms::form::{Message, Place, Problem, Severity};
use leptos::prelude::*;

use super::editor::Editor;
use super::grid::{Cell, focus_cell};
use crate::components::{Glyph, Icon};
use crate::language::{say, use_language};
use crate::text::Language;
use crate::text::forms::drafts as words;

/// Problems listed at once.
const LISTED: usize = 30;

/// The list, errors first.
#[component]
pub fn Problems(editor: Editor) -> impl IntoView {
    let language = use_language();
    let errors = Memo::new(move |_| editor.errors() as u64);
    let warnings =
        Memo::new(move |_| editor.draft.with(|draft| draft.problems.len() as u64) - errors.get());
    let mendable = Memo::new(move |_| {
        editor.draft.with(|draft| {
            draft
                .problems
                .iter()
                .filter(|problem| problem.severity == Severity::Error && problem.repair.is_some())
                .count() as u64
        })
    });
    let listed = move || {
        let mut problems = editor.draft.with(|draft| draft.problems.clone());
        // The sort is stable, so equals keep the order of the sheet.
        problems.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
        problems.truncate(LISTED);
        problems
    };
    let rest = move || {
        let count = editor.draft.with(|draft| draft.problems.len());
        count.saturating_sub(LISTED) as u64
    };
    let repair_all = move |_| {
        editor.edit(Vec::new(), true, words::mended);
    };
    view! {
        <section class="forms-problems" aria-labelledby="forms-problems-title">
            <div class="forms-problems-head">
                <h2 id="forms-problems-title">{say(words::problems)}</h2>
                <p class="muted num" role="status">
                    {move || {
                        let language = language.get();
                        let counts = [
                            (errors.get() > 0).then(|| words::errors(language, errors.get())),
                            (warnings.get() > 0).then(|| words::warnings(language, warnings.get())),
                        ];
                        let counts: Vec<String> = counts.into_iter().flatten().collect();
                        if counts.is_empty() {
                            words::no_problems(language).to_owned()
                        } else {
                            counts.join(", ")
                        }
                    }}
                </p>
                {move || {
                    (mendable.get() > 1)
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="button"
                                    prop:disabled=move || editor.is_busy.get()
                                    on:click=repair_all
                                >
                                    <Icon glyph=Glyph::Check />
                                    {say(move |l| words::repair_all(l, mendable.get()))}
                                </button>
                            }
                        })
                }}
            </div>
            <ul class="forms-problem-list">
                {move || {
                    listed()
                        .into_iter()
                        .map(|problem| view! { <Found editor=editor problem=problem /> })
                        .collect_view()
                }}
            </ul>
            {move || {
                (rest() > 0)
                    .then(|| {
                        view! {
                            <p class="small muted">{say(move |l| words::more_problems(l, rest()))}</p>
                        }
                    })
            }}
        </section>
    }
}

#[component]
fn Found(editor: Editor, problem: Problem) -> impl IntoView {
    let language = use_language();
    let is_error = problem.severity == Severity::Error;
    let cell = editor
        .draft
        .with_untracked(|draft| Cell::of(draft, &problem));
    let place = problem.place.clone();
    let where_ = move || place_words(language.get(), &place);
    let message = problem.message;
    let repair = problem.repair.map(|repair| {
        let label = repair.label.clone();
        let edits = repair.edits;
        let mend = move |_| {
            editor.edit(edits.clone(), false, words::mended);
        };
        view! {
            <button
                type="button"
                class="button"
                prop:disabled=move || editor.is_busy.get()
                on:click=mend
            >
                {move || said(language.get(), &label)}
            </button>
        }
    });
    let place_button = match cell {
        Some(cell) => view! {
            <button
                type="button"
                class="button quiet"
                on:click=move |_| {
                    editor.cell.set(cell);
                    focus_cell(cell);
                }
            >
                {where_}
            </button>
        }
        .into_any(),
        None => view! { <span class="small muted">{where_}</span> }.into_any(),
    };
    let name = if is_error {
        words::error
    } else {
        words::warning
    };
    view! {
        <li class="forms-problem" class:error=is_error>
            <Icon glyph=if is_error { Glyph::Alert } else { Glyph::Info } />
            <div>
                <p>
                    <span class="hidden-visually">{say(name)} ": "</span>
                    {move || said(language.get(), &message)}
                </p>
                <div class="actions">{place_button} {repair}</div>
            </div>
        </li>
    }
}

fn said(language: Language, message: &Message) -> String {
    match language {
        Language::Ru => message.ru.clone(),
        Language::En => message.en.clone(),
    }
}

fn place_words(language: Language, place: &Place) -> String {
    match (&place.sheet, place.row, &place.column) {
        (Some(sheet), Some(row), Some(column)) => words::place_cell(language, sheet, row, column),
        (Some(sheet), Some(row), None) => words::place_row(language, sheet, row),
        (Some(sheet), None, _) => words::grid(language, sheet),
        (None, ..) => place.node.clone().unwrap_or_default(),
    }
}
