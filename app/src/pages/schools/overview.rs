//! Everything known of a school on one page, and what to do next: help first.

use api::access::permission::Permission;
use api::id::OrganisationId;
use api::schools::school_profile::{NextStep, SchoolOverview};
use leptos::prelude::*;

use crate::client::use_client;
use crate::components::state_tag::state_class;
use crate::components::{Bar, Glyph, Icon, Loaded};
use crate::device;
use crate::language::{say, say_text, use_language};
use crate::pages::management::supports::Beside;
use crate::session::use_session;
use crate::text::management::supports;
use crate::text::schools::{context as context_words, profile as words};
use crate::text::{Language, common, number};

/// The joined part of a school's page. A reader without this right sees the rest of the page alone.
#[component]
pub fn Overview(
    /// School.
    id: OrganisationId,
) -> impl IntoView {
    let client = use_client();
    let overview = LocalResource::new(move || {
        client.epoch.track();
        async move {
            match client
                .get::<SchoolOverview>(&api::paths::school_overview(id))
                .await
            {
                Ok(overview) => Ok(Some(overview)),
                Err(failure) if failure.code() == Some("access.forbidden") => Ok(None),
                Err(failure) => Err(failure),
            }
        }
    });
    view! { <Loaded resource=overview view=draw /> }
}

fn draw(overview: Option<SchoolOverview>) -> impl IntoView {
    overview.map(|overview| view! { <Body overview=overview /> })
}

#[component]
fn Body(overview: SchoolOverview) -> impl IntoView {
    let id = overview.organisation;
    let next = overview.next.clone();
    view! {
        <section class="stack tight">
            <h2>{say(words::next)}</h2>
            <p class="small muted">{say(words::next_lead)}</p>
            <Next steps=next organisation=id />
        </section>
        <Beside organisation=id cell=None />
        <section class="stack tight">
            <h2>{say(words::overview)}</h2>
            <ul class="school-cards">
                <Signs overview=overview.clone() />
                <Observation overview=overview.clone() />
                <Assessment overview=overview.clone() />
                <Context overview=overview.clone() id=id />
                <Risks overview=overview.clone() id=id />
                <Changes overview=overview id=id />
            </ul>
        </section>
    }
}

fn level_name(language: Language, level: u8) -> &'static str {
    match level {
        0 => words::level_0(language),
        1 => words::level_1(language),
        2 => words::level_2(language),
        _ => words::level_3(language),
    }
}

#[component]
fn Next(steps: Vec<NextStep>, organisation: OrganisationId) -> impl IntoView {
    let session = use_session();
    // Who may agree on a measure; the server decides again.
    let may_agree = session.may(Permission::SupportCreate);
    if steps.is_empty() {
        return view! { <p class="muted">{say(words::next_none)}</p> }.into_any();
    }
    view! {
        <ol class="school-next">
            {steps
                .into_iter()
                .map(|step| {
                    let level = step.level;
                    let title = step.title.clone();
                    let named = step.title.clone();
                    view! {
                        <li>
                            <span class=format!("tag school-level-{level}")>
                                {say(move |language| level_name(language, level))}
                            </span>
                            <span class="school-step">
                                {match step.href {
                                    Some(href) => {
                                        view! { <a href=href>{say_text(title)}</a> }.into_any()
                                    }
                                    None => view! { <b>{say_text(title)}</b> }.into_any(),
                                }}
                                <span class="small muted">{say_text(step.reason)}</span>
                            </span>
                            {step
                                .measure
                                .filter(|_| may_agree)
                                .map(|measure| {
                                    let href = api::work::new_support(
                                        organisation,
                                        None,
                                        Some(&measure),
                                    );
                                    view! {
                                        <a
                                            class="button small"
                                            href=href
                                            aria-label=say(move |language| {
                                                supports::beside_choose(
                                                    language,
                                                    named.in_language(language),
                                                )
                                            })
                                        >
                                            {say(supports::choose)}
                                        </a>
                                    }
                                })}
                        </li>
                    }
                })
                .collect_view()}
        </ol>
    }
    .into_any()
}

#[component]
fn Card(title: fn(Language) -> &'static str, children: Children) -> impl IntoView {
    view! {
        <li class="card stack tight">
            <h3>{say(title)}</h3>
            {children()}
        </li>
    }
}

/// A way from a card to its page.
fn way(href: String, name: fn(Language) -> &'static str) -> impl IntoView {
    view! {
        <p class="school-way">
            <a href=href>
                {say(name)} " "
                <Icon glyph=Glyph::ArrowRight />
            </a>
        </p>
    }
}

#[component]
fn Signs(overview: SchoolOverview) -> impl IntoView {
    let year = overview.map_year;
    let is_empty = overview.cells.is_empty();
    view! {
        <Card title=words::signs>
            {is_empty.then(|| view! { <p class="muted">{say(words::signs_none)}</p> })}
            <ul class="school-states">
                {overview
                    .cells
                    .into_iter()
                    .map(|cells| {
                        let (state, count) = (cells.state, u64::from(cells.count));
                        view! {
                            <li>
                                <span class=format!("school-count num {}", state_class(state))>
                                    {say(move |language| number::count(language, count))}
                                </span>
                                <span class="first-capital">
                                    {say(move |language| common::state(language, state))}
                                </span>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            {year
                .filter(|_| !is_empty)
                .map(|year| {
                    view! {
                        <p class="small muted num">
                            {say(move |language| words::signs_year(language, year))}
                        </p>
                    }
                })}
        </Card>
    }
}

#[component]
fn Observation(overview: SchoolOverview) -> impl IntoView {
    view! {
        <Card title=words::observation>
            {match overview.observation {
                None => view! { <p class="muted">{say(words::observation_none)}</p> }.into_any(),
                Some(seen) => {
                    view! {
                        <p class="school-figure num">
                            {say(move |language| number::percent(language, seen.index, 0))}
                        </p>
                        <Bar share=Signal::stored(seen.index) />
                        <p class="small muted num">
                            {say(move |language| {
                                let line = words::observation_line(
                                    language,
                                    seen.sheets,
                                    seen.critical,
                                );
                                format!("{} · {line}", seen.year)
                            })}
                        </p>
                    }
                        .into_any()
                }
            }}
        </Card>
    }
}

#[component]
fn Assessment(overview: SchoolOverview) -> impl IntoView {
    let language = use_language();
    view! {
        <Card title=words::assessment>
            {match overview.self_assessment {
                None => view! { <p class="muted">{say(words::assessment_none)}</p> }.into_any(),
                Some(last) => {
                    let submitted_ms = last.submitted_ms;
                    view! {
                        <ul class="school-sections">
                            {last
                                .score
                                .sections
                                .into_iter()
                                .map(|section| {
                                    let score = section.score;
                                    view! {
                                        <li>
                                            <span class="small">{say_text(section.title)}</span>
                                            <span class="small num">
                                                {move || {
                                                    score
                                                        .map_or_else(
                                                            || "—".to_owned(),
                                                            |score| {
                                                                number::percent(language.get(), score, 0)
                                                            },
                                                        )
                                                }}
                                            </span>
                                            <Bar share=Signal::stored(score.unwrap_or(0.0)) />
                                        </li>
                                    }
                                })
                                .collect_view()}
                        </ul>
                        <p class="small muted num">
                            {say(move |language| {
                                words::assessment_at(
                                    language,
                                    device::date_time(language, submitted_ms),
                                )
                            })}
                        </p>
                    }
                        .into_any()
                }
            }}
        </Card>
    }
}

#[component]
fn Context(overview: SchoolOverview, id: OrganisationId) -> impl IntoView {
    view! {
        <Card title=words::context>
            {match overview.context {
                None => view! { <p class="muted">{say(words::context_none)}</p> }.into_any(),
                Some(context) => {
                    let (index, known, year) = (context.index, context.known, context.year);
                    let group = context.group;
                    view! {
                        <p class="school-figure num">
                            {say(move |language| {
                                index
                                    .map_or_else(
                                        || "—".to_owned(),
                                        |index| number::decimal(language, index, 2),
                                    )
                            })}
                        </p>
                        <p class="small">
                            {say(move |language| match &group {
                                Some(group) => context_words::group_name(language, group),
                                None => context_words::group_none(language).to_owned(),
                            })}
                        </p>
                        <p class="small muted num">
                            {say(move |language| {
                                format!("{year} · {}", words::context_known(language, known))
                            })}
                        </p>
                    }
                        .into_any()
                }
            }} {way(api::work::school_context(id), words::open_context)}
        </Card>
    }
}

#[component]
fn Risks(overview: SchoolOverview, id: OrganisationId) -> impl IntoView {
    let [s, w, o, t] = overview.swot;
    let is_empty = overview.risks.is_empty();
    view! {
        <Card title=words::topics>
            {is_empty.then(|| view! { <p class="muted">{say(words::topics_none)}</p> })}
            <ul class="school-topics">
                {overview
                    .risks
                    .into_iter()
                    .map(|risk| view! { <li>{say_text(risk.title)}</li> })
                    .collect_view()}
            </ul>
            <p class="small muted num">
                {say(move |language| {
                    let line = words::swot_line(language, s, w, o, t);
                    format!("{}: {line}", words::swot(language))
                })}
            </p>
            {way(api::work::school_profile(id), words::open_profile)}
        </Card>
    }
}

#[component]
fn Changes(overview: SchoolOverview, id: OrganisationId) -> impl IntoView {
    let [running, done] = overview.changes;
    view! {
        <Card title=words::changes>
            <p class="num first-capital">
                {say(move |language| words::changes_line(language, running, done))}
            </p>
            {way(api::work::school_changes(id), words::open_changes)}
        </Card>
    }
}
