//! A scale from one end to the other, side by side (`likert`).

use leptos::prelude::*;

use super::choice::{TakeBack, choices_of};
use super::port::Question;

/// Radio buttons side by side with their words beneath.
#[component]
pub fn Likert(question: Question) -> impl IntoView {
    let choices = choices_of(question);
    let group = question.id();
    view! {
        <div class="likert">
            <For each=move || choices.get() key=|choice| choice.name.clone() let(choice)>
                {
                    let name = StoredValue::new(choice.name.clone());
                    view! {
                        <label>
                            <input
                                type="radio"
                                name=group.clone()
                                value=choice.name.clone()
                                prop:checked=move || name.with_value(|name| question.value() == *name)
                                prop:disabled=move || question.is_read_only()
                                aria-invalid=move || question.invalid()
                                on:change=move |_| question.answer(Some(name.get_value()))
                            />
                            <span>{choice.label.clone()}</span>
                        </label>
                    }
                }
            </For>
        </div>
        <TakeBack question=question />
    }
}
