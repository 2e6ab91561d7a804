//! Choices put in order, by buttons: dragging alone leaves people out.

use leptos::prelude::*;

use super::port::Question;
use crate::components::{Glyph, Icon};
use crate::filling::lexical;
use crate::filling::view::ChoiceView;
use crate::language::say;
use crate::text::forms::form as words;

/// The choices in the order of preference, each with up and down.
#[component]
pub fn RankList(question: Question) -> impl IntoView {
    let order =
        Memo::new(move |_| question.part(|view| lexical::ranking(&view.names(), &view.choices)));
    let is_ranked = Memo::new(move |_| !question.value().is_empty());
    let answer = move |names: Vec<String>| question.answer(Some(names.join(" ")));
    let shift = move |name: &str, up: bool| {
        let names: Vec<String> = order
            .get_untracked()
            .into_iter()
            .map(|choice| choice.name)
            .collect();
        answer(lexical::shifted(names, name, up));
    };
    view! {
        <Show when=move || !is_ranked.get()>
            <p class="small muted">{say(words::rank_untouched)}</p>
        </Show>
        <ol class="rank">
            <For each=move || order.get() key=|choice| choice.name.clone() let(choice)>
                {
                    let ChoiceView { name, label, .. } = choice;
                    let place = {
                        let name = name.clone();
                        move || {
                            order.with(|order| {
                                order.iter().position(|one| one.name == name).unwrap_or_default() + 1
                            })
                        }
                    };
                    let (up, down) = (name.clone(), name);
                    let (up_label, down_label) = (label.clone(), label.clone());
                    view! {
                        <li>
                            <span class="rank-place num">{place}</span>
                            <span class="rank-label">{label}</span>
                            <button
                                type="button"
                                class="button icon-only rank-up"
                                aria-label=say(move |l| words::rank_up(l, &up_label))
                                on:click=move |_| shift(&up, true)
                            >
                                <Icon glyph=Glyph::ChevronDown />
                            </button>
                            <button
                                type="button"
                                class="button icon-only"
                                aria-label=say(move |l| words::rank_down(l, &down_label))
                                on:click=move |_| shift(&down, false)
                            >
                                <Icon glyph=Glyph::ChevronDown />
                            </button>
                        </li>
                    }
                }
            </For>
        </ol>
        <Show when=move || !is_ranked.get()>
            <button
                type="button"
                class="button"
                on:click=move |_| {
                    answer(order.get_untracked().into_iter().map(|choice| choice.name).collect());
                }
            >
                {say(words::rank_keep)}
            </button>
        </Show>
        <super::choice::TakeBack question=question />
    }
}
