//! The heat map: schools × works, live.

mod faces;
mod filters;
mod grid;
mod list;
mod overview;
mod paper;
mod place;
mod rows;
mod save;
mod state;

use api::access::permission::Permission;
use api::live::LiveChange;
use api::results::heat_map::HeatMap;
use api::results::layer::{Layer, LayerKind};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use crate::client::{Failure, use_client};
use crate::components::{EmptyState, FailureNotice, Glyph, Icon, Loading, Refusal, use_toasts};
use crate::device;
use crate::language::{label, say, use_language};
use crate::live::use_live;
use crate::matrix::data::Place;
use crate::matrix::layer::{LayerChoice, trajectories};
use crate::model::map_address::{CellKey, MapAddress, MapView};
use crate::pages::results::cell::CellPanel;
use crate::session::use_session;
use crate::shell::{set_title, whole_path};
use crate::text::results::heat_map as words;
use crate::text::{Language, common, matrix as texts, number};
use state::MapState;

/// From this width on, the open cell stands beside the map; below it gets its own page.
const BESIDE: &str = "(min-width: 68.75rem)";

/// The router's way to an address.
type Navigate = Box<dyn Fn(&str, NavigateOptions)>;

/// The address as a signal, and how to change it.
#[derive(Clone, Copy)]
struct Address {
    now: Memo<MapAddress>,
    go: StoredValue<Navigate, LocalStorage>,
}

impl Address {
    /// Changes the address without scrolling.
    fn change(self, is_replacing: bool, change: impl FnOnce(&mut MapAddress)) {
        let mut address = self.now.get_untracked();
        change(&mut address);
        self.follow(&address.path(), is_replacing, false);
    }

    fn follow(self, path: &str, is_replacing: bool, is_scrolling: bool) {
        let options = NavigateOptions {
            replace: is_replacing,
            scroll: is_scrolling,
            ..whole_path()
        };
        self.go.with_value(|go| go(path, options));
    }
}

/// The page of the heat map.
#[component]
pub fn HeatMapPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let query = use_query_map();
    let address = Address {
        now: Memo::new(move |_| query.with(|query| MapAddress::parse(|name| query.get(name)))),
        go: StoredValue::new_local(Box::new(use_navigate())),
    };
    let state = MapState::new();
    let failure = RwSignal::new(None::<Failure>);
    let data_query = Memo::new(move |_| address.now.with(MapAddress::data_query));
    let resource = LocalResource::new(move || {
        client.epoch.track();
        let path = format!("{}{}", api::paths::HEAT_MAP, data_query.get());
        async move { client.get::<HeatMap>(&path).await }
    });
    Effect::new(move |_| match resource.get() {
        None => {}
        Some(Ok(map)) => {
            failure.set(None);
            state.accept(map);
        }
        Some(Err(error)) => failure.set(Some(error)),
    });
    let refetch = Callback::new(move |()| resource.refetch());
    let offered = RwSignal::new(Vec::new());
    follow_layers(state, address, offered);
    follow_live(state, refetch);
    // What a reader missed while the network was away.
    Effect::new(move |was_online: Option<bool>| {
        let online = client.online.get();
        if was_online == Some(false) && online {
            refetch.run(());
        }
        online
    });
    let open_cell = Callback::new(move |place: Place| match state.key(place) {
        Some(key) => open(address, state, key),
        // A column that is no work belongs to the school as a whole.
        None => {
            let school = state
                .matrix
                .with_value(|matrix| Some(matrix.rows.get(place.row)?.organisation));
            if let Some(school) = school {
                address.follow(&api::work::school(school), false, true);
            }
        }
    });
    // An address with an open cell, followed on a narrow screen, leads to the cell's own page.
    Effect::new(move |_| {
        if let (Some(key), Some(_)) = (address.now.get().cell, state.head.get())
            && !is_beside()
        {
            open(address, state, key);
        }
    });
    let is_empty = Memo::new(move |_| {
        state.structure.track();
        state.head.with(|head| {
            head.as_ref()
                .filter(|_| !state.awaits_layer())
                .map(|_| state.matrix.with_value(|matrix| matrix.columns.is_empty()))
        })
    });
    let view = Memo::new(move |_| address.now.get().view);
    // The school in hand, shared by the matrix and the ground.
    let chosen = RwSignal::new(None::<api::id::OrganisationId>);
    let is_refused = Memo::new(move |_| {
        failure.with(|failure| failure.as_ref().is_some_and(Failure::is_refusal))
    });
    let whole = move || {
        view! {
            <div class="map-page">
                <main class="map-main" id="main">
                    <Head state=state address=address offered=offered />
                    {move || {
                        failure
                            .get()
                            .map(|failure| view! { <FailureNotice failure=failure retry=refetch /> })
                    }}
                    {move || match is_empty.get() {
                        None => {
                            failure
                                .with(Option::is_none)
                                .then(|| view! { <Loading /> })
                                .into_any()
                        }
                        Some(true) => view! { <Empty state=state /> }.into_any(),
                        Some(false) => {
                            (move || match view.get() {
                                MapView::List => {
                                    view! { <list::List state=state address=address /> }.into_any()
                                }
                                MapView::Matrix => {
                                    view! {
                                        <grid::Grid
                                            state=state
                                            address=address
                                            open=open_cell
                                            chosen=chosen
                                        />
                                    }
                                        .into_any()
                                }
                                MapView::Place => {
                                    view! {
                                        <place::Place state=state address=address chosen=chosen />
                                        <grid::Grid
                                            state=state
                                            address=address
                                            open=open_cell
                                            chosen=chosen
                                        />
                                    }
                                        .into_any()
                                }
                            })
                                .into_any()
                        }
                    }}
                    <paper::Paper state=state address=address />
                </main>
                <Side state=state address=address />
            </div>
        }
    };
    move || match is_refused.get() {
        // A map that is not for this role has no controls either.
        true => view! {
            <main class="page" id="main">
                <h1>{say(words::title)}</h1>
                <Refusal />
            </main>
        }
        .into_any(),
        false => whole().into_any(),
    }
}

fn is_beside() -> bool {
    window()
        .match_media(BESIDE)
        .ok()
        .flatten()
        .is_some_and(|query| query.matches())
}

fn open(address: Address, state: MapState, key: CellKey) {
    if is_beside() {
        // Walking from cell to cell is one step of the history, not many.
        let is_replacing = address.now.with_untracked(|address| address.cell.is_some());
        address.change(is_replacing, |address| address.cell = Some(key));
    } else if let Some(year) = state.head.with_untracked(|head| Some(head.as_ref()?.year)) {
        let path = api::work::cell(key.organisation, year, &key.subject, key.grade);
        address.follow(&path, false, true);
    }
}

/// Fetches what the chosen layer, comparison and order need beside the map.
fn follow_layers(state: MapState, address: Address, offered: RwSignal<Vec<LayerKind>>) {
    let client = use_client();
    let chosen = Memo::new(move |_| address.now.with(|address| (address.layer, address.compare)));
    Effect::new(move |_| {
        let (layer, compare) = chosen.get();
        state.choose(layer, compare.is_some());
    });
    let kinds = LocalResource::new(move || {
        client.epoch.track();
        async move {
            client
                .get::<Vec<LayerKind>>(api::paths::HEAT_MAP_LAYERS)
                .await
        }
    });
    Effect::new(move |_| {
        if let Some(Ok(kinds)) = kinds.get() {
            offered.set(kinds);
        }
    });
    let earlier = LocalResource::new(move || {
        let query = address
            .now
            .with(|address| Some(address.data_query_of(Some(address.compare?))));
        async move {
            let path = format!("{}{}", api::paths::HEAT_MAP, query?);
            client.get::<HeatMap>(&path).await.ok()
        }
    });
    Effect::new(move |_| {
        if let Some(map) = earlier.get() {
            state.accept_earlier(map);
        }
    });
    let view = Memo::new(move |_| {
        state
            .head
            .with(|head| Some((head.as_ref()?.year, head.as_ref()?.procedure)))
    });
    let layers = LocalResource::new(move || {
        let (layer, compare) = chosen.get();
        let view = view.get();
        async move {
            let LayerChoice::Computed(kind) = layer else {
                return (None, None);
            };
            let Some((year, procedure)) = view else {
                return (None, None);
            };
            let now = fetch_layer(client, kind, year, procedure).await;
            let before = match compare {
                Some(year) => fetch_layer(client, kind, year, procedure).await,
                None => None,
            };
            (now, before)
        }
    });
    Effect::new(move |_| {
        if let Some((now, before)) = layers.get()
            && now.is_some()
        {
            state.accept_layer(now, before);
        }
    });
    follow_register(state, address, view);
}

/// Settlements and trajectories are fetched when rows are to stand by them, or schools on the ground.
fn follow_register(
    state: MapState,
    address: Address,
    view: Memo<Option<(i32, api::procedures::procedure::ProcedureKind)>>,
) {
    use crate::matrix::arrange::Grouping;
    let client = use_client();
    let grouping = Memo::new(move |_| address.now.with(|address| address.wish.grouping));
    let organisations = LocalResource::new(move || {
        let is_wanted = grouping.get() == Grouping::Territory;
        async move {
            if !is_wanted {
                return None;
            }
            let path = api::paths::ORGANISATIONS;
            client
                .get::<Vec<api::registry::organisation::Organisation>>(path)
                .await
                .ok()
        }
    });
    Effect::new(move |_| {
        if let Some(Some(organisations)) = organisations.get() {
            state.learn(|register| register.take_organisations(&organisations));
        }
    });
    let low = LocalResource::new(move || {
        let is_wanted = grouping.get() == Grouping::Trajectory;
        let view = view.get();
        async move {
            let (year, procedure) = view.filter(|_| is_wanted)?;
            let kind = LayerKind::LowResults;
            let now = fetch_layer(client, kind, year, procedure).await?;
            let before = fetch_layer(client, kind, year - 1, procedure).await?;
            Some(trajectories(&now, &before))
        }
    });
    Effect::new(move |_| {
        if let Some(Some(found)) = low.get() {
            state.learn(|register| register.trajectories = found);
        }
    });
}

async fn fetch_layer(
    client: crate::client::Client,
    kind: LayerKind,
    year: i32,
    procedure: api::procedures::procedure::ProcedureKind,
) -> Option<Layer> {
    let path = api::paths::heat_map_layer(kind, year, procedure);
    client.get::<Layer>(&path).await.ok()
}

/// Applies what the stream says; a finished run fetches the map again.
fn follow_live(state: MapState, refetch: Callback<()>) {
    let live = use_live();
    let language = use_language();
    let toasts = use_toasts();
    Effect::new(move |_| {
        let batch = live.batch.get();
        for message in batch {
            match message.change {
                LiveChange::Run { progress, .. } if progress >= 1.0 => {
                    state.run_progress.set(None);
                    refetch.run(());
                }
                LiveChange::Run { progress, .. } => state.run_progress.set(Some(progress)),
                LiveChange::Reset => refetch.run(()),
                change => {
                    let language = language.get_untracked();
                    if let Some(sentence) = state.apply(message.sequence, &change, language) {
                        toasts.say(sentence);
                    }
                }
            }
        }
    });
}

/// Heading, live state, view and filters.
#[component]
fn Head(state: MapState, address: Address, offered: RwSignal<Vec<LayerKind>>) -> impl IntoView {
    let language = use_language();
    let lead = move || {
        state.head.with(|head| {
            let head = head.as_ref()?;
            let language = language.get();
            Some(words::lead(
                language,
                common::procedure(language, head.procedure),
                head.year,
                common::schools(language, head.schools as u64),
                common::works(language, head.works),
            ))
        })
    };
    let computed = move || {
        state.head.with(|head| {
            let head = head.as_ref()?;
            let language = language.get();
            Some(words::computed(
                language,
                device::date_time(language, head.updated_ms),
            ))
        })
    };
    let may_see_runs = use_session().may(Permission::RunRead);
    view! {
        <a
            class="skip"
            href=format!("#{}", grid::GRID)
            on:click=move |event| {
                event.prevent_default();
                grid::focus();
            }
        >
            {say(words::skip)}
        </a>
        <div class="page-head">
            <div>
                <h1>{move || layer_title(language.get(), state.layer.get())}</h1>
                <p class="small muted num map-lead">
                    {lead}
                    <span class="faint">" · "</span>
                    {if may_see_runs {
                        view! { <a href=api::work::RUNS>{computed}</a> }.into_any()
                    } else {
                        view! { <span class="faint">{computed}</span> }.into_any()
                    }}
                </p>
            </div>
            <div class="map-tools actions">
                <div class="segmented" role="group" aria-label=say(words::view)>
                    <ViewButton address=address view=MapView::Matrix name=words::view_map />
                    <ViewButton address=address view=MapView::List name=words::view_list />
                    <ViewButton address=address view=MapView::Place name=texts::view_place />
                </div>
                <save::Save state=state address=address />
            </div>
        </div>
        <filters::Filters state=state address=address offered=offered />
    }
}

#[component]
fn ViewButton(
    address: Address,
    view: MapView,
    name: fn(Language) -> &'static str,
) -> impl IntoView {
    view! {
        <button
            type="button"
            aria-pressed=move || (address.now.get().view == view).to_string()
            on:click=move |_| address.change(true, |address| address.view = view)
        >
            {say(name)}
        </button>
    }
}

/// Heading of a layer.
fn layer_title(language: Language, layer: LayerChoice) -> &'static str {
    match layer {
        LayerChoice::State => words::title(language),
        LayerChoice::Observation => texts::title_observation(language),
        LayerChoice::DayBoard => texts::title_day(language),
        LayerChoice::Computed(LayerKind::LowResults) => texts::title_low(language),
        LayerChoice::Computed(LayerKind::SelfAssessment) => texts::title_self(language),
        LayerChoice::Computed(LayerKind::Indicators) => texts::title_indicators(language),
    }
}

/// Is the map live, since when, and the pause.
#[component]
fn LiveState(state: MapState) -> impl IntoView {
    use_session()
        .may(Permission::LiveRead)
        .then(|| view! { <Stream state=state /> })
}

#[component]
fn Stream(state: MapState) -> impl IntoView {
    use crate::live::LiveState as Stream;
    let live = use_live();
    let language = use_language();
    let sentence = move || {
        let language = language.get();
        if live.paused.get() {
            return words::live_paused(language).to_owned();
        }
        match (live.state.get(), live.updated_ms.get()) {
            (Stream::Open, Some(at_ms)) => words::live_updated(language, device::clock(at_ms)),
            (Stream::Open, None) => words::live_waiting(language).to_owned(),
            (Stream::Connecting | Stream::Closed, _) => words::live_connecting(language).to_owned(),
            (Stream::Reconnecting, _) => words::live_reconnecting(language).to_owned(),
        }
    };
    let class = move || {
        let is_open = live.state.get() == Stream::Open && !live.paused.get();
        if is_open { "live-dot on" } else { "live-dot" }
    };
    let progress = move || {
        state.run_progress.get().map(|share| {
            let language = language.get();
            words::run_progress(language, number::percent(language, f64::from(share), 0))
        })
    };
    view! {
        <div class="live-state small num">
            <span class=class aria-hidden="true"></span>
            <span role="status">{sentence}</span>
            <button
                type="button"
                class="button quiet small"
                on:click=move |_| live.pause(!live.paused.get_untracked())
            >
                {move || {
                    let (glyph, name) = if live.paused.get() {
                        (Glyph::Play, words::resume(language.get()))
                    } else {
                        (Glyph::Pause, words::pause(language.get()))
                    };
                    view! {
                        <Icon glyph=glyph />
                        {name}
                    }
                }}
            </button>
            <span class="tag calm" hidden=move || state.run_progress.get().is_none()>
                {progress}
            </span>
        </div>
    }
}

#[component]
fn Empty(state: MapState) -> impl IntoView {
    let session = use_session();
    let has_years = move || {
        state
            .head
            .with(|head| head.as_ref().is_some_and(|head| !head.years.is_empty()))
    };
    let text = move |language| {
        if has_years() {
            words::empty_year(language).to_owned()
        } else {
            words::empty_text(language).to_owned()
        }
    };
    let language = use_language();
    view! {
        <EmptyState
            title=label(words::empty_title)
            text=Signal::derive(move || text(language.get()))
        >
            {session
                .may(Permission::ImportCreate)
                .then(|| {
                    view! {
                        <a class="button primary" href=api::work::NEW_IMPORT>
                            <Icon glyph=Glyph::Upload />
                            {say(words::empty_action)}
                        </a>
                    }
                })}
        </EmptyState>
    }
}

/// Pins the school or the column of the open cell.
#[component]
fn Pins(state: MapState, address: Address, cell: CellKey) -> impl IntoView {
    let place = state.place(Some(&cell));
    place.map(|place| {
        view! {
            <div class="cell-pins">
                <button
                    type="button"
                    class="button quiet small"
                    on:click=move |_| grid::pin_row(state, address, place)
                >
                    {say(texts::pin_row)}
                </button>
                <button
                    type="button"
                    class="button quiet small"
                    on:click=move |_| grid::pin_column(state, address, place)
                >
                    {say(texts::pin_column)}
                </button>
            </div>
        }
    })
}

/// Beside the map: the open cell, else what the whole map says.
#[component]
fn Side(state: MapState, address: Address) -> impl IntoView {
    let language = use_language();
    let open = Memo::new(move |_| {
        let cell = address.now.get().cell?;
        Some((cell, state.head.with(|head| Some(head.as_ref()?.year))?))
    });
    let close = Callback::new(move |()| {
        address.change(false, |address| address.cell = None);
        grid::focus();
    });
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" && open.with_untracked(Option::is_some) {
            close.run(());
        }
    };
    view! {
        <aside
            class="map-side"
            class:open=move || open.with(Option::is_some)
            aria-label=move || match open.with(Option::is_some) {
                true => words::panel_label(language.get()),
                false => words::summary_title(language.get()),
            }
            on:keydown=on_key
        >
            {move || match open.get() {
                Some((cell, year)) => {
                    view! {
                        <Pins state=state address=address cell=cell.clone() />
                        <CellPanel cell=cell year=year close=close />
                    }
                        .into_any()
                }
                None => view! { <overview::Overview state=state address=address /> }.into_any(),
            }}
        </aside>
    }
}
