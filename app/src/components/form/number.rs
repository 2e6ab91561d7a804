//! Numbers: typed, or chosen on a slider.

use forms::form::QuestionKind;
use leptos::prelude::*;

use super::port::Question;
use crate::filling::lexical;
use crate::language::{say, use_language};
use crate::text::form as words;

/// A number in a text field: number inputs of browsers lose what they cannot read.
#[component]
pub fn NumberField(question: Question) -> impl IntoView {
    let language = use_language();
    let first = question.first.get_value();
    let is_whole = first.kind == QuestionKind::Integer;
    let unreadable = RwSignal::new(false);
    let shown = move || lexical::shown_number(&question.value(), language.get());
    let on_change = move |event: leptos::ev::Event| match lexical::number(
        &event_target_value(&event),
        is_whole,
    ) {
        Ok(value) => {
            unreadable.set(false);
            question.answer(value);
        }
        Err(lexical::NotANumber) => unreadable.set(true),
    };
    let unit = first.unit.clone();
    let invalid = move || {
        question
            .invalid()
            .or_else(|| unreadable.get().then_some("true"))
    };
    let unreadable_id = format!("{}-unreadable", question.id());
    let described = {
        let unreadable_id = unreadable_id.clone();
        move || {
            let mut ids: Vec<String> = question.described_by().into_iter().collect();
            if unreadable.get() {
                ids.push(unreadable_id.clone());
            }
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    view! {
        <div class="number-field">
            <input
                class="input num"
                type="text"
                inputmode=if is_whole { "numeric" } else { "decimal" }
                autocomplete="off"
                id=question.id()
                prop:value=shown
                prop:readOnly=move || question.is_read_only()
                aria-invalid=invalid
                aria-describedby=described
                on:change=on_change
            />
            {unit.map(|unit| view! { <span class="unit">{say(move |l| words::unit(l, &unit))}</span> })}
        </div>
        {move || {
            unreadable
                .get()
                .then(|| {
                    let id = unreadable_id.clone();
                    view! {
                        <p class="field-error" id=id role="alert">
                            {say(if is_whole { words::not_whole } else { words::not_a_number })}
                        </p>
                    }
                })
        }}
    }
}

/// A number between bounds; says that nothing is chosen until it is.
#[component]
pub fn RangeField(question: Question) -> impl IntoView {
    let language = use_language();
    let first = question.first.get_value();
    let bound = |name: &str, fallback: &str| first.parameter(name).unwrap_or(fallback).to_owned();
    let (start, end, step) = (bound("start", "0"), bound("end", "10"), bound("step", "1"));
    let (low, high) = (start.clone(), end.clone());
    let class = if first.has_appearance("vertical") {
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
    let label = first.label.clone();
    view! {
        <div class=class class:untouched=is_empty>
            <span class="num small muted">{low}</span>
            <input
                type="range"
                id=question.id()
                min=start
                max=end
                step=step
                prop:value=move || question.value()
                prop:disabled=move || question.is_read_only()
                aria-label=label
                aria-valuetext=shown
                aria-describedby=move || question.described_by()
                on:change=move |event| question.answer(Some(event_target_value(&event)))
            />
            <span class="num small muted">{high}</span>
            <output class="num">{shown}</output>
        </div>
        <super::choice::TakeBack question=question />
    }
}
