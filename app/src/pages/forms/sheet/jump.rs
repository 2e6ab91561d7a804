//! The list of questions: where every answer stands, one tap away.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::go::go_to;
use crate::components::{Dialog, Glyph, Icon};
use crate::filling::Filling;
use crate::filling::overview::SectionOverview;
use crate::filling::view::{QuestionView, Standing};
use crate::language::{label, say};
use crate::text::Language;
use crate::text::observation::checklist as words;

/// How a question stands, for an icon with a word.
pub fn mark_of(view: &QuestionView) -> (&'static str, Glyph, fn(Language) -> &'static str) {
    if view.violation.is_some() && view.value.is_some() {
        return ("phase-mark bad", Glyph::Alert, words::state_mistake);
    }
    match view.standing() {
        Standing::Open => ("phase-mark open", Glyph::Circle, words::state_open),
        Standing::Answered => ("phase-mark done", Glyph::Check, words::state_answered),
        Standing::NotApplicable => (
            "phase-mark apart",
            Glyph::Minus,
            words::state_not_applicable,
        ),
        Standing::Violation => ("phase-mark bad", Glyph::Flag, words::state_violation),
        Standing::Critical => ("phase-mark bad", Glyph::Alert, words::state_critical),
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
    let title = label(words::jump_title);
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

/// Sections with more questions are listed in stretches that open one by one.
const LISTED_WHOLE: usize = 80;

/// Questions of one stretch.
const STRETCH: usize = 50;

#[component]
fn JumpSection(
    filling: Filling,
    section: Arc<SectionOverview>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let count = section.count();
    let questions: Vec<QuestionView> = section.main().cloned().collect();
    let list = if questions.len() <= LISTED_WHOLE {
        jump_rows(filling, &questions, open)
    } else {
        let is_open_question = |view: &QuestionView| view.standing() == Standing::Open;
        // Where most people want to go on.
        let next = questions
            .iter()
            .position(is_open_question)
            .unwrap_or_default()
            / STRETCH;
        questions
            .chunks(STRETCH)
            .enumerate()
            .map(|(place, stretch)| {
                let from = place * STRETCH + 1;
                view! {
                    <JumpStretch
                        filling=filling
                        questions=stretch.to_vec()
                        from=from
                        is_next=place == next
                        open=open
                    />
                }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <section class="jump-section">
            <h3>
                {section.title.clone()}
                <span class="faint num small">
                    {say(move |l| words::progress(l, count.answered, count.total))}
                </span>
            </h3>
            {list}
        </section>
    }
}

/// A stretch of a long section; its rows are drawn when it is opened.
#[component]
fn JumpStretch(
    filling: Filling,
    questions: Vec<QuestionView>,
    from: usize,
    is_next: bool,
    open: RwSignal<bool>,
) -> impl IntoView {
    let is_unfolded = RwSignal::new(is_next);
    let to = from + questions.len() - 1;
    let answered = questions
        .iter()
        .filter(|view| view.standing() != Standing::Open)
        .count();
    let total = questions.len();
    let unfold = move |event: leptos::ev::Event| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        is_unfolded.set(target.is_some_and(|details| details.has_attribute("open")));
    };
    view! {
        <details class="disclosure" open=is_next on:toggle=unfold>
            <summary>
                <Icon glyph=Glyph::ChevronRight />
                <span class="num">{say(move |l| words::jump_range(l, from, to))}</span>
                <span class="faint num small">
                    {say(move |l| words::progress(l, answered, total))}
                </span>
            </summary>
            {move || is_unfolded.get().then(|| jump_rows(filling, &questions, open))}
        </details>
    }
}

fn jump_rows(filling: Filling, questions: &[QuestionView], open: RwSignal<bool>) -> AnyView {
    let rows = questions
        .iter()
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
    view! { <ul class="jump-list">{rows}</ul> }.into_any()
}
