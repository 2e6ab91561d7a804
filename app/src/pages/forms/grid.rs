//! A sheet of the workbook: cells that can be changed, with what was found in them.

use std::collections::BTreeMap;

use api::forms::form_draft::FormDraft;
use forms::form::{Edit, Problem, Severity};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::editor::Editor;
use crate::components::{Glyph, Icon, TableFrame};
use crate::language::{say, use_language};
use crate::text::Language;
use crate::text::forms::drafts as words;

/// Rows shown at once.
const ROWS: usize = 50;
/// Columns shown at most; a form has about thirty.
const COLUMNS: usize = 120;
/// Blank rows offered after the last one.
const SPARE_ROWS: usize = 3;

/// A cell by sheet, row and column, counted from 0; row 0 is the header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Sheet.
    pub sheet: usize,
    /// Row.
    pub row: usize,
    /// Column.
    pub column: usize,
}

impl Cell {
    /// Where a problem lies; a row without a column is its first cell.
    pub fn of(draft: &FormDraft, problem: &Problem) -> Option<Cell> {
        let name = problem.place.sheet.as_deref()?;
        let sheet = draft
            .sheets
            .iter()
            .position(|sheet| sheet.name.eq_ignore_ascii_case(name))?;
        let row = problem.place.row.map_or(0, |row| row.saturating_sub(1)) as usize;
        let header = draft.sheets[sheet].rows.first();
        let column = problem.place.column.as_deref().and_then(|column| {
            header?
                .iter()
                .position(|cell| cell.trim().eq_ignore_ascii_case(column.trim()))
        });
        Some(Cell {
            sheet,
            row,
            column: column.unwrap_or_default(),
        })
    }

    fn id(self) -> String {
        format!("forms-cell-{}-{}-{}", self.sheet, self.row, self.column)
    }
}

/// Puts the focus on a cell once it is drawn.
pub fn focus_cell(cell: Cell) {
    request_animation_frame(move || {
        let element = document()
            .get_element_by_id(&cell.id())
            .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(element) = element {
            drop(element.focus());
        }
    });
}

/// The sheets as tabs, and the rows around the chosen cell.
#[component]
pub fn Grid(editor: Editor) -> impl IntoView {
    let tabs = Memo::new(move |_| {
        editor.draft.with(|draft| {
            draft
                .sheets
                .iter()
                .map(|sheet| sheet.name.clone())
                .collect::<Vec<_>>()
        })
    });
    let sheet = Memo::new(move |_| editor.cell.with(|cell| cell.sheet));
    let page = Memo::new(move |_| editor.cell.with(|cell| cell.row / ROWS));
    view! {
        <section class="forms-grid">
            <nav class="forms-tabs" aria-label=say(words::sheet_tabs)>
                {move || {
                    tabs.get()
                        .into_iter()
                        .enumerate()
                        .map(|(place, name)| {
                            view! {
                                <button
                                    type="button"
                                    class="chip-button"
                                    aria-current=move || (sheet.get() == place).then_some("true")
                                    on:click=move |_| {
                                        editor
                                            .cell
                                            .set(Cell {
                                                sheet: place,
                                                ..Cell::default()
                                            })
                                    }
                                >
                                    {name}
                                </button>
                            }
                        })
                        .collect_view()
                }}
            </nav>
            <p class="small muted">{say(words::grid_help)}</p>
            {move || view! { <Page editor=editor sheet=sheet.get() page=page.get() /> }}
        </section>
    }
}

/// What was found in the cells of a page: severity and words, by row and column.
fn found(
    draft: &FormDraft,
    sheet: usize,
    language: Language,
) -> BTreeMap<(usize, usize), (Severity, String)> {
    let mut found: BTreeMap<(usize, usize), (Severity, String)> = BTreeMap::new();
    for problem in &draft.problems {
        let Some(cell) = Cell::of(draft, problem).filter(|cell| cell.sheet == sheet) else {
            continue;
        };
        let text = match language {
            Language::Ru => &problem.message.ru,
            Language::En => &problem.message.en,
        };
        let (severity, words) = found
            .entry((cell.row, cell.column))
            .or_insert((problem.severity, String::new()));
        *severity = (*severity).max(problem.severity);
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(text);
    }
    found
}

#[component]
fn Page(editor: Editor, sheet: usize, page: usize) -> impl IntoView {
    let language = use_language();
    let name = editor.draft.with_untracked(|draft| {
        draft
            .sheets
            .get(sheet)
            .map(|sheet| sheet.name.clone())
            .unwrap_or_default()
    });
    let label = Signal::derive({
        let name = name.clone();
        move || words::grid(language.get(), &name)
    });
    let size = Memo::new(move |_| {
        editor.draft.with(|draft| {
            draft.sheets.get(sheet).map_or((0, 0), |sheet| {
                let columns = sheet.rows.iter().map(Vec::len).max().unwrap_or_default();
                (sheet.rows.len() + SPARE_ROWS, (columns + 1).min(COLUMNS))
            })
        })
    });
    let from = page * ROWS;
    let to = move || (from + ROWS).min(size.get().0);
    let marks = Memo::new(move |_| {
        editor
            .draft
            .with(|draft| found(draft, sheet, language.get()))
    });
    let on_key = move |event: leptos::ev::KeyboardEvent| move_on(editor, size, &event);
    let go = move |row: usize| {
        editor.cell.update(|cell| {
            cell.row = row;
            cell.column = 0;
        });
    };
    view! {
        <TableFrame label=label>
            <table class="table forms-table" role="grid" on:keydown=on_key>
                <tbody>
                    {move || {
                        let columns = size.get().1;
                        (from..to())
                            .map(|row| {
                                let tag = say(move |l| words::row(l, row + 1));
                                view! {
                                    <tr class:forms-header=row == 0>
                                        <th scope="row" class="num">
                                            <span aria-hidden="true">{row + 1}</span>
                                            <span class="hidden-visually">{tag}</span>
                                        </th>
                                        {(0..columns)
                                            .map(|column| {
                                                let cell = Cell { sheet, row, column };
                                                view! { <GridCell editor=editor cell=cell marks=marks /> }
                                            })
                                            .collect_view()}
                                    </tr>
                                }
                            })
                            .collect_view()
                    }}
                </tbody>
            </table>
        </TableFrame>
        <div class="forms-pages">
            <span class="small muted num">
                {say(move |l| words::rows_shown(l, from + 1, to(), size.get().0))}
            </span>
            {(page > 0)
                .then(|| {
                    view! {
                        <button type="button" class="button" on:click=move |_| go(from - ROWS)>
                            {say(words::rows_before)}
                        </button>
                    }
                })}
            {move || {
                (to() < size.get().0)
                    .then(|| {
                        view! {
                            <button type="button" class="button" on:click=move |_| go(from + ROWS)>
                                {say(words::rows_after)}
                            </button>
                        }
                    })
            }}
        </div>
    }
}

/// Arrows go from cell to cell, at the edge of the page to the next rows; other keys change the cell.
fn move_on(editor: Editor, size: Memo<(usize, usize)>, event: &leptos::ev::KeyboardEvent) {
    let is_writing = event
        .target()
        .is_some_and(|target| target.dyn_ref::<web_sys::HtmlInputElement>().is_some());
    if is_writing || change(editor, event) {
        return;
    }
    let (rows, columns) = size.get_untracked();
    let mut cell = editor.cell.get_untracked();
    match event.key().as_str() {
        "ArrowDown" => cell.row = (cell.row + 1).min(rows.saturating_sub(1)),
        "ArrowUp" => cell.row = cell.row.saturating_sub(1),
        "ArrowRight" => cell.column = (cell.column + 1).min(columns.saturating_sub(1)),
        "ArrowLeft" => cell.column = cell.column.saturating_sub(1),
        "Home" => cell.column = 0,
        "End" => cell.column = columns.saturating_sub(1),
        _ => return,
    }
    event.prevent_default();
    editor.cell.set(cell);
    focus_cell(cell);
}

/// Keys that change the chosen cell: Enter writes on in it, a letter writes anew, Delete empties it.
fn change(editor: Editor, event: &leptos::ev::KeyboardEvent) -> bool {
    let cell = editor.cell.get_untracked();
    let key = event.key();
    match key.as_str() {
        "Enter" | "F2" => editor.writing.set(Some((cell, None))),
        "Delete" | "Backspace" => set_cell(editor, cell, String::new()),
        _ => {
            let is_command = event.ctrl_key() || event.meta_key() || event.alt_key();
            if is_command || key.chars().count() != 1 {
                return false;
            }
            editor.writing.set(Some((cell, Some(key))));
        }
    }
    event.prevent_default();
    true
}

/// Sends another text of a cell.
fn set_cell(editor: Editor, cell: Cell, value: String) {
    if untrack(|| text_of(editor, cell)) == value {
        return;
    }
    let sheet = editor.draft.with_untracked(|draft| {
        let sheet = draft.sheets.get(cell.sheet);
        sheet.map(|sheet| sheet.name.clone()).unwrap_or_default()
    });
    let edit = Edit::SetCell {
        sheet,
        row: cell.row as u32,
        column: cell.column as u32,
        value,
    };
    editor.edit(vec![edit], false, words::saved);
}

type Marks = Memo<BTreeMap<(usize, usize), (Severity, String)>>;

#[component]
fn GridCell(editor: Editor, cell: Cell, marks: Marks) -> impl IntoView {
    let language = use_language();
    let is_written = Memo::new(move |_| {
        editor.writing.with(|writing| {
            writing
                .as_ref()
                .is_some_and(|(written, _)| *written == cell)
        })
    });
    let text = Memo::new(move |_| text_of(editor, cell));
    let mark = Memo::new(move |_| marks.with(|marks| marks.get(&(cell.row, cell.column)).cloned()));
    let class = move || match mark.get().map(|(severity, _)| severity) {
        Some(Severity::Error) => "forms-cell error",
        Some(Severity::Warning) => "forms-cell warning",
        None => "forms-cell",
    };
    let label = move || {
        let column = column_name(editor, cell);
        words::cell_label(language.get(), column, cell.row + 1)
    };
    let close = move |value: Option<String>| {
        if !is_written.get_untracked() {
            return;
        }
        editor.writing.set(None);
        if let Some(value) = value {
            set_cell(editor, cell, value);
        }
    };
    let input = NodeRef::<leptos::html::Input>::new();
    Effect::new(move |_| {
        let Some(input) = input.get() else {
            return;
        };
        let begun = editor
            .writing
            .with_untracked(|writing| writing.as_ref().and_then(|(_, begun)| begun.clone()));
        drop(input.focus());
        match begun {
            Some(begun) => input.set_value(&begun),
            None => {
                input.set_value(&text.get_untracked());
                input.select();
            }
        }
    });
    view! {
        <td class=class role="gridcell">
            {move || {
                if is_written.get() {
                    view! {
                        <input
                            class="input"
                            node_ref=input
                            aria-label=label
                            on:keydown=move |event| {
                                let key = event.key();
                                let value = match key.as_str() {
                                    "Enter" | "Tab" => Some(event_target_value(&event)),
                                    "Escape" => None,
                                    _ => return,
                                };
                                event.prevent_default();
                                event.stop_propagation();
                                close(value);
                                let beside = match (key.as_str(), event.shift_key()) {
                                    ("Tab", false) => cell.column + 1,
                                    ("Tab", true) => cell.column.saturating_sub(1),
                                    _ => cell.column,
                                };
                                let next = Cell { column: beside, ..cell };
                                editor.cell.set(next);
                                focus_cell(next);
                            }
                            on:blur=move |event| close(Some(event_target_value(&event)))
                        />
                    }
                        .into_any()
                } else {
                    view! {
                        <button
                            type="button"
                            id=cell.id()
                            tabindex=move || if editor.cell.get() == cell { "0" } else { "-1" }
                            title=move || mark.get().map(|(_, words)| words)
                            aria-label=move || {
                                let found = mark.get().map(|(_, words)| format!(". {words}"));
                                format!("{}: {}{}", label(), text.get(), found.unwrap_or_default())
                            }
                            on:click=move |_| {
                                editor.cell.set(cell);
                                editor.writing.set(Some((cell, None)));
                            }
                        >
                            {move || mark.get().map(|_| view! { <Icon glyph=Glyph::Alert /> })}
                            <span>{move || text.get()}</span>
                        </button>
                    }
                        .into_any()
                }
            }}
        </td>
    }
}

fn text_of(editor: Editor, cell: Cell) -> String {
    editor.draft.with(|draft| {
        draft
            .sheets
            .get(cell.sheet)
            .and_then(|sheet| sheet.rows.get(cell.row)?.get(cell.column))
            .cloned()
            .unwrap_or_default()
    })
}

/// The header of the column; its letter where it has none.
fn column_name(editor: Editor, cell: Cell) -> String {
    let header = text_of(editor, Cell { row: 0, ..cell });
    if !header.is_empty() {
        return header;
    }
    let mut letters = String::new();
    let mut rest = cell.column + 1;
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters
}
