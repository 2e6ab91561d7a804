//! Dates and times.

use forms::form::QuestionKind;
use leptos::prelude::*;

use super::port::Question;
use crate::filling::lexical;
use crate::language::say;
use crate::text::form as words;

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
    let on_change = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        question.answer(lexical::moment_from_input(&text, input_type));
    };
    let now = move |_| {
        let time = crate::device::hour_minute(crate::device::now_ms());
        question.answer(lexical::moment_from_input(&time, "time"));
    };
    view! {
        <div class="moment">
            <input
                class="input num"
                type=input_type
                id=question.id()
                prop:value=move || lexical::moment_for_input(&question.value(), input_type)
                prop:readOnly=move || question.is_read_only()
                aria-invalid=move || question.invalid()
                aria-describedby=move || question.described_by()
                on:change=on_change
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
    }
}
