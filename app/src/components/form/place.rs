//! Places: located by the device or typed.

use forms::form::QuestionKind;
use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::port::Question;
use crate::filling::lexical;
use crate::language::say;
use crate::text::form as words;

/// A point by latitude and longitude; a line or an area as points one after another.
#[component]
pub fn PlaceField(question: Question) -> AnyView {
    let kind = question.first.with_value(|view| view.kind);
    if kind == QuestionKind::Geopoint {
        view! { <Point question=question /> }.into_any()
    } else {
        view! { <super::text::TextField question=question /> }.into_any()
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
    let latitude = RwSignal::new(untrack(|| part(0)));
    let longitude = RwSignal::new(untrack(|| part(1)));
    // A point from the device or from elsewhere replaces what is typed.
    Effect::new(move |_| {
        let value = question.value();
        if !value.is_empty() {
            latitude.set(part(0));
            longitude.set(part(1));
        }
    });
    let commit = move || {
        let value = lexical::point(&latitude.get_untracked(), &longitude.get_untracked());
        match value {
            Ok(value) => {
                state.set(Locating::Idle);
                question.answer(value);
            }
            Err(lexical::NotANumber) => state.set(Locating::Mistyped),
        }
    };
    let input = move |label: fn(crate::text::Language) -> &'static str,
                      signal: RwSignal<String>| {
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
                    on:input=move |event| signal.set(event_target_value(&event))
                    on:change=move |_| commit()
                />
            </label>
        }
    };
    view! {
        <div class="place">
            {input(words::latitude, latitude)} {input(words::longitude, longitude)}
            <button type="button" class="button large" on:click=move |_| locate(question, state)>
                {say(words::locate)}
            </button>
        </div>
        <p class="small muted" role="status">
            {move || match state.get() {
                Locating::Idle => None,
                Locating::Asked => Some(say(words::locating)()),
                Locating::Failed => Some(say(words::locate_failed)()),
                Locating::Mistyped => Some(say(words::place_mistyped)()),
            }}
        </p>
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Locating {
    Idle,
    Asked,
    Failed,
    Mistyped,
}

/// Asks the device where it is. Reached by name, because few pages need it.
fn locate(question: Question, state: RwSignal<Locating>) {
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
                question.answer(Some(format!(
                    "{latitude:.6} {longitude:.6} {altitude:.1} {accuracy:.0}"
                )));
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
