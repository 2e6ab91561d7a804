//! One of a few, each a radio button with its words.

use leptos::prelude::*;

use crate::language::say;
use crate::text::Wording;

/// A group of radio buttons.
#[component]
pub fn Choices<T>(
    /// Name of the group, unique on the page.
    name: &'static str,
    /// What is chosen.
    title: Wording,
    /// The few with their words.
    options: Vec<(T, Wording)>,
    /// The choice.
    value: RwSignal<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    view! {
        <fieldset class="field campaign-choices">
            <legend class="field-label">{say(title)}</legend>
            {options
                .into_iter()
                .map(|(one, word)| {
                    view! {
                        <label class="choice">
                            <input
                                type="radio"
                                name=name
                                prop:checked=move || value.get() == one
                                on:change=move |_| value.set(one)
                            />
                            <span class="first-capital">{say(word)}</span>
                        </label>
                    }
                })
                .collect_view()}
        </fieldset>
    }
}
