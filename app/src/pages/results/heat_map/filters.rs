//! Layers and filters in one row, what is pinned, and the legend that highlights a state.

use api::procedures::procedure::ProcedureKind;
use api::results::heat_map::CellState;
use api::results::layer::LayerKind;
use leptos::prelude::*;

use super::state::MapState;
use super::{Address, LiveState};
use crate::components::popover::use_popover;
use crate::components::state_tag::state_class;
use crate::components::{Glyph, Icon};
use crate::language::{say, use_language};
use crate::matrix::arrange::Grouping;
use crate::matrix::layer::LayerChoice;
use crate::matrix::legend::{self, Entry};
use crate::matrix::palette;
use crate::model::map_address::{CLUSTERS, PROCEDURES};
use crate::text::results::heat_map as words;
use crate::text::{Language, common, matrix as texts, number};

/// Layer, year, procedure, order and filters.
#[component]
pub fn Filters(
    state: MapState,
    address: Address,
    offered: RwSignal<Vec<LayerKind>>,
) -> impl IntoView {
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
    view! {
        <div class="map-filters" role="group" aria-label=say(words::filters)>
            <Years address=address years=years />
            <Procedures address=address procedures=procedures />
            <Layers address=address offered=offered />
            <Search address=address />
            <More state=state address=address years=years />
            <LiveState state=state />
        </div>
        <Pinned state=state address=address />
    }
}

/// A choice of one among several, its name in the accessible tree.
#[component]
fn Choice(
    /// What is chosen.
    name: crate::text::Wording,
    /// Value, text, and whether it is the one.
    #[prop(into)]
    options: Signal<Vec<(String, String, bool)>>,
    /// Told the value.
    on_choose: Callback<String>,
) -> impl IntoView {
    view! {
        <label class="matrix-select">
            <span class="hidden-visually">{say(name)}</span>
            <select
                class="input num"
                on:change:target=move |event| on_choose.run(event.target().value())
            >
                {move || {
                    options
                        .get()
                        .into_iter()
                        .map(|(value, text, is_chosen)| {
                            view! {
                                <option value=value selected=is_chosen>
                                    {text}
                                </option>
                            }
                        })
                        .collect_view()
                }}
            </select>
        </label>
    }
}

#[component]
fn Years(address: Address, years: Memo<(Vec<i32>, i32)>) -> impl IntoView {
    let options = Signal::derive(move || {
        let (years, shown) = years.get();
        let option = |year: i32| (year.to_string(), year.to_string(), year == shown);
        years.into_iter().map(option).collect()
    });
    let choose = Callback::new(move |value: String| {
        if let Ok(year) = value.parse() {
            address.change(false, |address| {
                address.year = Some(year);
                address.compare = None;
            });
        }
    });
    view! { <Choice name=words::year options=options on_choose=choose /> }
}

#[component]
fn Procedures(
    address: Address,
    procedures: Memo<Option<(Vec<ProcedureKind>, ProcedureKind)>>,
) -> impl IntoView {
    let language = use_language();
    let options = Signal::derive(move || {
        let language = language.get();
        let Some((held, shown)) = procedures.get() else {
            return Vec::new();
        };
        PROCEDURES
            .into_iter()
            .filter(|(kind, _)| held.contains(kind) || *kind == shown)
            .map(|(kind, code)| {
                let name = common::procedure_short(language, kind).to_owned();
                (code.to_owned(), name, kind == shown)
            })
            .collect()
    });
    let choose = Callback::new(move |value: String| {
        let kind = PROCEDURES.into_iter().find(|(_, code)| *code == value);
        if let Some((kind, _)) = kind {
            address.change(false, |address| address.procedure = Some(kind));
        }
    });
    view! { <Choice name=words::procedure options=options on_choose=choose /> }
}

/// The layers: those of the map itself, then those that the server offers.
#[component]
fn Layers(address: Address, offered: RwSignal<Vec<LayerKind>>) -> impl IntoView {
    let language = use_language();
    let all = move || {
        let computed = offered.get().into_iter().map(LayerChoice::Computed);
        LayerChoice::OWN.into_iter().chain(computed)
    };
    let options = Signal::derive(move || {
        let language = language.get();
        let shown = address.now.with(|address| address.layer);
        all()
            .enumerate()
            .map(|(at, layer)| {
                let name = layer_name(language, layer).to_owned();
                (at.to_string(), name, layer == shown)
            })
            .collect()
    });
    let choose = Callback::new(move |value: String| {
        let layer = value.parse().ok().and_then(|at| untrack(|| all().nth(at)));
        if let Some(layer) = layer {
            address.change(false, |address| {
                address.layer = layer;
                address.only = None;
            });
        }
    });
    view! { <Choice name=texts::layer options=options on_choose=choose /> }
}

fn layer_name(language: Language, layer: LayerChoice) -> &'static str {
    match layer {
        LayerChoice::State => texts::layer_state(language),
        LayerChoice::Observation => texts::layer_observation(language),
        LayerChoice::DayBoard => texts::layer_day(language),
        LayerChoice::Computed(LayerKind::LowResults) => texts::layer_low(language),
        LayerChoice::Computed(LayerKind::SelfAssessment) => texts::layer_self(language),
        LayerChoice::Computed(LayerKind::Indicators) => texts::layer_indicators(language),
    }
}

#[component]
fn Search(address: Address) -> impl IntoView {
    let text = Memo::new(move |_| address.now.with(|address| address.wish.search.clone()));
    view! {
        <div class="matrix-search">
            <input
                type="search"
                class="input"
                autocomplete="off"
                aria-label=say(texts::search)
                placeholder=say(texts::search)
                prop:value=move || text.get()
                on:input:target=move |event| {
                    let found = event.target().value();
                    address.change(true, |address| address.wish.search = found);
                }
            />
        </div>
    }
}

#[component]
fn Order(address: Address) -> impl IntoView {
    let order = Memo::new(move |_| address.now.with(|address| address.wish.grouping));
    let entries: [(Grouping, crate::text::Wording); 4] = [
        (Grouping::Cluster, texts::by_cluster),
        (Grouping::Territory, texts::by_territory),
        (Grouping::Trajectory, texts::by_trajectory),
        (Grouping::Name, texts::by_name),
    ];
    view! {
        <label class="matrix-select">
            <span class="hidden-visually">{say(texts::group_by)}</span>
            <select
                class="input"
                on:change:target=move |event| {
                    let chosen = event
                        .target()
                        .value()
                        .parse::<usize>()
                        .ok()
                        .and_then(|at| entries.get(at).map(|(grouping, _)| *grouping));
                    if let Some(grouping) = chosen {
                        address.change(true, |address| address.wish.grouping = grouping);
                    }
                }
            >
                {entries
                    .into_iter()
                    .enumerate()
                    .map(|(at, (grouping, name))| {
                        view! {
                            <option value=at selected=move || order.get() == grouping>
                                {say(name)}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </label>
    }
}

#[component]
fn Compare(state: MapState, address: Address, years: Memo<(Vec<i32>, i32)>) -> impl IntoView {
    let has_earlier = move || years.with(|(years, shown)| years.iter().any(|year| year < shown));
    let is_day = move || state.layer.get() == LayerChoice::DayBoard;
    view! {
        <Show when=move || has_earlier() && !is_day()>
            <label class="matrix-select">
                <span class="hidden-visually">{say(texts::compare)}</span>
                <select
                    class="input num"
                    on:change:target=move |event| {
                        let year = event.target().value().parse().ok();
                        address.change(false, |address| address.compare = year);
                    }
                >
                    <option value="" selected=move || address.now.get().compare.is_none()>
                        {say(texts::compare_none)}
                    </option>
                    {move || {
                        let (years, shown) = years.get();
                        years
                            .into_iter()
                            .filter(|year| *year < shown)
                            .map(|year| {
                                view! {
                                    <option
                                        value=year
                                        selected=move || address.now.get().compare == Some(year)
                                    >
                                        {say(move |language| texts::compare_with(language, year))}
                                    </option>
                                }
                            })
                            .collect_view()
                    }}
                </select>
            </label>
        </Show>
    }
}

/// Order, comparison, groups of schools, subjects, and only where there are questions.
#[component]
fn More(state: MapState, address: Address, years: Memo<(Vec<i32>, i32)>) -> impl IntoView {
    let popover = use_popover();
    let count = move || {
        address.now.with(|address| {
            address.wish.clusters.len()
                + address.wish.subjects.len()
                + usize::from(address.wish.is_open_only)
                + usize::from(address.compare.is_some())
        })
    };
    let subjects = Memo::new(move |_| {
        state.structure.track();
        state.matrix.with_value(|matrix| {
            let mut found: Vec<(String, api::text::Text)> = Vec::new();
            for column in &matrix.columns {
                if column.work.is_some() && !found.iter().any(|(group, _)| *group == column.group) {
                    found.push((column.group.clone(), column.group_name.clone()));
                }
            }
            found
        })
    });
    let cluster_chips = CLUSTERS
        .into_iter()
        .map(|(cluster, _)| {
            view! {
                <Chip
                    is_on=Signal::derive(move || {
                        address.now.with(|address| address.wish.clusters.contains(&cluster))
                    })
                    on_press=Callback::new(move |()| {
                        address.change(true, |address| toggle(&mut address.wish.clusters, cluster));
                    })
                >
                    {say(move |language| common::cluster(language, cluster))}
                </Chip>
            }
        })
        .collect_view();
    let subject_chips = move || {
        subjects
            .get()
            .into_iter()
            .map(|(subject, name)| {
                let (own, pressed) = (subject.clone(), subject);
                view! {
                    <Chip
                        is_on=Signal::derive(move || {
                            address.now.with(|address| address.wish.subjects.contains(&own))
                        })
                        on_press=Callback::new(move |()| {
                            let subject = pressed.clone();
                            address.change(true, |address| {
                                toggle(&mut address.wish.subjects, subject);
                            });
                        })
                    >
                        {say(move |language| name.in_language(language).to_owned())}
                    </Chip>
                }
            })
            .collect_view()
    };
    view! {
        <details class="matrix-filter" node_ref=popover>
            <summary class="button">
                {say(texts::more_filters)}
                {move || (count() > 0).then(|| view! { <span class="num">{count()}</span> })}
            </summary>
            <div class="matrix-filter-body">
                <div class="actions">
                    <Order address=address />
                    <Compare state=state address=address years=years />
                </div>
                <div class="chips">
                    <Chip
                        is_on=Signal::derive(move || address.now.with(|address| address.wish.is_open_only))
                        on_press=Callback::new(move |()| {
                            address
                                .change(
                                    true,
                                    |address| {
                                        address.wish.is_open_only = !address.wish.is_open_only;
                                    },
                                );
                        })
                    >
                        {say(texts::open_only)}
                    </Chip>
                </div>
                <div>
                    <h3>{say(texts::clusters)}</h3>
                    <div class="chips">{cluster_chips}</div>
                </div>
                <div>
                    <h3>{say(texts::subjects)}</h3>
                    <div class="chips">{subject_chips}</div>
                </div>
                <button
                    type="button"
                    class="button small"
                    on:click=move |_| {
                        address
                            .change(
                                true,
                                |address| {
                                    address.wish.clusters.clear();
                                    address.wish.subjects.clear();
                                    address.wish.is_open_only = false;
                                    address.wish.search.clear();
                                    address.compare = None;
                                },
                            );
                    }
                >
                    {say(texts::reset)}
                </button>
                <p class="small muted">{say(texts::grid_hint)}</p>
            </div>
        </details>
    }
}

fn toggle<T: PartialEq>(list: &mut Vec<T>, item: T) {
    match list.iter().position(|other| *other == item) {
        Some(at) => drop(list.remove(at)),
        None => list.push(item),
    }
}

/// What is pinned, each with a button that lets it go.
#[component]
fn Pinned(state: MapState, address: Address) -> impl IntoView {
    let language = use_language();
    let entries = move || {
        state.structure.track();
        let language = language.get();
        let wish = address.now.with(|address| address.wish.clone());
        state.matrix.with_value(|matrix| {
            let rows = wish.pinned.into_iter().filter_map(|id| {
                let row = matrix.rows.iter().find(|row| row.organisation == id)?;
                let name = row.name.clone();
                let undo = Callback::new(move |()| {
                    address.change(true, |address| {
                        address.wish.pinned.retain(|other| *other != id);
                    });
                });
                Some((name, undo))
            });
            let columns = wish.pinned_columns.into_iter().filter_map(|key| {
                let at = matrix.columns.iter().position(|column| column.key == key)?;
                let name = crate::matrix::draw::column_name(language, matrix, at);
                let undo = Callback::new(move |()| {
                    let key = key.clone();
                    address.change(true, |address| {
                        address.wish.pinned_columns.retain(|other| *other != key);
                    });
                });
                Some((name, undo))
            });
            rows.chain(columns)
                .map(|(name, undo)| {
                    let label = texts::unpin(language, &name);
                    view! {
                        <button
                            type="button"
                            class="chip"
                            aria-label=label.clone()
                            title=label
                            on:click=move |_| undo.run(())
                        >
                            {name}
                            <Icon glyph=Glyph::Cross />
                        </button>
                    }
                })
                .collect_view()
        })
    };
    let has = Memo::new(move |_| {
        address.now.with(|address| {
            !address.wish.pinned.is_empty() || !address.wish.pinned_columns.is_empty()
        })
    });
    view! {
        <Show when=move || has.get()>
            <div class="chips" role="group" aria-label=say(texts::pinned)>
                {entries}
            </div>
        </Show>
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
pub(super) fn Legend(state: MapState, address: Address) -> impl IntoView {
    move || match (state.layer.get(), state.comparing.get()) {
        (LayerChoice::State, false) => {
            view! { <StateLegend state=state address=address /> }.into_any()
        }
        _ => view! { <KeyLegend state=state /> }.into_any(),
    }
}

fn swatch(entry: Entry) -> impl IntoView {
    view! {
        <li class="legend-entry">
            <span class=format!("swatch {}", palette::class(entry.paint))>{entry.figure}</span>
            {entry.text}
        </li>
    }
}

/// Colours and signs that are only read; those of states can be pressed.
#[component]
fn KeyLegend(state: MapState) -> impl IntoView {
    let language = use_language();
    let entries = move || {
        let (layer, is_comparing) = (state.layer.get(), state.comparing.get());
        let entries = state
            .bounds
            .with(|bounds| legend::entries(language.get(), layer, is_comparing, bounds));
        entries.into_iter().map(swatch).collect_view()
    };
    view! {
        <ul class="legend" aria-label=say(words::legend)>
            {entries}
        </ul>
    }
}

#[component]
fn StateLegend(state: MapState, address: Address) -> impl IntoView {
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
                    title=say(move |language| words::legend_only(language, name(language)))
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
                    {say(move |language| common::state(language, cell_state))}
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
            <li class="legend-entry">
                <span class="swatch state-insufficient">"0"</span>
                {say(texts::legend_zero_pupils)}
            </li>
        </ul>
    }
}
