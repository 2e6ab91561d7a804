//! Two answers that were given without one knowing of the other: both stay in the history, and the one that does not
//! hold is offered.

use leptos::prelude::*;

use super::port::{Question, Rival, RivalOf};
use crate::filling::view::QuestionView;
use crate::language::{say, use_language};
use crate::text::forms::form as words;

/// The answer that does not hold, with a button that brings it back.
#[component]
pub fn RivalAnswer(question: Question) -> impl IntoView {
    let language = use_language();
    let rival = Memo::new(move |_| {
        question.now.track();
        let mark = question.port.mark.run(question.path())?;
        let rival = mark.rival?;
        let name = match &rival.of {
            // Answers of the same person on another device are no rivals.
            RivalOf::Own => mark.author.filter(|author| !author.is_self)?.name,
            RivalOf::Colleague(Some(author)) => author.name.clone(),
            RivalOf::Colleague(None) => String::new(),
        };
        let differs = rival.value.as_deref().unwrap_or_default() != question.value();
        differs.then_some((rival, name))
    });
    move || {
        rival.get().map(|(Rival { value, at_ms, of }, name)| {
            let shown = question.part(|view| {
                let view = QuestionView {
                    value: value.clone(),
                    ..view.clone()
                };
                view.answer_text()
            });
            let time = crate::device::hour_minute(at_ms);
            let is_own = of == RivalOf::Own;
            let said = move || match is_own {
                true => words::rival(language.get(), &name, &time),
                false => words::rival_of_colleague(language.get(), &name, &time),
            };
            let take = if is_own {
                words::rival_back
            } else {
                words::rival_take
            };
            view! {
                <div class="rival">
                    <p class="small">{said} " «" {shown} "»"</p>
                    <button
                        type="button"
                        class="button"
                        prop:disabled=move || question.is_read_only()
                        on:click=move |_| question.answer(value.clone())
                    >
                        {say(take)}
                    </button>
                </div>
            }
        })
    }
}
