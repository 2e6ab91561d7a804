//! The list of questions: where every answer stands, one tap away.

use leptos::prelude::*;

use super::go::go_to;
use crate::components::{Dialog, Glyph, Icon};
use crate::filling::Filling;
use crate::filling::overview::SectionOverview;
use crate::filling::view::{QuestionView, Standing};
use crate::language::{say, use_language};
use crate::text::{Language, checklist as words};

/// How a question stands, for an icon with a word.
pub fn mark_of(view: &QuestionView) -> (&'static str, Glyph, fn(Language) -> &'static str) {
    if view.violation.is_some() && view.value.is_some() {
        return ("standing bad", Glyph::Alert, words::state_mistake);
    }
    match view.standing() {
        Standing::Open => ("standing open", Glyph::Circle, words::state_open),
        Standing::Answered => ("standing done", Glyph::Check, words::state_answered),
        Standing::NotApplicable => ("standing apart", Glyph::Minus, words::state_not_applicable),
        Standing::Violation => ("standing bad", Glyph::Flag, words::state_violation),
        Standing::Critical => ("standing bad", Glyph::Alert, words::state_critical),
    }
}

/// The list in a dialog.
#[component]
pub fn JumpList(
    /// The submission.
    filling: Filling,
    /// Is it open?
    open: RwSignal<bool>,
) -> impl IntoView {
    let language = use_language();
    let title = Signal::derive(move || words::jump_title(language.get()).to_owned());
    view! {
        <Dialog open=open title=title>
            // Drawn only while open: a long form has a long list.
            {move || {
                open.get()
                    .then(|| {
                        filling
                            .overview
                            .get()
                            .sections
                            .into_iter()
                            .map(|section| view! { <JumpSection filling=filling section=section open=open /> })
                            .collect_view()
                    })
            }}
        </Dialog>
    }
}

#[component]
fn JumpSection(filling: Filling, section: SectionOverview, open: RwSignal<bool>) -> impl IntoView {
    let count = section.count();
    let rows = section
        .main()
        .map(|view| {
            let (class, glyph, word) = mark_of(view);
            let path = view.path.clone();
            let on_click = move |_| {
                open.set(false);
                go_to(filling, &path);
            };
            view! {
                <li>
                    <button type="button" class="jump-row" on:click=on_click>
                        <span class=class>
                            <Icon glyph=glyph />
                            <span class="hidden-visually">{say(word)} ": "</span>
                        </span>
                        <span>{view.label.clone()}</span>
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="jump-section">
            <h3>
                {section.title}
                <span class="faint num small">
                    {say(move |l| words::progress(l, count.answered, count.total))}
                </span>
            </h3>
            <ul class="jump-list">{rows}</ul>
        </section>
    }
}
