//! The map as a grid: sticky heads, one tab stop, arrows, a sentence for the cell in hand.

use api::event::EventState;
use api::heat_map::{CellState, HeatMapCell};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::sentence_at;
use super::state::{MapState, element_id};
use crate::components::state_tag::state_class;
use crate::language::{say, say_text, use_language};
use crate::model::heat_map::{Group, Place, Shape, walk};
use crate::model::map_address::{CellKey, MapAddress};
use crate::text::{common, heat_map as words, number};

/// The map.
#[component]
pub fn Grid(state: MapState, address: Memo<MapAddress>, open: Callback<CellKey>) -> impl IntoView {
    let is_by_name = Memo::new(move |_| address.get().is_by_name);
    let table = Memo::new(move |_| {
        let shape = state.shape.get()?;
        let groups = shape.groups(is_by_name.get());
        Some((shape, groups))
    });
    // The cell in hand: focused or pointed at.
    let pointed = RwSignal::new(None::<Place>);
    let spoken = RwSignal::new(None::<Place>);
    view! {
        {move || {
            table
                .get()
                .map(|(shape, groups)| {
                    view! {
                        <Table
                            state=state
                            shape=shape
                            groups=groups
                            address=address
                            pointed=pointed
                            spoken=spoken
                            open=open
                        />
                    }
                })
        }}
        <p
            class="map-reading num"
            class:idle=move || pointed.get().or(spoken.get()).is_none()
        >
            <span class="map-reading-text">
                {move || pointed.get().or(spoken.get()).and_then(|place| sentence_at(state, place))}
            </span>
            <span class="map-reading-hint faint">{say(words::hint_keys)}</span>
        </p>
        <p class="hidden-visually" aria-live="polite">
            {move || spoken.get().and_then(|place| sentence_at(state, place))}
        </p>
    }
}

#[component]
fn Table(
    state: MapState,
    shape: Shape,
    groups: Vec<Group>,
    address: Memo<MapAddress>,
    pointed: RwSignal<Option<Place>>,
    spoken: RwSignal<Option<Place>>,
    open: Callback<CellKey>,
) -> impl IntoView {
    let order: Vec<usize> = groups.iter().flat_map(|group| group.rows.clone()).collect();
    let columns = shape.columns.len();
    let first = Place {
        row: order.first().copied().unwrap_or(0),
        column: 0,
    };
    let tab_stop = StoredValue::new(first);
    let order = StoredValue::new(order);
    let opened = Memo::new(move |_| {
        let cell = address.get().cell;
        state.shape.track();
        state.place(cell.as_ref())
    });
    let is_open = Selector::new(move || opened.get());
    let pointed_column = Selector::new(move || pointed.get().map(|place| place.column));
    let pointed_row = Selector::new(move || pointed.get().map(|place| place.row));

    let open_place = move |place: Place| {
        let key = state
            .shape
            .with_untracked(|shape| shape.as_ref()?.key(place));
        if let Some(key) = key {
            open.run(key);
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let Some(from) = place_of(&event) else {
            return;
        };
        let key = event.key();
        if key == "Enter" || key == " " {
            event.prevent_default();
            open_place(from);
            return;
        }
        let to = order.with_value(|order| walk(order, columns, from, &key, event.ctrl_key()));
        if let Some(to) = to {
            event.prevent_default();
            focus(to);
        }
    };
    let on_focus = move |event: leptos::ev::FocusEvent| {
        if let Some(place) = place_of(&event) {
            move_tab_stop(tab_stop.get_value(), place);
            tab_stop.set_value(place);
            spoken.set(Some(place));
            pointed.set(Some(place));
        }
    };
    let on_click = move |event: leptos::ev::MouseEvent| {
        if let Some(place) = place_of(&event) {
            open_place(place);
        }
    };
    let on_over = move |event: leptos::ev::MouseEvent| {
        let place = place_of(&event);
        if place != pointed.get_untracked() {
            pointed.set(place);
        }
    };

    let spans = shape.spans();
    let heads: Vec<_> = shape
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let grade = column.grade;
            let name = column.subject_name.clone();
            let is_first = index == 0 || shape.columns[index - 1].subject != column.subject;
            let is_pointed = pointed_column.clone();
            view! {
                <th
                    scope="col"
                    class="map-grade"
                    class:first-of-subject=is_first
                    class:pointed=move || is_pointed.selected(&Some(index))
                    aria-label=say(move |language| common::subject_grade(
                        language,
                        name.in_language(language),
                        grade,
                    ))
                >
                    {say(move |language| words::grade(language, grade))}
                </th>
            }
        })
        .collect();
    let bodies: Vec<_> = groups
        .into_iter()
        .map(|group| {
            let head = group.cluster.map(|cluster| {
                view! {
                    <tr class="map-group">
                        <th scope="rowgroup" colspan=columns + 1>
                            <span>{say(move |language| common::cluster(language, cluster))}</span>
                        </th>
                    </tr>
                }
            });
            let rows: Vec<_> = group
                .rows
                .into_iter()
                .map(|row| {
                    let name = shape.rows[row].name.clone();
                    let href = api::work::school(shape.rows[row].organisation);
                    let is_pointed = pointed_row.clone();
                    let cells: Vec<_> = (0..columns)
                        .filter_map(|column| {
                            let place = Place { row, column };
                            let cell = state.cell(place)?;
                            let is_first_of_subject = column == 0
                                || shape.columns[column - 1].subject
                                    != shape.columns[column].subject;
                            Some(draw_cell(
                                place,
                                cell,
                                place == first,
                                is_first_of_subject,
                                is_open.clone(),
                            ))
                        })
                        .collect();
                    view! {
                        <tr class:pointed=move || is_pointed.selected(&Some(row))>
                            <th scope="row" class="map-school">
                                <a href=href title=name.clone() tabindex="-1">
                                    {name.clone()}
                                </a>
                            </th>
                            {cells}
                        </tr>
                    }
                })
                .collect();
            view! { <tbody>{head} {rows}</tbody> }
        })
        .collect();
    view! {
        <div class="map-frame">
            <table
                class="map"
                role="grid"
                aria-label=say(words::grid_label)
                data-only=move || address.get().only.map(state_class)
                on:keydown=on_key
                on:focusin=on_focus
                on:click=on_click
                on:mouseover=on_over
                on:mouseleave=move |_| pointed.set(None)
            >
                <thead>
                    <tr>
                        <th scope="col" rowspan="2" class="map-corner">
                            {say(words::school)}
                            <small>{say(words::legend_number)}</small>
                        </th>
                        {spans
                            .into_iter()
                            .map(|span| {
                                // One or two columns have no room for the whole name.
                                let name = if span.columns > 2 { span.name.clone() } else { span.short };
                                view! {
                                    <th
                                        scope="colgroup"
                                        class="map-subject first-of-subject"
                                        colspan=span.columns
                                        aria-label=say_text(span.name)
                                    >
                                        <span>{say_text(name)}</span>
                                    </th>
                                }
                            })
                            .collect_view()}
                    </tr>
                    <tr>{heads}</tr>
                </thead>
                {bodies}
            </table>
        </div>
    }
}

fn draw_cell(
    place: Place,
    cell: ArcRwSignal<HeatMapCell>,
    is_tab_stop: bool,
    is_first_of_subject: bool,
    is_open: Selector<Option<Place>>,
) -> impl IntoView {
    let language = use_language();
    let opened = is_open.clone();
    let painted = cell.clone();
    let class = move || {
        let state = state_class(painted.with(|cell| cell.state));
        let gap = if is_first_of_subject {
            " first-of-subject"
        } else {
            ""
        };
        let open = if opened.selected(&Some(place)) {
            " open"
        } else {
            ""
        };
        format!("map-cell {state}{gap}{open}")
    };
    let content = move || {
        let language = language.get();
        cell.with(|cell| {
            let number = match cell.state {
                CellState::NoData => "—".to_owned(),
                _ => number::count(language, u64::from(cell.n)),
            };
            let words = match cell.state {
                CellState::NoData => common::state_no_data(language),
                state => common::state(language, state),
            };
            view! {
                <span class="n" aria-hidden=(cell.state == CellState::NoData).then_some("true")>
                    {number}
                </span>
                <span class="hidden-visually">{words}</span>
                {cell.live.as_ref().map(|live| draw_live(live.state))}
            }
        })
    };
    view! {
        <td
            id=element_id(place)
            role="gridcell"
            class=class
            tabindex=if is_tab_stop { "0" } else { "-1" }
            aria-selected=move || is_open.selected(&Some(place)).to_string()
            data-row=place.row
            data-column=place.column
        >
            {content}
        </td>
    }
}

/// The mark of an event: shape and colour say the same.
fn draw_live(state: EventState) -> impl IntoView {
    let language = use_language();
    let (class, path) = match state {
        EventState::Planned => (
            "live-mark planned",
            "M5 1.500a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7Z",
        ),
        EventState::Running => ("live-mark running", "M5 1a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z"),
        EventState::Alert => ("live-mark alert", "M5 .5 9.7 9H.300Z"),
        EventState::Done => ("live-mark done", "m1.5 5.5 2.5 2.5 4.5-6"),
    };
    view! {
        <svg class=class viewBox="0 0 10 10" aria-hidden="true">
            <path d=path />
        </svg>
        <span class="hidden-visually">{common::event_state(language.get(), state)}</span>
    }
}

/// The place of the cell an event happened in.
fn place_of(event: &web_sys::Event) -> Option<Place> {
    let element: web_sys::Element = event.target()?.dyn_into().ok()?;
    let cell = element.closest("td[data-row]").ok()??;
    Some(Place {
        row: cell.get_attribute("data-row")?.parse().ok()?,
        column: cell.get_attribute("data-column")?.parse().ok()?,
    })
}

fn element(place: Place) -> Option<web_sys::HtmlElement> {
    document()
        .get_element_by_id(&element_id(place))?
        .dyn_into()
        .ok()
}

/// Gives a cell the focus.
pub fn focus(place: Place) {
    if let Some(cell) = element(place) {
        // An element in the document takes the focus; elsewhere nothing is lost.
        drop(cell.focus());
    }
}

/// The grid is one tab stop: the cell that had the focus last.
fn move_tab_stop(from: Place, to: Place) {
    if let Some(cell) = element(from) {
        cell.set_tab_index(-1);
    }
    if let Some(cell) = element(to) {
        cell.set_tab_index(0);
    }
}
