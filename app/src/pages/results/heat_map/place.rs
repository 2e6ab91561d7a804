//! Schools on the ground: MapLibre GL JS, loaded only here, and a list for everybody else.

use api::id::OrganisationId;
use api::registry::organisation::Organisation;
use leptos::html::Div;
use leptos::prelude::*;
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use super::Address;
use super::state::MapState;
use crate::client::{Failure, use_client};
use crate::components::geo::{self, SchoolMap};
use crate::components::{Loading, Notice};
use crate::language::{say, use_language};
use crate::matrix::arrange::Arrangement;
use crate::matrix::data::Paint;
use crate::matrix::{draw, ground, palette};
use crate::text::{Language, matrix as texts};

/// Most schools in the list at once; the search above finds the others.
const LISTED: usize = 200;

/// A school, and where it is.
#[derive(Clone, PartialEq)]
struct Point {
    id: OrganisationId,
    name: String,
    settlement: String,
    pupils: u32,
    /// Absent where nobody gave it.
    place: Option<[f64; 2]>,
    paint: Paint,
}

impl Point {
    fn is_placed(&self) -> bool {
        self.place.is_some()
    }
}

/// The map with its list; `chosen` is shared with the matrix below.
#[component]
pub fn Place(
    state: MapState,
    address: Address,
    chosen: RwSignal<Option<OrganisationId>>,
) -> impl IntoView {
    let client = use_client();
    let resource = LocalResource::new(move || {
        client.epoch.track();
        async move {
            client
                .get::<Vec<Organisation>>(api::paths::ORGANISATIONS)
                .await
        }
    });
    view! {
        {move || match resource.get() {
            None => view! { <Loading /> }.into_any(),
            Some(Err(failure)) => failed(failure).into_any(),
            Some(Ok(organisations)) => {
                let organisations = StoredValue::new(organisations);
                let points = Memo::new(move |_| {
                    organisations.with_value(|all| points(state, address, all))
                });
                view! { <Both points=points chosen=chosen /> }.into_any()
            }
        }}
    }
}

fn failed(failure: Failure) -> impl IntoView {
    let language = use_language();
    view! { <p class="muted">{move || failure.text(language.get())}</p> }
}

/// Shown schools, in the order of the matrix.
fn points(state: MapState, address: Address, organisations: &[Organisation]) -> Vec<Point> {
    state.version.track();
    state.structure.track();
    let wish = address.now.with(|address| address.wish.clone());
    let bounds = state.bounds.get();
    let found: std::collections::HashMap<OrganisationId, &Organisation> =
        organisations.iter().map(|one| (one.id, one)).collect();
    state.matrix.with_value(|matrix| {
        let arrangement = Arrangement::of(matrix, &wish);
        let columns: Vec<usize> = arrangement.all_columns().collect();
        arrangement
            .rows
            .iter()
            .filter_map(|row| {
                let head = matrix.rows.get(*row)?;
                let organisation = found.get(&head.organisation)?;
                Some(Point {
                    id: head.organisation,
                    name: head.name.clone(),
                    settlement: organisation.settlement.clone(),
                    pupils: organisation.pupils,
                    place: organisation.place,
                    paint: ground::of_row(matrix, *row, &columns, &bounds),
                })
            })
            .collect()
    })
}

fn as_js(points: &[Point]) -> JsValue {
    let schools: Vec<_> = points
        .iter()
        .filter_map(|point| {
            let [latitude, longitude] = point.place?;
            Some(json!({
                "id": point.id.to_string(),
                "name": point.name,
                "code": palette::class(point.paint),
                "pupils": point.pupils,
                "rank": ground::rank(point.paint),
                "longitude": longitude,
                "latitude": latitude,
            }))
        })
        .collect();
    geo::to_js(&json!(schools))
}

/// What of the map is shown at first: all schools that have a place.
fn bounds(points: &[Point]) -> Option<[[f64; 2]; 2]> {
    let places: Vec<[f64; 2]> = points.iter().filter_map(|point| point.place).collect();
    ground::extent(&places)
}

fn options(points: &[Point], language: Language) -> JsValue {
    let family = points
        .iter()
        .map(|point| point.paint)
        .find(|paint| !matches!(paint, Paint::State(_)))
        .or(points.first().map(|point| point.paint))
        .map(ground::family)
        .unwrap_or_default();
    let classes: Vec<_> = family
        .into_iter()
        .map(|paint| {
            json!({
                "code": palette::class(paint),
                "variable": ground::variable(paint),
                "rank": ground::rank(paint),
            })
        })
        .collect();
    let options = geo::options(
        language,
        texts::place_canvas(language),
        json!({ "classes": classes, "bounds": bounds(points) }),
    );
    // A property of a plain object is never refused.
    drop(js_sys::Reflect::set(
        &options,
        &"schools".into(),
        &as_js(points),
    ));
    options
}

#[component]
fn Both(points: Memo<Vec<Point>>, chosen: RwSignal<Option<OrganisationId>>) -> impl IntoView {
    let is_heat = RwSignal::new(false);
    view! {
        <div class="place-tools">
            <button
                type="button"
                class="chip"
                aria-pressed=move || is_heat.get().to_string()
                on:click=move |_| is_heat.update(|is_heat| *is_heat = !*is_heat)
            >
                {say(texts::place_heat)}
            </button>
            <span class="small muted">{say(texts::place_note)}</span>
        </div>
        <div class="place">
            <Canvas points=points chosen=chosen is_heat=is_heat />
            <List points=points chosen=chosen />
        </div>
    }
}

#[component]
fn Canvas(
    points: Memo<Vec<Point>>,
    chosen: RwSignal<Option<OrganisationId>>,
    is_heat: RwSignal<bool>,
) -> impl IntoView {
    let language = use_language();
    let element = NodeRef::<Div>::new();
    let map = StoredValue::new_local(None::<SchoolMap>);
    let is_ready = RwSignal::new(false);
    let has_failed = RwSignal::new(false);
    let on_choice = Closure::<dyn Fn(String)>::new(move |id: String| {
        chosen.set(id.parse().ok());
    });
    let on_choice = on_choice.into_js_value();
    Effect::new(move |is_begun: Option<bool>| {
        let Some(div) = element.get().filter(|_| is_begun != Some(true)) else {
            return is_begun.unwrap_or(false);
        };
        let options = points.with_untracked(|points| options(points, language.get_untracked()));
        let on_choice = on_choice.clone();
        leptos::task::spawn_local(async move {
            match begin(&div, &options, &on_choice).await {
                Ok(opened) => {
                    // The page may have been left while the map was loading.
                    if map.try_update_value(|map| *map = Some(opened)).is_some() {
                        is_ready.set(true);
                    }
                }
                Err(error) => {
                    leptos::logging::warn!("the map of schools does not open: {error:?}");
                    has_failed.try_set(true);
                }
            }
        });
        true
    });
    let with_map = move |act: &dyn Fn(&SchoolMap)| {
        map.with_value(|map| {
            if let Some(map) = map {
                act(map);
            }
        });
    };
    Effect::new(move |_| {
        if is_ready.get() {
            points.with(|points| with_map(&|map| map.show(&as_js(points))));
        }
    });
    Effect::new(move |_| {
        if is_ready.get() {
            let id = chosen.get().map(|id| id.to_string()).unwrap_or_default();
            with_map(&|map| map.select(&id));
        }
    });
    Effect::new(move |_| {
        if is_ready.get() {
            let is_heat = is_heat.get();
            with_map(&|map| map.heat(is_heat));
        }
    });
    on_cleanup(move || with_map(&SchoolMap::close));
    view! {
        <Show when=move || has_failed.get()>
            <Notice>{say(texts::place_failed)}</Notice>
        </Show>
        <div class="place-canvas" hidden=move || has_failed.get() node_ref=element></div>
    }
}

async fn begin(
    element: &web_sys::Element,
    options: &JsValue,
    chosen: &JsValue,
) -> Result<SchoolMap, JsValue> {
    let map = geo::module().await?.open(element, options, chosen).await?;
    Ok(map.unchecked_into())
}

/// The same schools as a list: for readers, for keys, and where no map can be drawn. Those without a place stand below.
#[component]
fn List(points: Memo<Vec<Point>>, chosen: RwSignal<Option<OrganisationId>>) -> impl IntoView {
    let language = use_language();
    let entries = move |is_placed: bool| {
        let language = language.get();
        points.with(|points| {
            points
                .iter()
                .filter(|point| point.is_placed() == is_placed)
                .take(LISTED)
                .map(
                    |point| view! { <Entry point=point.clone() language=language chosen=chosen /> },
                )
                .collect_view()
        })
    };
    let unplaced = Memo::new(move |_| {
        points.with(|points| points.iter().filter(|point| !point.is_placed()).count())
    });
    view! {
        <div class="place-list" role="region" tabindex="0" aria-label=say(texts::place_list)>
            <ul class="side-list">{move || entries(true)}</ul>
            <Show when=move || { unplaced.get() > 0 }>
                <h3 class="num">
                    {move || texts::place_without(language.get(), unplaced.get() as u64)}
                </h3>
                <ul class="side-list">{move || entries(false)}</ul>
            </Show>
        </div>
    }
}

#[component]
fn Entry(
    point: Point,
    language: Language,
    chosen: RwSignal<Option<OrganisationId>>,
) -> impl IntoView {
    let id = point.id;
    let word = match point.paint {
        Paint::Step(_) => String::new(),
        paint => draw::paint_word(language, paint).to_owned(),
    };
    let detail = texts::place_detail(language, &point.settlement, point.pupils, word);
    view! {
        <li>
            <button
                type="button"
                class="side-entry"
                aria-pressed=move || (chosen.get() == Some(id)).to_string()
                on:click=move |_| chosen.set(Some(id))
            >
                <span
                    class=format!("side-swatch {}", palette::class(point.paint))
                    aria-hidden="true"
                ></span>
                <span>
                    <b>{point.name}</b>
                    <span class="small muted">{detail}</span>
                </span>
            </button>
        </li>
    }
}
