//! After sending: the receipt, the index, what happens next.

use leptos::prelude::*;

use crate::components::{Glyph, Icon};
use crate::device;
use crate::filling::Filling;
use crate::filling::overview::Overview;
use crate::filling::save_state::SaveState;
use crate::language::{say, use_language};
use crate::pages::forms::sheet::go::show_heading;
use crate::pages::forms::sheet::result::{HowComputed, IndexLine};
use crate::text::observation::checklist as words;

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
        SaveState::Accepted { .. } => {
            let count = filling.overview.with(Overview::count);
            Some(words::done_answers(
                language.get(),
                count.answered,
                count.total,
            ))
        }
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
    let must_sign = filling
        .form()
        .instrument
        .as_ref()
        .and_then(|instrument| instrument.completion.as_ref())
        .is_some_and(|completion| completion.required_signature);
    // The act is there once the server has the sheet.
    let needs_signature = move || must_sign && about.with(|about| about.submitted_ms.is_some());
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
                    {must_sign.then(|| view! { <li>{say(words::after_act)}</li> })}
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
                {move || {
                    needs_signature()
                        .then(|| {
                            let act = about.with(|about| api::work::act(about.id));
                            view! {
                                <a class="button primary large" href=act>
                                    {say(words::sign_act)}
                                </a>
                            }
                        })
                }}
                <a class="button large" class:primary=move || !needs_signature() href=api::work::ASSIGNMENTS>
                    {say(words::to_assignments)}
                </a>
                <a class="button large" href=link>
                    {say(words::look)}
                </a>
            </div>
        </main>
    }
}
