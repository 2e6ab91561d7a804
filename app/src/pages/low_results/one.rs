//! One list: schools by group, each with what its place rests on and a way to help.

use api::id::IdentificationId;
use api::low_result::{Identification, LowProcedure, LowReading, LowSchool, LowStanding};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::rule_line;
use crate::client::{Failure, use_client};
use crate::components::{Glyph, Icon, Loaded};
use crate::device;
use crate::language::{say, say_text, use_language};
use crate::session::{HELPERS, use_session};
use crate::shell::set_title;
use crate::text::low_results as words;

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
        {is_empty.then(|| view! { <p class="text">{say(words::found_none)}</p> })}
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
    let may_help = session.has_role(&HELPERS);
    let named = name.clone();
    view! {
        <li class="low-school">
            <div class="stack tight">
                <a class="low-school-name" href=api::work::school(organisation)>
                    {name}
                </a>
                <ul class="low-works">
                    {procedures
                        .into_iter()
                        .map(|procedure| view! { <Work organisation=organisation procedure=procedure /> })
                        .collect_view()}
                </ul>
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

#[component]
fn Work(organisation: api::id::OrganisationId, procedure: LowProcedure) -> impl IntoView {
    let LowProcedure {
        work,
        subject,
        grade,
        year,
        below,
        pupils,
        reading,
        ..
    } = procedure;
    let class = match reading {
        LowReading::Low => "num",
        LowReading::Unreliable | LowReading::FewPupils => "num muted",
    };
    view! {
        <li>
            <a href=api::work::cell(organisation, year, &subject, grade)>{say_text(work)}</a>
            <span class=class>
                {say(move |language| words::reading(language, reading, below, pupils))}
            </span>
        </li>
    }
}
