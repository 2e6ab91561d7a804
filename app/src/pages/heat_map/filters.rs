//! Filters as chips, and the legend that highlights a state.

use api::heat_map::CellState;
use leptos::prelude::*;

use super::Address;
use super::state::MapState;
use crate::components::state_tag::state_class;
use crate::language::{say, use_language};
use crate::model::map_address::PROCEDURES;
use crate::text::{Language, common, heat_map as words, number};

/// Year, procedure and order.
#[component]
pub fn Filters(state: MapState, address: Address) -> impl IntoView {
    let years = Memo::new(move |_| {
        state
            .head
            .with(|head| head.as_ref().map(|head| (head.years.clone(), head.year)))
            .unwrap_or_default()
    });
    let procedures = Memo::new(move |_| {
        state
            .head
            .with(|head| Some((head.as_ref()?.procedures.clone(), head.as_ref()?.procedure)))
    });
    let year_chips = move || {
        let (years, shown) = years.get();
        years
            .into_iter()
            .map(|year| {
                view! {
                    <Chip
                        is_on=Signal::stored(year == shown)
                        on_press=Callback::new(move |()| {
                            address.change(false, |address| address.year = Some(year));
                        })
                    >
                        <span class="num">{year}</span>
                    </Chip>
                }
            })
            .collect_view()
    };
    let procedure_chips = move || {
        let (held, shown) = procedures.get()?;
        let chips = PROCEDURES
            .into_iter()
            .filter(|(kind, _)| held.contains(kind) || *kind == shown)
            .map(|(kind, _)| {
                view! {
                    <Chip
                        is_on=Signal::stored(kind == shown)
                        on_press=Callback::new(move |()| {
                            address.change(false, |address| address.procedure = Some(kind));
                        })
                    >
                        {say(move |language| common::procedure_short(language, kind))}
                    </Chip>
                }
            })
            .collect_view();
        Some(chips)
    };
    let order_chip = move |is_by_name: bool, name: fn(Language) -> &'static str| {
        view! {
            <Chip
                is_on=Signal::derive(move || address.now.get().is_by_name == is_by_name)
                on_press=Callback::new(move |()| {
                    address.change(true, |address| address.is_by_name = is_by_name);
                })
            >
                {say(name)}
            </Chip>
        }
    };
    view! {
        <div class="map-filters" role="group" aria-label=say(words::filters)>
            <div class="chips" role="group" aria-label=say(words::year)>
                {year_chips}
            </div>
            <div class="chips" role="group" aria-label=say(words::procedure)>
                {procedure_chips}
            </div>
            <div class="chips" role="group" aria-label=say(words::cluster)>
                {order_chip(false, words::order_groups)} {order_chip(true, words::order_name)}
            </div>
        </div>
        <Legend state=state address=address />
    }
}

/// A filter that is on or off.
#[component]
fn Chip(is_on: Signal<bool>, on_press: Callback<()>, children: Children) -> impl IntoView {
    view! {
        <button
            type="button"
            class="chip"
            aria-pressed=move || is_on.get().to_string()
            on:click=move |_| on_press.run(())
        >
            {children()}
        </button>
    }
}

/// What colours and patterns mean; pressing a state highlights it on the map.
#[component]
fn Legend(state: MapState, address: Address) -> impl IntoView {
    let language = use_language();
    let tally = Memo::new(move |_| state.tally());
    let entry = move |cell_state: CellState, name: fn(Language) -> &'static str| {
        let is_on = move || address.now.get().only == Some(cell_state);
        view! {
            <li>
                <button
                    type="button"
                    class="legend-entry"
                    aria-pressed=move || is_on().to_string()
                    title=say(move |language| words::legend_only(
                        language,
                        common::state(language, cell_state),
                    ))
                    on:click=move |_| {
                        address
                            .change(
                                true,
                                |address| {
                                    address.only = (address.only != Some(cell_state))
                                        .then_some(cell_state);
                                },
                            );
                    }
                >
                    <span
                        class=format!("swatch {}", state_class(cell_state))
                        aria-hidden="true"
                    >
                        {(cell_state == CellState::NoData).then_some("—")}
                    </span>
                    {say(name)}
                    <span class="legend-count num">
                        {move || {
                            number::count(
                                language.get(),
                                u64::from(tally.get().count(cell_state)),
                            )
                        }}
                    </span>
                </button>
            </li>
        }
    };
    view! {
        <ul class="legend" aria-label=say(words::legend)>
            {entry(CellState::Signs, words::legend_signs)}
            {entry(CellState::Attention, words::legend_attention)}
            {entry(CellState::Calm, words::legend_calm)}
            {entry(CellState::Insufficient, words::legend_insufficient)}
            {entry(CellState::NoData, words::legend_none)}
        </ul>
    }
}
