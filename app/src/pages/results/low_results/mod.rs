//! Schools with low results: lists made by an open rule, and a new one.

mod new;
mod one;

pub use one::LowResultPage;

use api::results::low_result::{IdentificationLabel, Identifications, LowResultRule, Unreliable};
use leptos::prelude::*;

use crate::client::use_client;
use crate::components::{EmptyState, Loaded};
use crate::device;
use crate::language::{label, say, use_language};
use crate::shell::set_title;
use crate::text::results::low_results as words;
use crate::text::{Language, number};

/// The lists made, newest first, and a form for the next one.
#[component]
pub fn LowResultsPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let all = LocalResource::new(move || {
        client.epoch.track();
        client.get::<Identifications>(api::paths::LOW_RESULTS)
    });
    view! {
        <main class="page" id="main">
            <div>
                <h1>{say(words::title)}</h1>
                <p class="text muted">{say(words::lead)}</p>
            </div>
            <Loaded resource=all view=|all| view! { <Body all=all /> } />
        </main>
    }
}

#[component]
fn Body(all: Identifications) -> impl IntoView {
    let language = use_language();
    let Identifications {
        made,
        years,
        usual,
        may_create,
    } = all;
    let has_years = !years.is_empty();
    let may_begin = may_create && has_years;
    let text = move || match (has_years, may_create) {
        (false, _) => words::no_years(language.get()),
        (true, true) => words::empty_text(language.get()),
        (true, false) => words::empty_read(language.get()),
    };
    view! {
        <div class="low-results">
            <section class="stack">
                {if made.is_empty() {
                    view! {
                        <EmptyState
                            title=label(words::empty_title)
                            text=Signal::derive(move || text().to_owned())
                        />
                    }
                        .into_any()
                } else {
                    view! {
                        <h2>{say(words::made_title)}</h2>
                        <ul class="support-list">
                            {made.into_iter().map(|label| view! { <Line label=label /> }).collect_view()}
                        </ul>
                    }
                        .into_any()
                }}
            </section>
            {may_begin.then(|| view! { <new::NewList years=years usual=usual /> })}
        </div>
    }
}

/// A list as a line that leads to it.
#[component]
fn Line(label: IdentificationLabel) -> impl IntoView {
    let IdentificationLabel {
        id,
        at_ms,
        author,
        year,
        rule,
        judged,
        found,
        ..
    } = label;
    view! {
        <li>
            <a class="support-line" href=api::work::low_result(id)>
                <span class="support-line-head num">
                    <b>{say(move |language| words::year_of(language, year))}</b>
                    <span>{say(move |language| found_line(language, found))}</span>
                </span>
                <span class="small muted num">{say(move |language| rule_line(language, &rule))}</span>
                <span class="small muted num">
                    {say(move |language| words::judged(language, u64::from(judged)))}
                    " · "
                    {say(move |language| {
                        words::by(language, &author, device::date_time(language, at_ms))
                    })}
                </span>
            </a>
        </li>
    }
}

/// How many schools are in each group.
fn found_line(language: Language, found: [u32; 3]) -> String {
    if found == [0; 3] {
        return words::found_none(language).to_owned();
    }
    let [risk, low, unknown] = found;
    [
        words::found_risk(language, risk),
        words::found_low(language, low),
        words::found_unknown(language, unknown),
    ]
    .join(" · ")
}

/// The rule in one line.
fn rule_line(language: Language, rule: &LowResultRule) -> String {
    let line = words::rule_line(
        language,
        number::percent(language, rule.share, 0),
        rule.procedures,
        rule.years,
        rule.min_pupils,
    );
    match rule.unreliable {
        Unreliable::IsUnknown => line,
        Unreliable::CountsAsLow => line + words::rule_unreliable_low(language),
    }
}
