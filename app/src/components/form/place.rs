//! Places: located by the device, typed, or set on a map.

use forms::form::QuestionKind;
use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::place_map::PlaceMap;
use super::port::Question;
use super::typing::Typing;
use crate::filling::lexical;
use crate::language::{say, use_language};
use crate::text::forms::form as words;

/// A point by latitude and longitude; a line or an area as points one after another.
#[component]
pub fn PlaceField(question: Question) -> AnyView {
    let kind = question.first.with_value(|view| view.kind);
    if kind == QuestionKind::Geopoint {
        view! {
            <Point question=question />
            <PlaceMap question=question />
        }
        .into_any()
    } else {
        view! {
            <Points question=question />
            <PlaceMap question=question />
        }
        .into_any()
    }
}

/// A line or an area: a point in each line, typed or located one after another.
#[component]
fn Points(question: Question) -> impl IntoView {
    let language = use_language();
    let state = RwSignal::new(Locating::Idle);
    let is_area = question
        .first
        .with_value(|view| view.kind == QuestionKind::Geoshape);
    let typing = Typing::new(question);
    let typed = RwSignal::new(untrack(|| {
        typing.shown(|| lexical::points_for_input(&question.value(), is_area))
    }));
    let wrong = Memo::new(move |_| lexical::points(&question.unreadable()?, is_area).err());
    let held = typing.clone();
    Effect::new(move |_| {
        let value = question.value();
        if !value.is_empty() && !held.is_held() {
            typed.set(lexical::points_for_input(&value, is_area));
        }
    });
    let all = typing.clone();
    let commit = move || {
        all.wrote(typed.get_untracked());
        all.left();
    };
    let (entered, wrote) = (typing.clone(), typing.clone());
    let add = move |_| {
        let commit = commit.clone();
        locate(state, move |point| {
            typed.update(|typed| {
                if !typed.is_empty() && !typed.ends_with('\n') {
                    typed.push('\n');
                }
                typed.push_str(&point);
            });
            commit();
        });
    };
    let id = question.id();
    let hint_id = format!("{id}-points");
    let wrong_id = format!("{id}-wrong");
    let described = {
        let (hint_id, wrong_id) = (hint_id.clone(), wrong_id.clone());
        move || {
            let mut ids = vec![hint_id.clone()];
            ids.extend(question.described_by());
            ids.extend(wrong.get().map(|_| wrong_id.clone()));
            ids.join(" ")
        }
    };
    let invalid = move || question.invalid().or(wrong.get().map(|_| "true"));
    view! {
        <p class="small muted" id=hint_id>
            {say(words::points_hint)}
        </p>
        <textarea
            class="input num"
            id=id
            rows="4"
            autocomplete="off"
            prop:value=move || typed.get()
            prop:readOnly=move || question.is_read_only()
            aria-invalid=invalid
            aria-describedby=described
            on:focus=move |event| entered.entered(event_target_value(&event))
            on:input=move |event| {
                typed.set(event_target_value(&event));
                wrote.wrote(event_target_value(&event));
            }
            on:blur=move |_| typing.left()
        ></textarea>
        {move || {
            wrong
                .get()
                .map(|line| {
                    view! {
                        <p class="field-error" id=wrong_id.clone() role="alert">
                            {move || words::points_mistyped(language.get(), line)}
                        </p>
                    }
                })
        }}
        <Show when=move || !question.is_read_only()>
            <div class="actions">
                <button type="button" class="button large" on:click=add.clone()>
                    {say(words::points_add)}
                </button>
            </div>
        </Show>
        <Said state=state />
    }
}

#[component]
fn Point(question: Question) -> impl IntoView {
    let state = RwSignal::new(Locating::Idle);
    let part = move |index: usize| {
        question
            .value()
            .split_whitespace()
            .nth(index)
            .unwrap_or_default()
            .to_owned()
    };
    let typing = Typing::new(question);
    let typed = untrack(|| typing.shown(|| format!("{}\n{}", part(0), part(1))));
    let (first, second) = typed.split_once('\n').unwrap_or((&typed, ""));
    let latitude = RwSignal::new(first.to_owned());
    let longitude = RwSignal::new(second.to_owned());
    // A point from the device or from elsewhere replaces what is typed, unless somebody is typing.
    let held = typing.clone();
    Effect::new(move |_| {
        let value = question.value();
        if !value.is_empty() && !held.is_held() {
            latitude.set(part(0));
            longitude.set(part(1));
        }
    });
    let both = move || {
        let (latitude, longitude) = (latitude.get_untracked(), longitude.get_untracked());
        format!("{latitude}\n{longitude}")
    };
    let input = move |label: fn(crate::text::Language) -> &'static str,
                      signal: RwSignal<String>| {
        let (entered, wrote, left) = (typing.clone(), typing.clone(), typing.clone());
        view! {
            <label class="field">
                <span class="small muted">{say(label)}</span>
                <input
                    class="input num"
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    prop:value=move || signal.get()
                    prop:readOnly=move || question.is_read_only()
                    on:focus=move |_| entered.entered(both())
                    on:input=move |event| {
                        signal.set(event_target_value(&event));
                        wrote.wrote(both());
                    }
                    on:blur=move |_| left.left()
                />
            </label>
        }
    };
    view! {
        <div class="place-entry">
            {input(words::latitude, latitude)} {input(words::longitude, longitude)}
            <Show when=move || !question.is_read_only()>
                <button
                    type="button"
                    class="button large"
                    on:click=move |_| locate(state, move |point| question.answer(Some(point)))
                >
                    {say(words::locate)}
                </button>
            </Show>
        </div>
        <Said state=state />
        <Show when=move || question.unreadable().is_some()>
            <p class="field-error" role="alert">
                {say(words::place_mistyped)}
            </p>
        </Show>
    }
}

/// How locating goes.
#[component]
fn Said(state: RwSignal<Locating>) -> impl IntoView {
    view! {
        <p class="small muted" role="status">
            {move || match state.get() {
                Locating::Idle => None,
                Locating::Asked => Some(say(words::locating)()),
                Locating::Failed => Some(say(words::locate_failed)()),
            }}
        </p>
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Locating {
    Idle,
    Asked,
    Failed,
}

/// Asks the device where it is, and gives the point on. Reached by name, because few pages need it.
fn locate(state: RwSignal<Locating>, found_at: impl Fn(String) + 'static) {
    state.set(Locating::Asked);
    let found = Closure::once_into_js(move |position: JsValue| {
        let number = |name: &str| {
            let coordinates = js_sys::Reflect::get(&position, &"coords".into()).ok()?;
            js_sys::Reflect::get(&coordinates, &name.into())
                .ok()?
                .as_f64()
        };
        match (number("latitude"), number("longitude")) {
            (Some(latitude), Some(longitude)) => {
                let altitude = number("altitude").unwrap_or_default();
                let accuracy = number("accuracy").unwrap_or_default();
                state.set(Locating::Idle);
                found_at(format!(
                    "{latitude:.6} {longitude:.6} {altitude:.1} {accuracy:.0}"
                ));
            }
            _ => state.set(Locating::Failed),
        }
    });
    let failed = Closure::once_into_js(move |_: JsValue| state.set(Locating::Failed));
    let asked = js_sys::Reflect::get(&window().navigator(), &"geolocation".into())
        .ok()
        .and_then(|device| {
            let ask = js_sys::Reflect::get(&device, &"getCurrentPosition".into()).ok()?;
            let ask = ask.dyn_into::<js_sys::Function>().ok()?;
            ask.call2(&device, &found, &failed).ok()
        });
    if asked.is_none() {
        state.set(Locating::Failed);
    }
}
