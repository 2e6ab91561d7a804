//! A scale of described levels: the person chooses a sentence, not a number.

use leptos::prelude::*;

use super::choice::{TakeBack, choices_of};
use super::port::{Mark, Question};
use crate::filling::authors::Person;
use crate::filling::view::ChoiceView;

/// The levels of a scale, lowest first, "not applicable" last and apart.
#[component]
pub fn Scale(question: Question) -> impl IntoView {
    let choices = choices_of(question);
    let group = question.id();
    let mark = Memo::new(move |_| {
        question.now.track();
        question.port.mark.run(question.path())
    });
    view! {
        <div class="levels">
            <For each=move || choices.get() key=|choice| choice.name.clone() let(choice)>
                <Level question=question choice=choice group=group.clone() mark=mark />
            </For>
        </div>
        <TakeBack question=question />
    }
}

#[component]
fn Level(
    question: Question,
    choice: ChoiceView,
    group: String,
    mark: Memo<Option<Mark>>,
) -> impl IntoView {
    let name = StoredValue::new(choice.name.clone());
    let is_chosen = Memo::new(move |_| name.with_value(|name| question.value() == *name));
    let author = move || mark.get().and_then(|mark| mark.author);
    // The word of the level is read before its sentence, for those who do not see the order.
    let word = (!choice.level.is_empty()).then(|| format!("{}: ", choice.label));
    let class = if choice.not_applicable {
        "level apart"
    } else {
        "level"
    };
    view! {
        <label class=class>
            <input
                type="radio"
                name=group
                value=choice.name.clone()
                prop:checked=move || is_chosen.get()
                prop:disabled=move || question.is_read_only()
                aria-invalid=move || question.invalid()
                on:change=move |_| question.answer(Some(name.get_value()))
            />
            <span>
                <span class="hidden-visually">{word}</span>
                {choice.sentence().to_owned()}
            </span>
            {move || {
                is_chosen
                    .get()
                    .then(author)
                    .flatten()
                    .map(|author| view! { <Badge author=author /> })
            }}
        </label>
    }
}

/// First letters of a person's name in a circle of the person's colour.
#[component]
pub fn Badge(
    /// Who.
    author: Person,
) -> impl IntoView {
    let name = author.name.clone();
    view! {
        <span class=format!("avatar avatar-{}", author.tone) title=name>
            <span aria-hidden="true">{author.initials}</span>
            <span class="hidden-visually">{author.name}</span>
        </span>
    }
}

/// Who wrote a comment, and when.
#[component]
pub fn Signed(
    /// Who and when.
    mark: Mark,
) -> impl IntoView {
    let time = crate::device::hour_minute(mark.at_ms);
    view! {
        <p class="signed small muted num">
            {mark
                .author
                .map(|author| {
                    let name = author.name.clone();
                    view! {
                        <Badge author=author />
                        <span>{name}</span>
                    }
                })} <span class="faint">{time}</span>
        </p>
    }
}
