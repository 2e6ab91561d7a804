//! Numbers as they are typed.

use forms::form::QuestionKind;
use leptos::prelude::*;

use super::port::Question;
use super::typing::Typing;
use crate::filling::lexical;
use crate::language::{say, use_language};
use crate::text::forms::form as words;

/// A number in a text field: number inputs of browsers lose what they cannot read.
#[component]
pub fn NumberField(question: Question) -> impl IntoView {
    let language = use_language();
    let first = question.first.get_value();
    let is_whole = first.kind == QuestionKind::Integer;
    let typing = Typing::new(question);
    let shown = {
        let typing = typing.clone();
        move || typing.shown(|| lexical::shown_number(&question.value(), language.get()))
    };
    let (entered, wrote) = (typing.clone(), typing.clone());
    let unreadable = Memo::new(move |_| question.unreadable().is_some());
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
                on:focus=move |event| entered.entered(event_target_value(&event))
                on:input=move |event| wrote.wrote(event_target_value(&event))
                on:blur=move |_| typing.left()
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
