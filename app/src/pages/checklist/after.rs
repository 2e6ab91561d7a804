//! After sending: the receipt, the index, what happens next.

use leptos::prelude::*;

use super::super::sheet::go::show_heading;
use super::super::sheet::result::{HowComputed, IndexLine};
use crate::components::{Glyph, Icon};
use crate::device;
use crate::filling::Filling;
use crate::filling::save_state::SaveState;
use crate::language::{say, use_language};
use crate::text::{checklist as words, number};

/// The page after sending.
#[component]
pub fn AfterSubmit(filling: Filling) -> impl IntoView {
    let language = use_language();
    show_heading();
    let about = filling.about;
    let accepted = move || {
        let at_ms = about.with(|about| about.submitted_ms)?;
        Some(words::done_at(
            language.get(),
            device::date_time(language.get(), at_ms),
        ))
    };
    let received = move || match filling.save_state() {
        SaveState::Accepted { held, total, .. } => Some(words::done_operations(
            language.get(),
            number::count(language.get(), held),
            number::count(language.get(), total),
        )),
        _ => None,
    };
    let score = move || {
        about
            .with(|about| about.score.clone())
            .or_else(|| filling.score())
    };
    let critical = move || score().map_or(0, |score| score.critical.len() as u64);
    let days = filling
        .form()
        .instrument
        .as_ref()
        .and_then(|instrument| instrument.completion.as_ref())
        .map_or(0, |completion| u64::from(completion.school_comment_days));
    let link = move || api::work::submission(about.with(|about| about.id));
    view! {
        <main class="page narrow" id="main">
            <div class="done-head">
                <span class="done-mark">
                    <Icon glyph=Glyph::Check />
                </span>
                <div>
                    <h1 tabindex="-1">{say(words::done_title)}</h1>
                    <p class="muted num">{accepted} " " {received}</p>
                </div>
            </div>
            {move || {
                view! {
                    <section class="card stack">
                        <IndexLine score=score() />
                        <HowComputed score=score() />
                    </section>
                }
            }}
            <section class="stack tight">
                <h2>{say(words::after_title)}</h2>
                <ol class="after-list">
                    <li>{say(words::after_coordinator)}</li>
                    {move || {
                        let count = critical();
                        (count > 0)
                            .then(|| view! { <li>{say(move |l| words::after_critical(l, count))}</li> })
                    }}
                    {(days > 0).then(|| view! { <li>{say(move |l| words::after_school(l, days))}</li> })}
                </ol>
            </section>
            <div class="actions">
                <a class="button primary large" href=api::work::ASSIGNMENTS>
                    {say(words::to_assignments)}
                </a>
                <a class="button large" href=link>
                    {say(words::look)}
                </a>
            </div>
        </main>
    }
}
