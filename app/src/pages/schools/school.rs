//! One school: passport, its row of the map, its forms, its history.

use api::access::permission::Permission;
use api::forms::submission::SubmissionLabel;
use api::id::OrganisationId;
use api::observation::day::ObservationIndex;
use api::registry::organisation::Organisation;
use api::results::heat_map::{CellState, HeatMap};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::client::{Failure, use_client};
use crate::components::state_tag::state_class;
use crate::components::{Glyph, Icon, Loaded};
use crate::device;
use crate::language::{say, say_text, use_language};
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::observation::day;
use crate::text::registry::organisation;
use crate::text::schools::school as words;
use crate::text::{Language, common, number};

/// A school: passport, its row of the map, sheets.
#[component]
pub fn SchoolPage() -> impl IntoView {
    set_title(words::title);
    let parameters = use_params_map();
    let asked = Memo::new(move |_| {
        parameters.with(|parameters| {
            parameters
                .get("organisation")?
                .parse::<OrganisationId>()
                .ok()
        })
    });
    view! {
        <main class="page" id="main">
            <p>
                <a class="button quiet" href=api::work::SCHOOLS>
                    <Icon glyph=Glyph::ArrowLeft />
                    {say(words::to_list)}
                </a>
            </p>
            {move || match asked.get() {
                Some(school) => view! { <School id=school /> }.into_any(),
                None => view! { <h1>{say(common::not_found_title)}</h1> }.into_any(),
            }}
        </main>
    }
}

/// The reader's own school.
#[component]
pub fn OwnSchoolPage() -> impl IntoView {
    set_title(words::title);
    let session = use_session();
    let own = Memo::new(move |_| session.own_organisation());
    view! {
        <main class="page" id="main">
            {move || match own.get() {
                Some(school) => view! { <School id=school /> }.into_any(),
                None => {
                    view! {
                        <h1>{say(words::title)}</h1>
                        <p class="muted">{say(crate::text::schools::profile::own_school_none)}</p>
                        <p>
                            <a class="button" href=api::work::SCHOOLS>
                                {say(words::to_list)}
                            </a>
                        </p>
                    }
                        .into_any()
                }
            }}
        </main>
    }
}

#[component]
fn School(id: OrganisationId) -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let school = LocalResource::new(move || {
        client.epoch.track();
        async move {
            client
                .get::<Organisation>(&api::paths::organisation(id))
                .await
        }
    });
    view! {
        <Loaded
            resource=school
            view=|school: Organisation| {
                let name = school.short_name.clone();
                set_title(move |_| name.clone());
                view! { <Passport school=school /> }
            }
        />
        {session.may(Permission::ProfileRead).then(|| view! { <super::overview::Overview id=id /> })}
        {session.may(Permission::CellRead).then(|| view! { <super::dynamics::Dynamics id=id /> })}
        {session.may(Permission::HeatMapRead).then(|| view! { <Row id=id /> })}
        {session.may(Permission::DayRead).then(|| view! { <Observation id=id /> })}
        {session.may(Permission::SubmissionRead).then(|| view! { <Forms id=id /> })}
    }
}

#[component]
fn Passport(school: Organisation) -> impl IntoView {
    let language = use_language();
    let may_change = use_session().may_everywhere(Permission::OrganisationUpdate);
    let (kind, cluster, is_small) = (school.kind, school.cluster, school.small_school);
    let (pupils, capacity) = (u64::from(school.pupils), school.capacity.map(u64::from));
    let fact = move |name: fn(Language) -> &'static str, value: AnyView| {
        view! {
            <div>
                <dt>{say(name)}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    view! {
        <div>
            <h1>{school.short_name}</h1>
            {may_change
                .then(|| {
                    view! {
                        <p>
                            <a class="button" href=api::work::school_edit(school.id)>
                                {say(organisation::edit)}
                            </a>
                        </p>
                    }
                })}
            <p class="muted text">{school.name}</p>
            <p class="small muted first-capital">
                {say(move |language| common::organisation_kind(language, kind))}
                {is_small.then(|| view! { " · " {say(words::small)} })}
            </p>
        </div>
        <dl class="passport num">
            {fact(words::settlement, school.settlement.into_any())}
            {fact(
                words::pupils,
                view! { {move || number::count(language.get(), pupils)} }.into_any(),
            )}
            {capacity
                .map(|capacity| {
                    fact(
                        words::capacity,
                        view! { {move || number::count(language.get(), capacity)} }.into_any(),
                    )
                })}
            {fact(words::grades, super::grades(&school.grades).into_any())}
            {fact(
                words::cluster,
                view! { {say(move |language| common::cluster(language, cluster))} }.into_any(),
            )} {fact(words::code, school.code.into_any())}
        </dl>
        {(!school.history.is_empty())
            .then(|| {
                view! {
                    <section class="stack tight">
                        <h2>{say(words::history)}</h2>
                        <ul class="plain-list">
                            {school
                                .history
                                .into_iter()
                                .map(|change| {
                                    let line = say(move |language| {
                                        let date = number::date(language, &change.date);
                                        let what = words::change(language, &change.kind);
                                        let order = change.order_reference.clone();
                                        [Some(date), Some(what.to_owned()), order]
                                            .into_iter()
                                            .flatten()
                                            .collect::<Vec<_>>()
                                            .join(" · ")
                                    });
                                    view! { <li class="num">{line}</li> }
                                })
                                .collect_view()}
                        </ul>
                    </section>
                }
            })}
    }
}

/// The school's row of the newest map.
#[component]
fn Row(id: OrganisationId) -> impl IntoView {
    let client = use_client();
    let map = LocalResource::new(move || {
        client.epoch.track();
        async move { client.get::<HeatMap>(api::paths::HEAT_MAP).await }
    });
    view! {
        <section class="stack tight">
            <h2>{say(words::row)}</h2>
            <Loaded resource=map view=move |map| view! { <RowCells map=map id=id /> } />
        </section>
    }
}

#[component]
fn RowCells(map: HeatMap, id: OrganisationId) -> impl IntoView {
    let language = use_language();
    let (procedure, year) = (map.procedure, map.year);
    let cells: Vec<_> = map
        .rows
        .into_iter()
        .find(|row| row.organisation == id)
        .map(|row| row.cells)
        .unwrap_or_default()
        .into_iter()
        .zip(map.columns)
        .filter(|(cell, _)| cell.state != CellState::NoData)
        .map(|(cell, column)| {
            let href = api::work::cell(id, year, &column.subject, column.grade);
            let (subject, grade) = (column.subject_name, column.grade);
            let (state, n) = (cell.state, u64::from(cell.n));
            view! {
                <li>
                    <a href=href>
                        <span>
                            {say(move |language| {
                                common::subject_grade(language, subject.in_language(language), grade)
                            })}
                        </span>
                        <span class=format!("strip-cell num {}", state_class(state))>
                            <span class="n">{move || number::count(language.get(), n)}</span>
                            <span class="hidden-visually">
                                {say(move |language| common::state(language, state))}
                            </span>
                        </span>
                    </a>
                </li>
            }
        })
        .collect();
    if cells.is_empty() {
        return view! { <p class="muted">{say(words::row_none)}</p> }.into_any();
    }
    view! {
        <p class="small muted num">
            {say(move |language| {
                words::row_note(language, common::procedure(language, procedure), year)
            })}
        </p>
        <ul class="strip">{cells}</ul>
    }
    .into_any()
}

/// The observation index of the school with its events.
#[component]
fn Observation(id: OrganisationId) -> impl IntoView {
    let client = use_client();
    let index = LocalResource::new(move || {
        client.epoch.track();
        async move {
            match client
                .get::<ObservationIndex>(api::paths::OBSERVATION_INDEX)
                .await
            {
                // A role that may not read it sees a page without it.
                Err(Failure::Problem(problem)) if problem.status == 403 => Ok(None),
                answer => answer.map(Some),
            }
        }
    });
    view! {
        <Loaded
            resource=index
            view=move |index| index.map(|index| view! { <ObservedEvents index=index id=id /> })
        />
    }
}

#[component]
fn ObservedEvents(index: ObservationIndex, id: OrganisationId) -> impl IntoView {
    let own = index
        .schools
        .into_iter()
        .find(|school| school.organisation == id);
    view! {
        <section class="stack tight">
            <h2>{say(day::index_title)}</h2>
            {match own {
                None => view! { <p class="muted">{say(day::index_none)}</p> }.into_any(),
                Some(own) => {
                    let mean = own.index;
                    view! {
                        <p class="num">
                            <b>
                                {say(move |language| {
                                    day::index_school(language, number::percent(language, mean, 0))
                                })}
                            </b>
                        </p>
                        <p class="small muted text">{say(day::index_note)}</p>
                        <ul class="plain-list num">
                            {own
                                .events
                                .into_iter()
                                .map(|event| {
                                    say(move |language| {
                                        let critical = if event.critical == 0 {
                                            day::index_clean(language).to_owned()
                                        } else {
                                            day::index_critical(language, u64::from(event.critical))
                                        };
                                        [
                                            number::date(language, &event.date),
                                            common::subject_grade(
                                                language,
                                                event.subject_name.in_language(language),
                                                event.grade,
                                            ),
                                            number::percent(language, event.index, 0),
                                            critical,
                                        ]
                                            .join(" · ")
                                    })
                                })
                                .map(|line| view! { <li>{line}</li> })
                                .collect_view()}
                        </ul>
                    }
                        .into_any()
                }
            }}
        </section>
    }
}

/// Forms filled at or about the school.
#[component]
fn Forms(id: OrganisationId) -> impl IntoView {
    let client = use_client();
    let forms = LocalResource::new(move || {
        client.epoch.track();
        async move {
            client
                .get::<Vec<SubmissionLabel>>(api::paths::SUBMISSIONS)
                .await
        }
    });
    view! {
        <section class="stack tight">
            <h2>{say(words::sheets)}</h2>
            <Loaded
                resource=forms
                view=move |forms| {
                    let own: Vec<SubmissionLabel> = Vec::into_iter(forms)
                        .filter(|form: &SubmissionLabel| form.heading.organisation == id)
                        .collect();
                    view! { <FormList forms=own /> }
                }
            />
        </section>
    }
}

#[component]
fn FormList(forms: Vec<SubmissionLabel>) -> impl IntoView {
    if forms.is_empty() {
        return view! { <p class="muted">{say(words::sheets_none)}</p> }.into_any();
    }
    view! {
        <ul class="side-list">
            {forms
                .into_iter()
                .map(|form| {
                    let submitted_ms = form.submitted_ms;
                    let date = form.heading.date;
                    view! {
                        <li>
                            <a class="side-entry" href=api::work::submission(form.id)>
                                <span class="side-swatch live-running">
                                    <Icon glyph=Glyph::List />
                                </span>
                                <span>
                                    <b>{say_text(form.heading.title)}</b>
                                    <span class="small muted num">
                                        {say(move |language| {
                                            let date = number::date(language, &date);
                                            let state = match submitted_ms {
                                                Some(at_ms) => {
                                                    words::sheet_submitted(
                                                        language,
                                                        device::date_time(language, at_ms),
                                                    )
                                                }
                                                None => words::sheet_draft(language).to_owned(),
                                            };
                                            [date, state].join(" · ")
                                        })}
                                    </span>
                                </span>
                            </a>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
    .into_any()
}
