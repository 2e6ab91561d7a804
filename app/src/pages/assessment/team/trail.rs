//! The history of an answer: who said what, when, and the way back to any of them.

use leptos::prelude::*;

use crate::components::form::{Badge, use_port};
use crate::components::{Glyph, Icon};
use crate::device;
use crate::filling::{Entry, Filling};
use crate::language::{say, use_language};
use crate::text::assessment::team as words;

/// The history of one question; nothing while there is at most one answer.
#[component]
pub fn TrailAt(
    /// The form.
    filling: Filling,
    /// The question.
    path: String,
) -> impl IntoView {
    let language = use_language();
    let stored = StoredValue::new(path.clone());
    let question = use_port().question(path);
    let entries = Memo::new(move |_| stored.with_value(|path| filling.history(path)));
    let sentence = move |value: Option<&str>| match value {
        None => words::history_taken_back(language.get()).to_owned(),
        Some(value) => question.with(|question| {
            question
                .as_ref()
                .and_then(|view| view.choices.iter().find(|choice| choice.name == value))
                .map_or_else(|| value.to_owned(), |choice| choice.sentence().to_owned())
        }),
    };
    view! {
        <Show when=move || entries.with(|entries| entries.len() > 1)>
            <details class="disclosure team-trail">
                <summary>
                    <Icon glyph=Glyph::ChevronRight />
                    {say(move |l| {
                        words::history_count(l, entries.with(|entries| entries.len() as u64))
                    })}
                </summary>
                <ol class="disclosure-body team-entries">
                    {move || {
                        let all = entries.get();
                        let last = all.iter().rposition(|entry| !entry.is_locked_out);
                        all.into_iter()
                            .enumerate()
                            .map(|(place, entry)| {
                                let Entry { author, at_ms, value, is_locked_out } = entry;
                                let holds = Some(place) == last;
                                let time = device::date_time(language.get(), at_ms);
                                let name = author.as_ref().map(|one| one.name.clone());
                                let shown = sentence(value.as_deref());
                                let offered = value.clone();
                                view! {
                                    <li class:holds=holds>
                                        <p class="small muted num team-by">
                                            {author.map(|one| view! { <Badge author=one /> })}
                                            {name}
                                            " "
                                            {time}
                                            {holds
                                                .then(|| {
                                                    view! {
                                                        <span class="tag ok">{say(words::history_holds)}</span>
                                                    }
                                                })}
                                        </p>
                                        <p class="sentence">{shown}</p>
                                        {(!holds && !is_locked_out)
                                            .then(|| {
                                                view! {
                                                    <button
                                                        type="button"
                                                        class="button quiet"
                                                        on:click=move |_| {
                                                            stored
                                                                .with_value(|path| {
                                                                    filling.answer(path, offered.as_deref());
                                                                });
                                                        }
                                                    >
                                                        <Icon glyph=Glyph::Undo />
                                                        {say(words::history_choose)}
                                                    </button>
                                                }
                                            })}
                                    </li>
                                }
                            })
                            .collect_view()
                    }}
                </ol>
            </details>
        </Show>
    }
}
