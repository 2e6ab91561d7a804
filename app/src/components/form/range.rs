//! A number between bounds: a slider, a list or stars; says that nothing is chosen until it is.

use leptos::prelude::*;

use super::choice::TakeBack;
use super::port::Question;
use crate::filling::lexical;
use crate::filling::range::{Range, RangeLook};
use crate::language::use_language;
use crate::text::forms::form as words;

/// A range as its appearance asks for it.
#[component]
pub fn RangeField(question: Question) -> impl IntoView {
    let range = question.first.with_value(|view| Range::of(view));
    let field = match range.look {
        RangeLook::Slider | RangeLook::Vertical => {
            view! { <Slider question=question range=range /> }.into_any()
        }
        RangeLook::Picker => view! { <Picker question=question range=range /> }.into_any(),
        RangeLook::Rating => view! { <Rating question=question range=range /> }.into_any(),
    };
    view! {
        {field}
        <TakeBack question=question />
    }
}

/// A slider over steps, so that a falling range and decimal steps are as exact as others.
#[component]
fn Slider(question: Question, range: Range) -> impl IntoView {
    let language = use_language();
    let class = if range.look == RangeLook::Vertical {
        "range vertical"
    } else {
        "range"
    };
    let shown = move || {
        let value = question.value();
        if value.is_empty() {
            words::range_empty(language.get()).to_owned()
        } else {
            lexical::shown_number(&value, language.get())
        }
    };
    let is_empty = move || question.value().is_empty();
    let end = |at: usize| {
        let value = range.value(at);
        move || lexical::shown_number(&value, language.get())
    };
    let (first, last) = (end(0), end(range.last()));
    let label = question.first.with_value(|view| view.label.clone());
    let max = range.last();
    let range = StoredValue::new(range);
    let place = move || range.with_value(|range| range.place(&question.value()).unwrap_or(0));
    let choose = move |text: String| {
        if let Ok(at) = text.parse() {
            question.answer(Some(range.with_value(|range| range.value(at))));
        }
    };
    // Where the first step is what is wanted, pressing the thumb changes nothing: the press itself answers.
    let pressed = move |text: String| {
        if question.value().is_empty() && !question.is_read_only() {
            choose(text);
        }
    };
    view! {
        <div class=class class:untouched=is_empty>
            <span class="num small muted range-first">{first}</span>
            <input
                type="range"
                id=question.id()
                min="0"
                max=max
                step="1"
                prop:value=place
                prop:disabled=move || question.is_read_only()
                aria-label=label
                aria-valuetext=shown
                aria-describedby=move || question.described_by()
                on:change=move |event| choose(event_target_value(&event))
                on:click=move |event| pressed(event_target_value(&event))
            />
            <span class="num small muted range-last">{last}</span>
            <output class="num">{shown}</output>
        </div>
    }
}

#[component]
fn Picker(question: Question, range: Range) -> impl IntoView {
    let language = use_language();
    let label = question.first.with_value(|view| view.label.clone());
    let values = range.values();
    let options = values
        .into_iter()
        .map(|value| {
            let (own, shown) = (value.clone(), value.clone());
            view! {
                <option value=value selected=move || question.value() == own>
                    {move || lexical::shown_number(&shown, language.get())}
                </option>
            }
        })
        .collect_view();
    view! {
        <select
            class="input num range-picker"
            id=question.id()
            aria-label=label
            aria-describedby=move || question.described_by()
            aria-invalid=move || question.invalid()
            prop:disabled=move || question.is_read_only()
            on:change=move |event| question.answer(Some(event_target_value(&event)))
        >
            <option value="" selected=move || question.value().is_empty()>
                {move || words::range_empty(language.get())}
            </option>
            {options}
        </select>
    }
}

/// Radio buttons that look like stars: all up to the chosen one are full.
#[component]
fn Rating(question: Question, range: Range) -> impl IntoView {
    let language = use_language();
    let group = question.id();
    let values = range.values();
    let range = StoredValue::new(range);
    let chosen = Memo::new(move |_| range.with_value(|range| range.place(&question.value())));
    let stars = values
        .into_iter()
        .enumerate()
        .map(|(at, value)| {
            let (own, shown) = (value.clone(), value.clone());
            view! {
                <label class="star" class:full=move || chosen.get().is_some_and(|last| at <= last)>
                    <input
                        type="radio"
                        name=group.clone()
                        value=value.clone()
                        prop:checked=move || question.value() == own
                        prop:disabled=move || question.is_read_only()
                        aria-invalid=move || question.invalid()
                        on:change=move |_| question.answer(Some(value.clone()))
                    />
                    <span aria-hidden="true">"★"</span>
                    <span class="hidden-visually">
                        {move || lexical::shown_number(&shown, language.get())}
                    </span>
                </label>
            }
        })
        .collect_view();
    view! { <div class="stars">{stars}</div> }
}
