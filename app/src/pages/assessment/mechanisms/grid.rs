//! The matrix as a grid that arrows walk through, with a legend, and the same seen through another list.

use api::assessment::mechanism::{MappedFrame, Matrix, MatrixCell, MatrixRow};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::percent;
use crate::components::TableFrame;
use crate::language::{label, say, say_text, use_language};
use crate::text::assessment::mechanisms as words;
use crate::text::{Language, number};

/// Which levels are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Settled,
    Own,
    Expert,
    Previous,
}

impl Shown {
    fn level(self, cell: &MatrixCell) -> Option<u8> {
        match self {
            Shown::Settled => cell.settled,
            Shown::Own => cell.own,
            Shown::Expert => cell.expert,
            Shown::Previous => cell.previous,
        }
    }

    fn score(self, row: &MatrixRow) -> Option<f64> {
        match self {
            Shown::Settled => row.scores.settled,
            Shown::Own => row.scores.own,
            Shown::Expert => row.scores.expert,
            Shown::Previous => row.scores.previous,
        }
    }
}

/// The matrix.
#[component]
pub fn Grid(matrix: StoredValue<Matrix>) -> impl IntoView {
    let shown = RwSignal::new(Shown::Settled);
    let frame = RwSignal::new(None::<usize>);
    let previous = matrix.with_value(|matrix| matrix.previous_year);
    let frames = matrix.with_value(|matrix| matrix.frames.clone());
    let chip = move |value: Shown, name: AnyView| {
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || (shown.get() == value).to_string()
                on:click=move |_| shown.set(value)
            >
                {name}
            </button>
        }
    };
    let frame_chip = move |value: Option<usize>, name: AnyView| {
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || (frame.get() == value).to_string()
                on:click=move |_| frame.set(value)
            >
                {name}
            </button>
        }
    };
    let other = frames.clone();
    view! {
        <div class="mechanisms-filters">
            <div class="chips" role="group" aria-label=say(words::frame)>
                {frame_chip(None, say(words::frame_nine).into_any())}
                {frames
                    .into_iter()
                    .enumerate()
                    .map(|(index, frame)| {
                        frame_chip(Some(index), say_text(frame.title).into_any())
                    })
                    .collect_view()}
            </div>
            <Show when=move || frame.get().is_none()>
                <div class="chips" role="group" aria-label=say(words::show)>
                    {chip(Shown::Settled, say(words::show_settled).into_any())}
                    {chip(Shown::Own, say(words::show_own).into_any())}
                    {chip(Shown::Expert, say(words::show_expert).into_any())}
                    {previous
                        .map(|year| {
                            chip(
                                Shown::Previous,
                                say(move |language| words::show_previous(language, year)).into_any(),
                            )
                        })}
                </div>
            </Show>
        </div>
        {move || match frame.get().and_then(|index| other.get(index).cloned()) {
            Some(frame) => view! { <Mapped frame=frame matrix=matrix /> }.into_any(),
            None => view! { <Nine matrix=matrix shown=shown /> }.into_any(),
        }}
    }
}

#[component]
fn Nine(matrix: StoredValue<Matrix>, shown: RwSignal<Shown>) -> impl IntoView {
    let language = use_language();
    let table = NodeRef::<html::Table>::new();
    // The one cell that Tab reaches; arrows move it.
    let active = RwSignal::new((0_usize, 0_usize));
    let (rows, columns) = matrix.with_value(|matrix| (matrix.rows.len(), matrix.steps.len()));
    let focus = move |at: (usize, usize)| {
        active.set(at);
        let selector = format!("a[data-at=\"{}-{}\"]", at.0, at.1);
        let found = table
            .get_untracked()
            .and_then(|table| table.query_selector(&selector).ok().flatten());
        if let Some(link) =
            found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
        {
            // A cell that is gone takes no focus.
            drop(link.focus());
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let (row, column) = active.get_untracked();
        let next = match event.key().as_str() {
            "ArrowRight" => (row, (column + 1).min(columns.saturating_sub(1))),
            "ArrowLeft" => (row, column.saturating_sub(1)),
            "ArrowDown" => ((row + 1).min(rows.saturating_sub(1)), column),
            "ArrowUp" => (row.saturating_sub(1), column),
            "Home" => (row, 0),
            "End" => (row, columns.saturating_sub(1)),
            _ => return,
        };
        event.prevent_default();
        focus(next);
    };
    let label = label(words::matrix_label);
    let mut block = None;
    let body = matrix.with_value(|matrix| {
        let id = matrix.id;
        let steps: Vec<_> = matrix.steps.iter().map(|step| step.title.clone()).collect();
        matrix
            .rows
            .iter()
            .cloned()
            .enumerate()
            .map(|(index, row)| {
                let heading = (block.as_ref() != Some(&row.block)).then(|| {
                    let title = row.block.clone();
                    view! {
                        <tr class="group" role="row">
                            <th role="rowheader" colspan=(columns + 3).to_string() scope="rowgroup">
                                {say_text(title)}
                            </th>
                        </tr>
                    }
                });
                block = Some(row.block.clone());
                let row = StoredValue::new(row);
                let (code, title, level) =
                    row.with_value(|row| (row.code.clone(), row.title.clone(), row.level.clone()));
                let cells = row.with_value(|row| row.cells.clone());
                let name = title.clone();
                view! {
                    {heading}
                    <tr role="row">
                        <th role="rowheader" scope="row" class="mechanisms-name">
                            <span class="num muted">{code}</span>
                            " "
                            {say_text(title)}
                        </th>
                        {cells
                            .into_iter()
                            .zip(steps.iter().cloned())
                            .enumerate()
                            .map(|(column, (cell, step))| {
                                let href = format!(
                                    "{}/{}",
                                    api::work::mechanism_matrix(id),
                                    cell.id,
                                );
                                view! {
                                    <Cell
                                        cell=cell
                                        href=href
                                        at=(index, column)
                                        names=(name.clone(), step)
                                        shown=shown
                                        active=active
                                    />
                                }
                            })
                            .collect_view()}
                        <td role="gridcell" class="end num nowrap">
                            {move || {
                                let share = row.with_value(|row| shown.get().score(row));
                                percent(language.get(), share)
                            }}
                        </td>
                        <td role="gridcell" class="small">
                            <Show when=move || shown.get() == Shown::Settled>
                                {level.clone().map(say_text)}
                            </Show>
                        </td>
                    </tr>
                }
            })
            .collect_view()
    });
    let steps = matrix.with_value(|matrix| matrix.steps.clone());
    view! {
        <TableFrame label=label>
            <table
                class="table mechanisms-grid"
                role="grid"
                aria-label=label
                node_ref=table
                on:keydown=on_key
            >
                <thead>
                    <tr role="row">
                        <th role="columnheader" scope="col">
                            {say(words::mechanism)}
                        </th>
                        {steps
                            .into_iter()
                            .map(|step| {
                                view! {
                                    <th role="columnheader" scope="col" class="mechanisms-step">
                                        {say_text(step.title)}
                                    </th>
                                }
                            })
                            .collect_view()}
                        <th role="columnheader" scope="col" class="end">
                            {say(words::score)}
                        </th>
                        <th role="columnheader" scope="col">
                            {say(words::level)}
                        </th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </TableFrame>
        <Legend />
    }
}

#[component]
fn Cell(
    cell: MatrixCell,
    href: String,
    at: (usize, usize),
    names: (api::text::Text, api::text::Text),
    shown: RwSignal<Shown>,
    active: RwSignal<(usize, usize)>,
) -> impl IntoView {
    let language = use_language();
    let cell = StoredValue::new(cell);
    let level = Memo::new(move |_| cell.with_value(|cell| shown.get().level(cell)));
    let class = move || match level.get() {
        Some(level) => format!("mechanisms-cell mechanisms-level-{level}"),
        None => "mechanisms-cell mechanisms-level-none".to_owned(),
    };
    let trend = move || {
        if shown.get() == Shown::Previous {
            return "";
        }
        let previous = cell.with_value(|cell| cell.previous);
        match (level.get(), previous) {
            (Some(now), Some(before)) if now > before => "▲",
            (Some(now), Some(before)) if now < before => "▼",
            _ => "",
        }
    };
    let (unconfirmed, disagrees) = cell.with_value(|cell| (cell.unconfirmed, cell.disagrees));
    let spoken = move || {
        let language = language.get();
        cell.with_value(|cell| spoken(language, cell, level.get(), &names))
    };
    let data_at = format!("{}-{}", at.0, at.1);
    view! {
        <td role="gridcell" class="mechanisms-td">
            <a
                class=class
                href=href
                data-at=data_at
                tabindex=move || if active.get() == at { "0" } else { "-1" }
                aria-label=spoken
                on:focus=move |_| active.set(at)
            >
                <span class="mechanisms-number num" aria-hidden="true">
                    {move || level.get().map_or_else(|| "·".to_owned(), |level| level.to_string())}
                </span>
                <span class="mechanisms-marks" aria-hidden="true">
                    {trend} {unconfirmed.then_some("!")} {disagrees.then_some("≠")}
                </span>
            </a>
        </td>
    }
}

/// The cell in words: where it is, its level, and what is to be known of it.
fn spoken(
    language: Language,
    cell: &MatrixCell,
    level: Option<u8>,
    (mechanism, step): &(api::text::Text, api::text::Text),
) -> String {
    let mut parts = vec![
        words::cell_name(
            language,
            mechanism.in_language(language),
            step.in_language(language),
        ),
        level.map_or_else(
            || words::cell_open(language).to_owned(),
            |level| words::cell_level(language, level),
        ),
    ];
    if let Some(before) = cell.previous {
        parts.push(words::cell_before(language, before));
    }
    if cell.unconfirmed {
        parts.push(words::cell_unconfirmed(language).to_owned());
    }
    if cell.disagrees {
        parts.push(words::cell_disagrees(language).to_owned());
    }
    if cell.evidence > 0 {
        parts.push(words::cell_evidence(language, cell.evidence));
    }
    parts.join(", ")
}

#[component]
fn Legend() -> impl IntoView {
    let sign = |sign: &'static str, name: fn(Language) -> &'static str| {
        view! {
            <li>
                <span class="mechanisms-sign" aria-hidden="true">
                    {sign}
                </span>
                {say(name)}
            </li>
        }
    };
    view! {
        <ul class="mechanisms-legend small" aria-label=say(words::legend)>
            {(0_u8..4)
                .map(|level| {
                    view! {
                        <li>
                            <span
                                class=format!("mechanisms-swatch mechanisms-level-{level}")
                                aria-hidden="true"
                            >
                                {level}
                            </span>
                            {say(move |language| words::cell_level(language, level))}
                        </li>
                    }
                })
                .collect_view()}
            <li>
                <span class="mechanisms-swatch mechanisms-level-none" aria-hidden="true">
                    "·"
                </span>
                {say(words::legend_open)}
            </li>
            {sign("!", words::legend_unconfirmed)} {sign("≠", words::legend_disagrees)}
            {sign("▲", words::legend_up)} {sign("▼", words::legend_down)}
        </ul>
    }
}

/// The assessment through another list of directions.
#[component]
fn Mapped(frame: MappedFrame, matrix: StoredValue<Matrix>) -> impl IntoView {
    let language = use_language();
    let steps = matrix.with_value(|matrix| matrix.steps.clone());
    let title = frame.title.clone();
    let label = Signal::derive(move || title.in_language(language.get()).to_owned());
    view! {
        <p class="text muted">{say_text(frame.note)}</p>
        <TableFrame label=label>
            <table class="table mechanisms-grid">
                <thead>
                    <tr>
                        <th scope="col">{say(words::mechanism)}</th>
                        <th scope="col">{say(words::sources)}</th>
                        {steps
                            .into_iter()
                            .map(|step| {
                                view! {
                                    <th scope="col" class="mechanisms-step">
                                        {say_text(step.title)}
                                    </th>
                                }
                            })
                            .collect_view()}
                        <th scope="col" class="end">
                            {say(words::score)}
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {frame
                        .rows
                        .into_iter()
                        .map(|row| {
                            let sources = row.sources.join(", ");
                            let score = row.score;
                            view! {
                                <tr>
                                    <th scope="row" class="mechanisms-name">
                                        <span class="num muted">{row.code}</span>
                                        " "
                                        {say_text(row.title)}
                                    </th>
                                    <td class="num nowrap">
                                        {say(move |language| {
                                            if sources.is_empty() {
                                                words::not_assessed(language).to_owned()
                                            } else {
                                                sources.clone()
                                            }
                                        })}
                                    </td>
                                    {row
                                        .steps
                                        .into_iter()
                                        .map(|level| view! { <MappedCell level=level /> })
                                        .collect_view()}
                                    <td class="end num">
                                        {move || percent(language.get(), score)}
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
fn MappedCell(level: Option<f64>) -> impl IntoView {
    let language = use_language();
    let class = match level {
        Some(level) => format!(
            "mechanisms-cell mechanisms-level-{:.0}",
            level.clamp(0.0, 3.0)
        ),
        None => "mechanisms-cell mechanisms-level-none".to_owned(),
    };
    let shown = move || {
        let language = language.get();
        level.map_or_else(
            || "·".to_owned(),
            |level| {
                let places = usize::from(level.fract() != 0.0);
                number::decimal(language, level, places)
            },
        )
    };
    view! {
        <td class="mechanisms-td">
            <span class=class>
                <span class="mechanisms-number num">{shown}</span>
            </span>
        </td>
    }
}
