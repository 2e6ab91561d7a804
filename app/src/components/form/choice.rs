//! Choices as buttons, radio buttons, check boxes, a drop-down list and a list to search in.
//!
//! All are native inputs, so arrows, space and screen readers work as people know them.

use forms::form::QuestionKind;
use leptos::prelude::*;

use super::critical::CriticalConfirmation;
use super::port::Question;
use crate::components::{Glyph, Icon};
use crate::filling::view::ChoiceView;
use crate::language::say;
use crate::text::forms::form as words;

/// The choices that pass their filter now.
pub fn choices_of(question: Question) -> Memo<Vec<ChoiceView>> {
    Memo::new(move |_| question.part(|view| view.choices.clone()))
}

/// Two or three large buttons in a row, as in a checklist.
///
/// A critical violation is not an answer until the person confirms it: a glove slips easily.
#[component]
pub fn ButtonRow(question: Question) -> impl IntoView {
    let choices = choices_of(question);
    let asked = RwSignal::new(None::<String>);
    let shown = Memo::new(move |_| asked.get().unwrap_or_else(|| question.value()));
    let choose = move |name: String| {
        let asks = question.part(|view| view.rules.critical && view.would_violate(&name))
            && untrack(|| question.value()) != name;
        if asks {
            asked.set(Some(name));
        } else {
            asked.set(None);
            question.answer(Some(name));
        }
    };
    let group = question.id();
    view! {
        <div class="answers">
            <For each=move || choices.get() key=|choice| choice.name.clone() let(choice)>
                {
                    let name = StoredValue::new(choice.name.clone());
                    let tone = tone(question, &choice);
                    view! {
                        <label class=format!("answer {tone}")>
                            <input
                                type="radio"
                                name=group.clone()
                                value=choice.name.clone()
                                prop:checked=move || name.with_value(|name| shown.get() == *name)
                                prop:disabled=move || question.is_read_only()
                                aria-invalid=move || question.invalid()
                                on:change=move |_| choose(name.get_value())
                            />
                            <Icon glyph=Glyph::Check />
                            <span>{choice.label.clone()}</span>
                        </label>
                    }
                }
            </For>
        </div>
        <CriticalConfirmation question=question asked=asked />
        <TakeBack question=question />
    }
}

/// In order, violation, not applicable, or none of these.
fn tone(question: Question, choice: &ChoiceView) -> &'static str {
    question
        .first
        .with_value(|view| match &view.rules.ok_answer {
            _ if choice.not_applicable => "apart",
            Some(ok) if *ok == choice.name => "good",
            Some(_) => "bad",
            None => "plain",
        })
}

/// Takes an answer back: radio buttons alone cannot be cleared.
#[component]
pub fn TakeBack(question: Question) -> impl IntoView {
    let is_answered = Memo::new(move |_| !question.value().is_empty() && !question.is_read_only());
    view! {
        <Show when=move || is_answered.get()>
            <button type="button" class="take-back" on:click=move |_| question.answer(None)>
                {say(words::take_back)}
            </button>
        </Show>
    }
}

/// Radio buttons one under another, or in columns where the form asks for them.
#[component]
pub fn RadioList(question: Question) -> impl IntoView {
    let choices = choices_of(question);
    let group = question.id();
    view! {
        <div class=list_class(question)>
            <For each=move || choices.get() key=|choice| choice.name.clone() let(choice)>
                {
                    let name = StoredValue::new(choice.name.clone());
                    view! {
                        <label class="choice">
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

/// Check boxes.
#[component]
pub fn CheckList(question: Question) -> impl IntoView {
    let choices = choices_of(question);
    view! {
        <div class=list_class(question)>
            <For each=move || choices.get() key=|choice| choice.name.clone() let(choice)>
                <CheckBox question=question choice=choice />
            </For>
        </div>
    }
}

#[component]
fn CheckBox(question: Question, choice: ChoiceView) -> impl IntoView {
    let name = StoredValue::new(choice.name.clone());
    let is_chosen =
        move || name.with_value(|name| question.part(|view| view.names().contains(&name.as_str())));
    view! {
        <label class="choice">
            <input
                type="checkbox"
                value=choice.name
                prop:checked=is_chosen
                prop:disabled=move || question.is_read_only()
                aria-invalid=move || question.invalid()
                on:change=move |_| toggle(question, &name.get_value())
            />
            <span>{choice.label}</span>
        </label>
    }
}

/// Chosen names stay in the order of the list, so that the same set is always the same answer.
fn toggle(question: Question, name: &str) {
    let value = untrack(|| {
        question.part(|view| {
            let chosen = view.names();
            view.choices
                .iter()
                .map(|choice| choice.name.as_str())
                .filter(|other| chosen.contains(other) != (*other == name))
                .collect::<Vec<_>>()
                .join(" ")
        })
    });
    question.answer(Some(value));
}

fn list_class(question: Question) -> &'static str {
    question.first.with_value(|view| {
        let columns = view
            .appearance
            .iter()
            .any(|word| word.starts_with("columns") || word.starts_with("horizontal"));
        if columns {
            "choices columns"
        } else {
            "choices"
        }
    })
}

/// A native drop-down list (`minimal`).
#[component]
pub fn Dropdown(question: Question) -> impl IntoView {
    let choices = choices_of(question);
    view! {
        <select
            class="input"
            id=question.id()
            prop:value=move || question.value()
            prop:disabled=move || question.is_read_only()
            aria-invalid=move || question.invalid()
            aria-describedby=move || question.described_by()
            on:change=move |event| question.answer(Some(event_target_value(&event)))
        >
            <option value="">{say(words::choose)}</option>
            <For each=move || choices.get() key=|choice| choice.name.clone() let(choice)>
                <option
                    value=choice.name.clone()
                    prop:selected={
                        let name = choice.name.clone();
                        move || question.value() == name
                    }
                >
                    {choice.label}
                </option>
            </For>
        </select>
    }
}

/// A long list with a field to narrow it; what is chosen always stays in sight.
#[component]
pub fn SearchList(question: Question) -> impl IntoView {
    /// Choices drawn at once: a list of a whole region's schools must not freeze a tablet.
    const SHOWN: usize = 40;
    let sought = RwSignal::new(String::new());
    let is_multiple = question
        .first
        .with_value(|view| view.kind == QuestionKind::SelectMultiple);
    let found = Memo::new(move |_| {
        let sought = sought.get().to_lowercase();
        question.part(|view| {
            let chosen = view.names();
            view.choices
                .iter()
                .filter(|choice| {
                    chosen.contains(&choice.name.as_str())
                        || choice.label.to_lowercase().contains(&sought)
                })
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let more = move || found.with(|found| found.len().saturating_sub(SHOWN) as u64);
    let group = question.id();
    let search_label = say(words::search);
    view! {
        <input
            class="input"
            type="search"
            autocomplete="off"
            placeholder=say(words::search)
            aria-label=search_label
            on:input=move |event| sought.set(event_target_value(&event))
        />
        <div class="choices long">
            <For
                each=move || found.get().into_iter().take(SHOWN)
                key=|choice| choice.name.clone()
                let(choice)
            >
                {if is_multiple {
                    view! { <CheckBox question=question choice=choice /> }.into_any()
                } else {
                    let name = StoredValue::new(choice.name.clone());
                    view! {
                        <label class="choice">
                            <input
                                type="radio"
                                name=group.clone()
                                value=choice.name.clone()
                                prop:checked=move || {
                                    name.with_value(|name| question.value() == *name)
                                }
                                prop:disabled=move || question.is_read_only()
                                on:change=move |_| question.answer(Some(name.get_value()))
                            />
                            <span>{choice.label.clone()}</span>
                        </label>
                    }
                        .into_any()
                }}
            </For>
        </div>
        <p class="small muted" role="status">
            {move || (more() > 0).then(|| say(move |l| words::more_choices(l, more())))}
        </p>
    }
}
