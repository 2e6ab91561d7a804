//! The map as a list: the same figures for readers and printers.

use leptos::prelude::*;

use super::Address;
use super::state::MapState;
use crate::components::TableFrame;
use crate::language::{label, say, use_language};
use crate::matrix::arrange::Arrangement;
use crate::matrix::data::{Cell, Paint, Place};
use crate::matrix::{draw, palette};
use crate::text::results::heat_map as words;
use crate::text::{Language, number};

/// Lines in the document at once: more are offered by a button, so that a region stays quick.
const PAGE: usize = 300;

/// One line of the list.
struct Line {
    school: String,
    work: String,
    cell: Cell,
    href: String,
}

fn lines(state: MapState, address: Address, language: Language) -> Vec<Line> {
    state.version.track();
    state.structure.track();
    let wish = address.now.with(|address| address.wish.clone());
    let year = state
        .head
        .with(|head| head.as_ref().map_or(0, |head| head.year));
    state.matrix.with_value(|matrix| {
        Arrangement::of(matrix, &wish)
            .places()
            .filter_map(|place: Place| {
                let cell = matrix.cell(place).filter(|cell| !cell.is_empty())?;
                let row = matrix.rows.get(place.row)?;
                let href = match &matrix.columns.get(place.column)?.work {
                    Some((subject, grade)) => {
                        api::work::cell(row.organisation, year, subject, *grade)
                    }
                    None => api::work::school(row.organisation),
                };
                Some(Line {
                    school: row.name.clone(),
                    work: draw::column_name(language, matrix, place.column),
                    cell: cell.clone(),
                    href,
                })
            })
            .collect()
    })
}

/// The list.
#[component]
pub fn List(state: MapState, address: Address) -> impl IntoView {
    let language = use_language();
    let label = label(words::title);
    let most = RwSignal::new(PAGE);
    let total = RwSignal::new(0);
    view! {
        <TableFrame label=label>
            <table class="table rows-link">
                <thead>
                    <tr>
                        <th scope="col">{say(words::school)}</th>
                        <th scope="col">{say(words::work)}</th>
                        <th scope="col">{say(words::state)}</th>
                        <th scope="col" class="end">
                            {say(words::participants)}
                        </th>
                        <th scope="col">{say(words::first_reason)}</th>
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        let language = language.get();
                        let lines = lines(state, address, language);
                        total.set(lines.len());
                        lines
                            .into_iter()
                            .take(most.get())
                            .map(|line| draw_line(line, language))
                            .collect_view()
                    }}
                </tbody>
            </table>
        </TableFrame>
        <Show when=move || { total.get() > most.get() }>
            <button
                type="button"
                class="button"
                on:click=move |_| most.update(|most| *most += PAGE)
            >
                {move || {
                    let rest = total.get().saturating_sub(most.get());
                    words::summary_more(language.get(), rest as u64)
                }}
            </button>
        </Show>
    }
}

fn draw_line(line: Line, language: Language) -> impl IntoView {
    let reason = line
        .cell
        .reason
        .as_deref()
        .map_or("—", |reason| words::reason(language, reason));
    let class = palette::class(line.cell.paint);
    let state = match line.cell.paint {
        Paint::State(_) | Paint::Phase(_) => draw::paint_word(language, line.cell.paint).to_owned(),
        Paint::Step(_) | Paint::Shift(_) => {
            let figure = draw::figure(language, &line.cell);
            let word = draw::paint_word(language, line.cell.paint);
            if word.is_empty() {
                format!("{figure} %")
            } else {
                format!("{figure} · {word}")
            }
        }
    };
    view! {
        <tr>
            <th scope="row">{line.school}</th>
            <td>
                <a href=line.href>{line.work}</a>
            </td>
            <td>
                <span class=format!("state-tag matrix-cell-tag {class}")>{state}</span>
            </td>
            <td class="end num">{number::count(language, u64::from(line.cell.n))}</td>
            <td>{reason}</td>
        </tr>
    }
}
