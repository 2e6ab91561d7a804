//! Dates and times.

use forms::form::QuestionKind;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::port::Question;
use super::typing::Typing;
use crate::filling::lexical;
use crate::language::say;
use crate::text::forms::form as words;

/// A date, a time of day or both, in the browser's own picker.
#[component]
pub fn Moment(question: Question) -> impl IntoView {
    let first = question.first.get_value();
    let kind = first.kind;
    let input_type = match kind {
        QuestionKind::Time => "time",
        QuestionKind::DateTime => "datetime-local",
        _ if first.has_appearance("month-year") => "month",
        _ => "date",
    };
    let is_time = kind == QuestionKind::Time;
    let typing = Typing::new(question);
    let shown = {
        let typing = typing.clone();
        move || typing.shown(|| lexical::moment_for_input(&question.value(), input_type))
    };
    let (entered, left) = (typing.clone(), typing.clone());
    let path = question.path();
    let on_change = move |event: leptos::ev::Event| {
        // While a part is missing the browser gives nothing, which is no wish to take the answer back.
        if is_partial(&event) {
            return;
        }
        let text = event_target_value(&event);
        typing.entered(text.clone());
        question.answer(lexical::moment_from_input(&text, input_type));
    };
    let on_blur = move |event: leptos::ev::FocusEvent| {
        if is_partial(&event) {
            // It stays as it is, named, and stands in the way of handing over.
            let path = path.clone();
            question
                .port
                .unreadable
                .try_update(|all| all.insert(path, String::new()));
        } else {
            left.left();
        }
    };
    let now = move |_| {
        let time = lexical::hour_minute(crate::device::now_ms(), question.port.zone_minutes);
        question.answer(lexical::moment_from_input(&time, "time"));
    };
    view! {
        <div class="moment">
            <input
                class="input num"
                type=input_type
                id=question.id()
                prop:value=shown
                prop:readOnly=move || question.is_read_only()
                aria-invalid=move || question.invalid()
                aria-describedby=move || question.described_by()
                on:focus=move |event| entered.entered(event_target_value(&event))
                on:change=on_change
                on:blur=on_blur
            />
            {is_time
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="button"
                            prop:disabled=move || question.is_read_only()
                            on:click=now
                        >
                            {say(words::now)}
                        </button>
                    }
                })}
        </div>
        <Show when=move || question.unreadable().is_some()>
            <p class="field-error" role="alert">
                {say(words::moment_incomplete)}
            </p>
        </Show>
    }
}

/// Is something typed that is no whole date or time yet?
fn is_partial(event: &web_sys::Event) -> bool {
    let part = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).ok();
    event
        .target()
        .and_then(|field| part(&field, "validity"))
        .and_then(|validity| part(&validity, "badInput"))
        .is_some_and(|bad| bad.is_truthy())
}
