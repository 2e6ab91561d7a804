//! Places on a map: an aid beside the numbers, which remain where no map can be drawn.

use forms::form::QuestionKind;
use leptos::html::Div;
use leptos::prelude::*;
use serde_json::json;
use wasm_bindgen::prelude::*;

use super::port::Question;
use crate::components::Notice;
use crate::components::geo::{self, PointMap};
use crate::filling::lexical;
use crate::language::{say, use_language};
use crate::matrix::ground;
use crate::text::forms::form as words;

/// Appearances of XLSForm that ask for a map from the beginning.
const OPENED: [&str; 2] = ["maps", "placement-map"];

/// A map that is opened by a button, or with the question where the form asks for it.
#[component]
pub fn PlaceMap(question: Question) -> impl IntoView {
    let is_open = RwSignal::new(question.first.with_value(|view| {
        OPENED
            .iter()
            .any(|appearance| view.has_appearance(appearance))
    }));
    let is_empty = move || question.value().is_empty();
    view! {
        // Nothing to look at, and nothing to place.
        <Show when=move || !(question.is_read_only() && is_empty())>
            <div class="actions">
                <button
                    type="button"
                    class="button large"
                    aria-expanded=move || is_open.get().to_string()
                    on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
                >
                    {move || {
                        if is_open.get() { say(words::map_hide)() } else { say(words::map_show)() }
                    }}
                </button>
            </div>
            <Show when=move || is_open.get()>
                <Canvas question=question />
            </Show>
        </Show>
    }
}

#[component]
fn Canvas(question: Question) -> impl IntoView {
    let language = use_language();
    let kind = question.first.with_value(|view| view.kind);
    let is_area = kind == QuestionKind::Geoshape;
    let element = NodeRef::<Div>::new();
    let map = StoredValue::new_local(None::<PointMap>);
    let is_ready = RwSignal::new(false);
    let has_failed = RwSignal::new(false);
    let changed = Closure::<dyn Fn(JsValue)>::new(move |points: JsValue| {
        if let Some(points) = parse(&points) {
            let before = untrack(|| question.value());
            question.answer(in_value(&points, &before, is_area));
        }
    });
    let changed = changed.into_js_value();
    Effect::new(move |is_begun: Option<bool>| {
        let Some(div) = element.get().filter(|_| is_begun != Some(true)) else {
            return is_begun.unwrap_or(false);
        };
        let points = untrack(|| places(&question.value(), is_area));
        let options = geo::options(
            language.get_untracked(),
            words::map_title(language.get_untracked()),
            json!({
                "kind": match kind {
                    QuestionKind::Geoshape => "area",
                    QuestionKind::Geotrace => "line",
                    _ => "point",
                },
                "points": &points,
                "bounds": ground::extent(&points),
                "fixed": untrack(|| question.is_read_only()),
            }),
        );
        let changed = changed.clone();
        leptos::task::spawn_local(async move {
            let opened = async { geo::module().await?.pick(&div, &options, &changed).await };
            match opened.await {
                Ok(opened) => {
                    let opened: PointMap = opened.unchecked_into();
                    // The map may have been hidden while it was loading.
                    if map.try_update_value(|map| *map = Some(opened)).is_some() {
                        is_ready.set(true);
                    }
                }
                Err(error) => {
                    leptos::logging::warn!("the map of a question does not open: {error:?}");
                    has_failed.try_set(true);
                }
            }
        });
        true
    });
    let with_map = move |act: &dyn Fn(&PointMap)| {
        map.with_value(|map| {
            if let Some(map) = map {
                act(map);
            }
        });
    };
    // Numbers that are typed, and answers of colleagues.
    Effect::new(move |_| {
        let points = places(&question.value(), is_area);
        if is_ready.get() {
            with_map(&|map| map.set(&geo::to_js(&json!(points))));
        }
    });
    on_cleanup(move || with_map(&PointMap::close_points));
    let remove_last = move |_| {
        let before = question.value();
        let mut points = places(&before, is_area);
        points.pop();
        question.answer(in_value(&points, &before, is_area));
    };
    view! {
        <Show when=move || has_failed.get()>
            <Notice>{say(words::map_failed)}</Notice>
        </Show>
        <div class="place-map" hidden=move || has_failed.get() node_ref=element></div>
        <Show when=move || is_ready.get() && !question.is_read_only()>
            <p class="small muted">{say(words::map_hint)}</p>
            <div class="actions">
                <button
                    type="button"
                    class="button large"
                    on:click=move |_| with_map(&PointMap::add)
                >
                    {say(words::map_add)}
                </button>
                <Show when=move || !question.value().is_empty()>
                    <button type="button" class="button large" on:click=remove_last>
                        {say(words::map_remove)}
                    </button>
                </Show>
            </div>
        </Show>
    }
}

/// Latitude and longitude of a line of [`lexical::points_for_input`].
fn place(line: &str) -> Option<[f64; 2]> {
    let mut parts = line.split_whitespace().map(str::parse);
    Some([parts.next()?.ok()?, parts.next()?.ok()?])
}

/// Latitude and longitude of each point of a value.
fn places(value: &str, is_area: bool) -> Vec<[f64; 2]> {
    let lines = lexical::points_for_input(value, is_area);
    lines.lines().filter_map(place).collect()
}

/// A value of points. A point that `before` held keeps its digits, altitude and accuracy; a new one is told to a
/// decimetre, which is finer than a tap.
fn in_value(points: &[[f64; 2]], before: &str, is_area: bool) -> Option<String> {
    let before = lexical::points_for_input(before, is_area);
    let lines: Vec<String> = points
        .iter()
        .map(|point| {
            let known = before.lines().find(|line| place(line) == Some(*point));
            known.map_or_else(|| format!("{:.6} {:.6}", point[0], point[1]), str::to_owned)
        })
        .collect();
    lexical::points(&lines.join("\n"), is_area).ok().flatten()
}

fn parse(points: &JsValue) -> Option<Vec<[f64; 2]>> {
    let text = js_sys::JSON::stringify(points).ok()?;
    serde_json::from_str(&String::from(text)).ok()
}
