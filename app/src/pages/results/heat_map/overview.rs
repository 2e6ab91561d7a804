//! Beside the map while no cell is open: where signs are, and what goes on now.

use api::procedures::event::EventState;
use api::results::heat_map::CellState;
use leptos::prelude::*;

use super::Address;
use super::state::MapState;
use crate::device;
use crate::language::{say, use_language};
use crate::matrix::arrange::{Arrangement, Grouping, Wish};
use crate::matrix::data::{Cell, Paint};
use crate::matrix::layer::LayerChoice;
use crate::matrix::visit::{Changed, Visit};
use crate::matrix::{draw, palette};
use crate::model::map_address::CellKey;
use crate::text::results::heat_map as words;
use crate::text::{Language, common, matrix as texts, number};
use api::text::Text;

/// Entries before «and more».
const SHOWN: usize = 12;

/// What the whole map says.
#[component]
pub fn Overview(state: MapState, address: Address) -> impl IntoView {
    let language = use_language();
    let tally = Memo::new(move |_| state.tally());
    // The states of the map, whatever layer is shown.
    let signs = move || found(state, |cell| cell.paint == Paint::State(CellState::Signs));
    let now = move || {
        let mut places = found(state, |cell| {
            cell.live
                .as_ref()
                .is_some_and(|live| live.state != EventState::Planned)
        });
        // Alerts first: somebody may have to go there.
        places.sort_by_key(|found| !found.is_alert());
        places
    };
    let sentence = move || {
        let (language, tally) = (language.get(), tally.get());
        if tally.signs == 0 {
            return words::summary_calm(language).to_owned();
        }
        let cells = words::summary_signs(language, u64::from(tally.signs));
        let schools = words::summary_schools(language, u64::from(tally.schools_with_signs));
        // Two whole sentences beside each other.
        [cells, schools].join(" ")
    };
    let has_map = move || state.head.with(Option::is_some);
    view! {
        <Show when=has_map>
            <SinceLastVisit state=state address=address />
            <section class="side-section">
                <h2>{say(words::summary_title)}</h2>
                <p class="small">{sentence}</p>
                <ul class="side-list">
                    {move || {
                        signs()
                            .into_iter()
                            .take(SHOWN)
                            .map(|found| entry(state, address, found, false))
                            .collect_view()
                    }}
                </ul>
                {move || more(language.get(), signs().len())}
                <p class="small muted">{say(words::summary_note)}</p>
            </section>
            <section class="side-section">
                <h2>{say(words::summary_today)}</h2>
                {move || {
                    let places = now();
                    if places.is_empty() {
                        view! { <p class="small muted">{say(words::summary_none_today)}</p> }
                            .into_any()
                    } else {
                        let count = places.len();
                        view! {
                            <ul class="side-list">
                                {places
                                    .into_iter()
                                    .take(SHOWN)
                                    .map(|found| entry(state, address, found, true))
                                    .collect_view()}
                            </ul>
                            {more(language.get_untracked(), count)}
                        }
                            .into_any()
                    }
                }}
            </section>
        </Show>
    }
}

fn more(language: Language, count: usize) -> Option<impl IntoView> {
    (count > SHOWN).then(|| {
        view! { <p class="small faint">{words::summary_more(language, (count - SHOWN) as u64)}</p> }
    })
}

/// A cell of the map of states with the names it is shown under.
struct Found {
    key: CellKey,
    school: String,
    work: (Text, u8),
    cell: Cell,
}

impl Found {
    fn is_alert(&self) -> bool {
        self.cell
            .live
            .as_ref()
            .is_some_and(|live| live.state == EventState::Alert)
    }
}

/// Cells that satisfy a condition, schools by name (tracked).
fn found(state: MapState, condition: impl Fn(&Cell) -> bool) -> Vec<Found> {
    let Some(matrix) = state.states() else {
        return Vec::new();
    };
    let wish = Wish {
        grouping: Grouping::Name,
        ..Wish::default()
    };
    Arrangement::of(&matrix, &wish)
        .places()
        .filter_map(|place| {
            let cell = matrix.cell(place).filter(|cell| condition(cell))?;
            let row = matrix.rows.get(place.row)?;
            let column = matrix.columns.get(place.column)?;
            let (subject, grade) = column.work.clone()?;
            Some(Found {
                key: CellKey {
                    organisation: row.organisation,
                    subject,
                    grade,
                },
                school: row.name.clone(),
                work: (column.group_name.clone(), grade),
                cell: cell.clone(),
            })
        })
        .collect()
}

fn entry(state: MapState, address: Address, found: Found, is_live: bool) -> impl IntoView {
    let language = use_language();
    let Found {
        key,
        school,
        work,
        cell,
    } = found;
    let shown = cell.clone();
    let detail = move || {
        let language = language.get();
        let work = common::subject_grade(language, work.0.in_language(language), work.1);
        match shown.live.as_ref().filter(|_| is_live) {
            Some(live) => {
                let sheets = words::sheets(language, live.submitted, live.sheets);
                format!(
                    "{work} · {} · {sheets}",
                    common::event_state(language, live.state)
                )
            }
            None => format!(
                "{work} · {}",
                common::participants(language, u64::from(shown.n))
            ),
        }
    };
    let (class, text) = swatch(&cell, is_live);
    let text = move || match text {
        Some(text) => text.to_owned(),
        None => number::count(language.get(), u64::from(cell.n)),
    };
    view! {
        <li>
            <button
                type="button"
                class="side-entry"
                on:click=move |_| super::open(address, state, key.clone())
            >
                <span class=format!("side-swatch num {class}") aria-hidden="true">
                    {text}
                </span>
                <span>
                    <b>{school}</b>
                    <span class="small muted">{detail}</span>
                </span>
            </button>
        </li>
    }
}

/// Class and sign of an entry's swatch; without a sign the number of pupils stands there.
fn swatch(cell: &Cell, is_live: bool) -> (&'static str, Option<&'static str>) {
    match cell
        .live
        .as_ref()
        .filter(|_| is_live)
        .map(|live| live.state)
    {
        Some(EventState::Alert) => ("live-alert", Some("!")),
        Some(EventState::Done) => ("live-done", Some("✓")),
        Some(EventState::Planned | EventState::Running) => ("live-running", Some("●")),
        None => (palette::class(cell.paint), None),
    }
}

/// Where this browser keeps what was seen.
const VISIT_KEY: &str = "orientir.map.visit";

/// What changed since this reader looked last; remembered when they say so, or on the first visit.
#[component]
fn SinceLastVisit(state: MapState, address: Address) -> impl IntoView {
    let language = use_language();
    let key = Memo::new(move |_| {
        state.head.with(|head| {
            let head = head.as_ref()?;
            Some(format!("{VISIT_KEY}.{}.{:?}", head.year, head.procedure))
        })
    });
    let visit = RwSignal::new(None::<Visit>);
    let remember = move || {
        if let (Some(key), Some(states)) = (key.get_untracked(), untrack(|| state.states())) {
            let now = Visit::of(&states, device::now_ms());
            device::remember(&key, &now.write());
            visit.set(Some(now));
        }
    };
    Effect::new(move |_| {
        let Some(key) = key.get() else { return };
        match device::remembered(&key).and_then(|text| Visit::read(&text)) {
            Some(known) => visit.set(Some(known)),
            None => remember(),
        }
    });
    let changes = Memo::new(move |_| {
        let states = state.states()?;
        visit.with(|visit| {
            let visit = visit.as_ref()?;
            Some((visit.at_ms, visit.changes(&states)))
        })
    });
    let line = move |change: Changed| {
        let key = state.key(change.place)?;
        let school = state
            .matrix
            .with_value(|matrix| Some(matrix.rows.get(change.place.row)?.name.clone()))?;
        let detail = move || {
            let language = language.get();
            let work = state
                .matrix
                .with_value(|matrix| draw::column_name(language, matrix, change.place.column));
            let change = texts::visit_change(
                language,
                common::state(language, change.before),
                common::state(language, change.now),
            );
            format!("{work} · {change}")
        };
        let class = palette::class(Paint::State(change.now));
        Some(view! {
            <li>
                <button
                    type="button"
                    class="side-entry"
                    on:click=move |_| super::open(address, state, key.clone())
                >
                    <span class=format!("side-swatch {class}") aria-hidden="true"></span>
                    <span>
                        <b>{school}</b>
                        <span class="visit-change">{detail}</span>
                    </span>
                </button>
            </li>
        })
    };
    let is_state = move || state.layer.get() == LayerChoice::State;
    view! {
        <Show when=move || changes.with(Option::is_some) && is_state()>
            <section class="side-section">
                <h2>{say(texts::visit_title)}</h2>
                {move || {
                    let (at_ms, found) = changes.get()?;
                    let now = language.get();
                    let at = device::date_time(now, at_ms);
                    let count = found.len();
                    let sentence = if count == 0 {
                        texts::visit_none(now, at)
                    } else {
                        texts::visit_some(now, count as u64, at)
                    };
                    Some(
                        view! {
                            <p class="small">{sentence}</p>
                            <ul class="side-list">
                                {found.into_iter().take(SHOWN).map(line).collect_view()}
                            </ul>
                            {more(now, count)}
                            {(count > 0)
                                .then(|| {
                                    view! {
                                        <button
                                            type="button"
                                            class="button small"
                                            on:click=move |_| remember()
                                        >
                                            {say(texts::visit_seen)}
                                        </button>
                                    }
                                })}
                        },
                    )
                }}
            </section>
        </Show>
    }
}
