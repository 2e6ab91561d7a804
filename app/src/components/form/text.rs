//! Words: a line, several lines, a consent.

use forms::form::QuestionKind;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::port::Question;
use super::typing::Typing;
use crate::language::say;
use crate::text::forms::form as words;

/// Gives an element the focus.
pub fn focus(element: &web_sys::Element) {
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        // An element that cannot take the focus is left alone.
        drop(element.focus());
    }
}

/// A text: what is typed is kept at once and becomes an answer when typing pauses or the field is left.
#[component]
pub fn TextField(question: Question) -> AnyView {
    let view = question.first.get_value();
    let typing = Typing::new(question);
    let (entered, wrote, left) = (typing.clone(), typing.clone(), typing.clone());
    let shown = move || typing.shown(|| question.value());
    let on_focus = move |event: leptos::ev::FocusEvent| entered.entered(event_target_value(&event));
    let on_input = move |event: leptos::ev::Event| wrote.wrote(event_target_value(&event));
    let on_blur = move |_| left.left();
    let is_long = view.kind == QuestionKind::Text && view.has_appearance("multiline");
    if is_long {
        return view! {
            <textarea
                class="input"
                id=question.id()
                rows=view.parameter("rows").unwrap_or("3").to_owned()
                prop:value=shown
                prop:readOnly=move || question.is_read_only()
                aria-invalid=move || question.invalid()
                aria-describedby=move || question.described_by()
                on:focus=on_focus
                on:input=on_input
                on:blur=on_blur
            ></textarea>
        }
        .into_any();
    }
    let is_number = view.has_appearance("numbers");
    view! {
        <input
            class="input"
            type=if view.has_appearance("masked") { "password" } else { "text" }
            inputmode=is_number.then_some("numeric")
            autocomplete="off"
            id=question.id()
            prop:value=shown
            prop:readOnly=move || question.is_read_only()
            aria-invalid=move || question.invalid()
            aria-describedby=move || question.described_by()
            on:focus=on_focus
                on:input=on_input
            on:blur=on_blur
        />
    }
    .into_any()
}

/// "I have read and agree": the answer is `OK` or nothing.
#[component]
pub fn Acknowledge(question: Question) -> impl IntoView {
    let on_change = move |event: leptos::ev::Event| {
        question.answer(event_target_checked(&event).then(|| "OK".to_owned()));
    };
    view! {
        <div class="choices">
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=move || question.value() == "OK"
                    prop:disabled=move || question.is_read_only()
                    aria-invalid=move || question.invalid()
                    on:change=on_change
                />
                <span>{say(words::acknowledge)}</span>
            </label>
        </div>
    }
}
