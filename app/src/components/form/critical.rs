//! Confirmation of a critical violation, in the place of the tap.

use leptos::html;
use leptos::prelude::*;

use super::port::Question;
use crate::components::{Glyph, Icon};
use crate::language::say;
use crate::text::forms::form as words;

/// Asks once more before a critical violation becomes an answer.
#[component]
pub fn CriticalConfirmation(
    /// The question.
    question: Question,
    /// The choice that waits for confirmation.
    asked: RwSignal<Option<String>>,
) -> impl IntoView {
    let is_asked = Memo::new(move |_| asked.with(Option::is_some));
    view! {
        <Show when=move || is_asked.get()>
            <Panel question=question asked=asked />
        </Show>
    }
}

#[component]
fn Panel(question: Question, asked: RwSignal<Option<String>>) -> impl IntoView {
    let confirm = NodeRef::<html::Button>::new();
    Effect::new(move |_| {
        if let Some(button) = confirm.get() {
            // The element has just been drawn, so it can take the focus.
            drop(button.focus());
        }
    });
    let on_confirm = move |_| {
        if let Some(name) = asked.get_untracked() {
            question.answer(Some(name));
            asked.set(None);
            focus_note(question);
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            asked.set(None);
        }
    };
    view! {
        <div class="confirm-critical" role="group" aria-label=say(words::critical_title) on:keydown=on_key>
            <p class="confirm-title">
                <Icon glyph=Glyph::Alert />
                {say(words::critical_title)}
            </p>
            <p>{say(words::critical_text)}</p>
            <div class="actions">
                <button
                    type="button"
                    class="button danger large"
                    node_ref=confirm
                    on:click=on_confirm
                >
                    {say(words::critical_confirm)}
                </button>
                <button type="button" class="button large" on:click=move |_| asked.set(None)>
                    {say(words::critical_cancel)}
                </button>
            </div>
        </div>
    }
}

/// What happened is told next, so the note takes the focus once it is drawn.
fn focus_note(question: Question) {
    let card = format!("{}-card", question.id());
    request_animation_frame(move || {
        let note = document()
            .get_element_by_id(&card)
            .and_then(|card| card.query_selector("textarea").ok().flatten());
        if let Some(note) = note {
            super::text::focus(&note);
        }
    });
}
