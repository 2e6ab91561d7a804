//! The map as a list and as a file: the same figures for readers, printers and spreadsheets.

use api::heat_map::{CellState, HeatMapCell};
use leptos::prelude::*;

use super::state::MapState;
use crate::components::{Glyph, Icon, StateTag, TableFrame};
use crate::device;
use crate::language::{say, use_language};
use crate::model::csv;
use crate::model::heat_map::Place;
use crate::text::{Language, common, heat_map as words, number};

/// One line of the list.
struct Line {
    school: String,
    cluster: &'static str,
    work: String,
    cell: HeatMapCell,
    href: String,
}

fn lines(state: MapState, language: Language) -> Vec<Line> {
    let places = state.places_where(|cell| cell.state != CellState::NoData);
    let year = state
        .head
        .with(|head| head.as_ref().map_or(0, |head| head.year));
    places
        .into_iter()
        .filter_map(|place| line(state, language, year, place))
        .collect()
}

fn line(state: MapState, language: Language, year: i32, place: Place) -> Option<Line> {
    let cell = state.cell(place)?.get_untracked();
    state.shape.with(|shape| {
        let shape = shape.as_ref()?;
        let row = shape.rows.get(place.row)?;
        let column = shape.columns.get(place.column)?;
        Some(Line {
            school: row.name.clone(),
            cluster: common::cluster(language, row.cluster),
            work: common::subject_grade(
                language,
                column.subject_name.in_language(language),
                column.grade,
            ),
            cell,
            href: api::work::cell(row.organisation, year, &column.subject, column.grade),
        })
    })
}

fn reason(language: Language, cell: &HeatMapCell) -> &'static str {
    cell.first_reason
        .as_deref()
        .map_or("—", |reason| words::reason(language, reason))
}

/// The list.
#[component]
pub fn List(state: MapState) -> impl IntoView {
    let language = use_language();
    let label = Signal::derive(move || words::title(language.get()).to_owned());
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
                        lines(state, language)
                            .into_iter()
                            .map(|line| {
                                view! {
                                    <tr>
                                        <th scope="row">{line.school}</th>
                                        <td>
                                            <a href=line.href>{line.work}</a>
                                        </td>
                                        <td>
                                            <StateTag state=line.cell.state />
                                        </td>
                                        <td class="end num">
                                            {number::count(language, u64::from(line.cell.n))}
                                        </td>
                                        <td>{reason(language, &line.cell)}</td>
                                    </tr>
                                }
                            })
                            .collect_view()
                    }}
                </tbody>
            </table>
        </TableFrame>
    }
}

/// Saves the list as a CSV file.
#[component]
pub fn Download(state: MapState) -> impl IntoView {
    let language = use_language();
    let save = move |_| {
        let language = language.get_untracked();
        let header = [
            words::school(language),
            words::cluster(language),
            words::work(language),
            words::state(language),
            words::participants(language),
            words::first_reason(language),
        ]
        .map(str::to_owned);
        let rows: Vec<Vec<String>> = untrack(|| lines(state, language))
            .into_iter()
            .map(|line| {
                vec![
                    line.school,
                    line.cluster.to_owned(),
                    line.work,
                    common::state(language, line.cell.state).to_owned(),
                    line.cell.n.to_string(),
                    reason(language, &line.cell).to_owned(),
                ]
            })
            .collect();
        let year = state
            .head
            .with_untracked(|head| head.as_ref().map_or(0, |head| head.year));
        device::save_file(
            &words::download_name(language, year),
            &csv::file(&header, &rows),
        );
    };
    view! {
        <button type="button" class="button" on:click=save>
            <Icon glyph=Glyph::Download />
            {say(words::download)}
        </button>
    }
}
