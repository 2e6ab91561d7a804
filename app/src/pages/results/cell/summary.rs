//! A cell in short, for those who see the map and not the marks behind it.

use api::results::cell::CellSummary;
use leptos::prelude::*;

use super::state_sentence;
use crate::client::use_client;
use crate::components::{Loaded, StateTag};
use crate::device;
use crate::language::{say, say_text, use_language};
use crate::model::map_address::CellKey;
use crate::text::common;
use crate::text::results::{cell as words, heat_map};

/// State, number of pupils and the kinds of evidence that speak.
#[component]
pub(super) fn Summary(
    /// Which cell.
    cell: CellKey,
    /// Calendar year.
    year: i32,
    /// Is it a page of its own?
    is_page: bool,
) -> impl IntoView {
    let client = use_client();
    let resource = LocalResource::new(move || {
        client.epoch.track();
        let path = api::paths::cell_summary(cell.organisation, year, &cell.subject, cell.grade);
        async move { client.get::<CellSummary>(&path).await }
    });
    view! {
        <Loaded
            resource=resource
            view=move |summary| view! { <Shown summary=summary is_page=is_page /> }
        />
    }
}

#[component]
fn Shown(summary: CellSummary, is_page: bool) -> impl IntoView {
    let language = use_language();
    let (subject, grade, year) = (summary.subject_name, summary.grade, summary.year);
    let (n, state, at_ms) = (u64::from(summary.n), summary.state, summary.computed_ms);
    let line = say(move |language| {
        let work = common::subject_grade(language, subject.in_language(language), grade);
        let participants = common::participants(language, n);
        // Three facts side by side, no sentence.
        [work, words::year(language, year), participants].join(" · ")
    });
    let school = summary.organisation_name;
    let heading = if is_page {
        view! { <h1>{school}</h1> }.into_any()
    } else {
        view! { <h2>{school}</h2> }.into_any()
    };
    let reasons = summary.reasons;
    let others = summary.other_explanations;
    view! {
        <div class="cell-head">
            {heading}
            <p class="small muted num">{line}</p>
        </div>
        <div class="verdict">
            <StateTag state=state />
            <p>{move || state_sentence(language.get(), state)}</p>
        </div>
        {(!reasons.is_empty())
            .then(|| {
                view! {
                    <section class="stack tight">
                        <h3>{say(words::channels_title)}</h3>
                        <ul class="plain-list">
                            {reasons
                                .into_iter()
                                .map(|reason| {
                                    view! {
                                        <li>
                                            <b>{say_text(reason.name)}</b>
                                            <br />
                                            <span class="small muted">{say_text(reason.method)}</span>
                                        </li>
                                    }
                                })
                                .collect_view()}
                        </ul>
                    </section>
                }
            })}
        {(!others.is_empty())
            .then(|| {
                view! {
                    <section class="stack tight">
                        <h3>{say(words::other_title)}</h3>
                        <ul class="plain-list">
                            {others
                                .into_iter()
                                .map(|other| view! { <li>{say_text(other)}</li> })
                                .collect_view()}
                        </ul>
                    </section>
                }
            })}
        <p class="small muted">{say(words::summary_note)}</p>
        <p class="small muted num">
            {say(move |language| {
                heat_map::computed(language, device::date_time(language, at_ms))
            })}
        </p>
    }
}
