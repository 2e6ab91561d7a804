//! One list: schools by group, each with what its place rests on and a way to help.

use api::access::permission::Permission;
use std::collections::{BTreeMap, BTreeSet};

use api::id::{IdentificationId, OrganisationId};
use api::results::low_result::{Identification, LowProcedure, LowReading, LowSchool, LowStanding};
use api::text::Text;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::rule_line;
use crate::client::{Failure, use_client};
use crate::components::{Glyph, Icon, Loaded};
use crate::device;
use crate::language::{say, say_text, use_language};
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::number;
use crate::text::results::low_results as words;

/// A list on its own page.
#[component]
pub fn LowResultPage() -> impl IntoView {
    set_title(words::title);
    let parameters = use_params_map();
    let asked = Memo::new(move |_| {
        parameters.with(|all| all.get("identification")?.parse::<IdentificationId>().ok())
    });
    let client = use_client();
    let found = LocalResource::new(move || {
        client.epoch.track();
        let asked = asked.get();
        async move {
            let id = asked.ok_or(Failure::Unreadable { status: 404 })?;
            client
                .get::<Identification>(&api::paths::low_result(id))
                .await
        }
    });
    view! {
        <main class="page" id="main">
            <p>
                <a class="button quiet" href=api::work::LOW_RESULTS>
                    <Icon glyph=Glyph::ArrowLeft />
                    {say(words::to_all)}
                </a>
            </p>
            <Loaded resource=found view=|found| view! { <Body found=found /> } />
        </main>
    }
}

#[component]
fn Body(found: Identification) -> impl IntoView {
    let label = found.label;
    let (year, rule, judged, at_ms) = (label.year, label.rule, label.judged, label.at_ms);
    let author = label.author;
    let has_run = label.run.is_some();
    let is_empty = found.schools.is_empty();
    let groups = [
        LowStanding::RiskGroup,
        LowStanding::Low,
        LowStanding::Unknown,
    ]
    .map(|standing| {
        let own = found.schools.iter();
        let own = own.filter(|school| school.standing == standing);
        (standing, own.cloned().collect::<Vec<_>>())
    });
    view! {
        <div>
            <h1>
                {say(words::title)} ", " {say(move |language| words::year_of(language, year))}
            </h1>
            <p class="text muted num">{say(move |language| rule_line(language, &rule))}</p>
            <p class="small muted num">
                {say(move |language| words::judged(language, u64::from(judged)))} " · "
                {say(move |language| {
                    words::by(language, &author, device::date_time(language, at_ms))
                })}
            </p>
            {(!has_run).then(|| view! { <p class="text">{say(words::no_run)}</p> })}
        </div>
        {if is_empty {
            view! { <p class="text">{say(words::found_none)}</p> }.into_any()
        } else {
            view! { <p class="text small muted">{say(words::chance_note)}</p> }.into_any()
        }}
        {groups
            .into_iter()
            .filter(|(_, schools)| !schools.is_empty())
            .map(|(standing, schools)| view! { <Group standing=standing schools=schools /> })
            .collect_view()}
    }
}

#[component]
fn Group(standing: LowStanding, schools: Vec<LowSchool>) -> impl IntoView {
    let count = schools.len();
    view! {
        <section class="stack tight">
            <h2>
                {say(move |language| words::standing(language, standing))} " "
                <span class="muted num">{count}</span>
            </h2>
            <p class="text muted">
                {say(move |language| words::standing_text(language, standing))}
            </p>
            <ul class="support-list">
                {schools.into_iter().map(|school| view! { <School school=school /> }).collect_view()}
            </ul>
        </section>
    }
}

#[component]
fn School(school: LowSchool) -> impl IntoView {
    let language = use_language();
    let session = use_session();
    let LowSchool {
        organisation,
        name,
        procedures,
        ..
    } = school;
    // The newest low work is what the help is about.
    let cause = procedures
        .iter()
        .rfind(|procedure| procedure.reading == LowReading::Low)
        .cloned();
    let href = api::work::new_support(
        organisation,
        cause
            .as_ref()
            .map(|cause| (cause.year, cause.subject.as_str(), cause.grade)),
        None,
    );
    let may_help = session.may(Permission::SupportCreate);
    let named = name.clone();
    let shown = name.clone();
    view! {
        <li class="low-school">
            <div class="stack tight">
                <a class="low-school-name" href=api::work::school(organisation)>
                    {name}
                </a>
                <Works organisation=organisation name=shown procedures=procedures />
            </div>
            {may_help
                .then(|| {
                    view! {
                        <a
                            class="button low-school-help"
                            href=href
                            aria-label=move || words::help_for(language.get(), &named)
                        >
                            {say(words::help)}
                        </a>
                    }
                })}
        </li>
    }
}

/// A work with what the years say of it.
struct Row {
    work: Text,
    years: BTreeMap<i32, LowProcedure>,
}

/// Works in rows, years in columns: what is low again stands out. Works low in most years come first.
#[component]
fn Works(
    organisation: OrganisationId,
    name: String,
    procedures: Vec<LowProcedure>,
) -> impl IntoView {
    let years: BTreeSet<i32> = procedures.iter().map(|procedure| procedure.year).collect();
    let mut rows: Vec<Row> = Vec::new();
    for procedure in procedures {
        let (work, year) = (procedure.work.clone(), procedure.year);
        match rows.iter_mut().find(|row| row.work == work) {
            Some(row) => drop(row.years.insert(year, procedure)),
            None => rows.push(Row {
                work,
                years: [(year, procedure)].into(),
            }),
        }
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.years.len()));
    let heads: Vec<i32> = years.iter().copied().collect();
    view! {
        <table class="low-works num">
            <caption class="hidden-visually">
                {say(move |language| words::works_caption(language, &name))}
            </caption>
            <thead>
                <tr>
                    <th scope="col">{say(words::work)}</th>
                    {heads.iter().map(|year| view! { <th scope="col">{*year}</th> }).collect_view()}
                </tr>
            </thead>
            <tbody>
                {rows
                    .into_iter()
                    .map(|mut row| {
                        view! {
                            <tr>
                                <th scope="row">{say_text(row.work)}</th>
                                {years
                                    .iter()
                                    .map(|year| {
                                        let procedure = row.years.remove(year);
                                        view! {
                                            <td>
                                                <Figure organisation=organisation procedure=procedure />
                                            </td>
                                        }
                                    })
                                    .collect_view()}
                            </tr>
                        }
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
}

/// What one work of one year says; leads to its cell.
#[component]
fn Figure(organisation: OrganisationId, procedure: Option<LowProcedure>) -> impl IntoView {
    let Some(procedure) = procedure else {
        return view! { <span class="muted">{say(words::not_low)}</span> }.into_any();
    };
    let language = use_language();
    let LowProcedure {
        subject,
        grade,
        year,
        below,
        pupils,
        reading,
        elsewhere,
        may_be_chance,
        ..
    } = procedure;
    let title = move || {
        let language = language.get();
        elsewhere.map(|share| words::reading_title(language, number::percent(language, share, 0)))
    };
    view! {
        <a href=api::work::cell(organisation, year, &subject, grade) title=title>
            {say(move |language| words::reading(language, reading, below, pupils))}
        </a>
        {may_be_chance
            .then(|| view! { <span class="small muted low-chance">{say(words::chance)}</span> })}
    }
    .into_any()
}
