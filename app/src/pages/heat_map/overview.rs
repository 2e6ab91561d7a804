//! Beside the map while no cell is open: where signs are, and what goes on now.

use api::event::EventState;
use api::heat_map::CellState;
use leptos::prelude::*;

use super::Address;
use super::state::MapState;
use crate::components::state_tag::state_class;
use crate::language::{say, use_language};
use crate::model::heat_map::Place;
use crate::text::{Language, common, heat_map as words, number};

/// Entries before «and more».
const SHOWN: usize = 12;

/// What the whole map says.
#[component]
pub fn Overview(state: MapState, address: Address) -> impl IntoView {
    let language = use_language();
    let tally = Memo::new(move |_| state.tally());
    let signs = Memo::new(move |_| state.places_where(|cell| cell.state == CellState::Signs));
    let now = Memo::new(move |_| {
        let mut places = state.places_where(|cell| {
            cell.live
                .as_ref()
                .is_some_and(|live| live.state != EventState::Planned)
        });
        // Alerts first: somebody may have to go there.
        places.sort_by_key(|place| !is_alert(state, *place));
        places
    });
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
            <section class="side-section">
                <h2>{say(words::summary_title)}</h2>
                <p class="small">{sentence}</p>
                <ul class="side-list">
                    {move || {
                        signs
                            .get()
                            .into_iter()
                            .take(SHOWN)
                            .map(|place| entry(state, address, place, false))
                            .collect_view()
                    }}
                </ul>
                {move || more(language.get(), signs.with(Vec::len))}
                <p class="small muted">{say(words::summary_note)}</p>
            </section>
            <section class="side-section">
                <h2>{say(words::summary_today)}</h2>
                {move || {
                    let places = now.get();
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
                                    .map(|place| entry(state, address, place, true))
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

fn is_alert(state: MapState, place: Place) -> bool {
    state.cell(place).is_some_and(|cell| {
        cell.with_untracked(|cell| {
            cell.live
                .as_ref()
                .is_some_and(|live| live.state == EventState::Alert)
        })
    })
}

fn entry(state: MapState, address: Address, place: Place, is_live: bool) -> Option<impl IntoView> {
    let language = use_language();
    let cell = state.cell(place)?;
    let (school, work, key) = state.shape.with_untracked(|shape| {
        let shape = shape.as_ref()?;
        let column = shape.columns.get(place.column)?;
        Some((
            shape.rows.get(place.row)?.name.clone(),
            (column.subject_name.clone(), column.grade),
            shape.key(place)?,
        ))
    })?;
    let detail = {
        let cell = cell.clone();
        move || {
            let language = language.get();
            let work = common::subject_grade(language, work.0.in_language(language), work.1);
            cell.with(|cell| match (&cell.live, is_live) {
                (Some(live), true) => {
                    let sheets = words::sheets(language, live.submitted, live.sheets);
                    format!(
                        "{work} · {} · {sheets}",
                        common::event_state(language, live.state)
                    )
                }
                _ => format!(
                    "{work} · {}",
                    common::participants(language, u64::from(cell.n))
                ),
            })
        }
    };
    let swatch = move || {
        let (state, live, n) = cell.with(|cell| {
            (
                cell.state,
                cell.live.as_ref().map(|live| live.state),
                u64::from(cell.n),
            )
        });
        let text = match live.filter(|_| is_live) {
            Some(EventState::Alert) => "!".to_owned(),
            Some(EventState::Done) => "✓".to_owned(),
            Some(_) => "●".to_owned(),
            None => number::count(language.get(), n),
        };
        let class = match live.filter(|_| is_live) {
            Some(EventState::Alert) => "live-alert",
            Some(EventState::Done) => "live-done",
            Some(_) => "live-running",
            None => state_class(state),
        };
        view! {
            <span class=format!("side-swatch num {class}") aria-hidden="true">
                {text}
            </span>
        }
    };
    Some(view! {
        <li>
            <button
                type="button"
                class="side-entry"
                on:click=move |_| super::open(address, state, key.clone())
            >
                {swatch}
                <span>
                    <b>{school}</b>
                    <span class="small muted">{detail}</span>
                </span>
            </button>
        </li>
    })
}
