//! The plan of a school year: its procedures, and what they cover.

use api::access::permission::Permission;
use api::procedures::procedure::{Procedure, ProcedureCatalogue, SubjectName};
use leptos::prelude::*;

use crate::client::{Failure, use_client};
use crate::components::{EmptyState, Loaded, PageHead, TableFrame};
use crate::device;
use crate::language::{label, say, say_text, use_language};
use crate::model::coverage::{GRADES, coverage};
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::procedures::plan as words;
use crate::text::{Language, number};

/// The plan.
#[component]
pub fn PlanPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let session = use_session();
    let plan = LocalResource::new(move || {
        client.epoch.track();
        async move {
            let procedures = client.get::<Vec<Procedure>>(api::paths::PROCEDURES).await?;
            let catalogue = client
                .get::<ProcedureCatalogue>(api::paths::PROCEDURE_CATALOGUE)
                .await?;
            Ok::<_, Failure>((procedures, catalogue))
        }
    });
    view! {
        <main class="page" id="main">
            <PageHead title=words::title lead=label(words::lead)>
                <Show when=move || session.may_everywhere(Permission::ProcedureCreate)>
                    <a class="button primary" href=api::work::NEW_PROCEDURE>
                        {say(words::new)}
                    </a>
                </Show>
            </PageHead>
            <Loaded
                resource=plan
                view=|(procedures, catalogue)| {
                    view! { <Years procedures=procedures catalogue=catalogue /> }
                }
            />
        </main>
    }
}

/// The year in which the school year of today began.
fn this_year() -> i32 {
    let today = device::iso_date(device::now_ms());
    let part = |range: std::ops::Range<usize>| today.get(range)?.parse::<i32>().ok();
    let (year, month) = (part(0..4).unwrap_or(0), part(5..7).unwrap_or(9));
    year - i32::from(month < 9)
}

#[component]
fn Years(procedures: Vec<Procedure>, catalogue: ProcedureCatalogue) -> AnyView {
    let language = use_language();
    let session = use_session();
    if procedures.is_empty() {
        let may_plan = session.may_everywhere(Permission::ProcedureCreate);
        let text = if may_plan {
            words::empty_text
        } else {
            words::empty_reader
        };
        return view! {
            <EmptyState
                title=label(words::empty_title)
                text=Signal::derive(move || text(language.get()).to_owned())
            />
        }
        .into_any();
    }
    let this = this_year();
    let mut years: Vec<i32> = procedures.iter().map(|one| one.school_year).collect();
    let is_now = years.contains(&this);
    years.push(this);
    years.sort_unstable();
    years.dedup();
    let ahead = years.iter().copied().find(|year| *year > this);
    let first = match (is_now, ahead) {
        (false, Some(ahead)) => ahead,
        _ => this,
    };
    let shown = RwSignal::new(first);
    let all = StoredValue::new(procedures);
    let subjects = StoredValue::new(catalogue.subjects);
    let of_year = move |year: i32| {
        all.with_value(|all| {
            let mut found: Vec<Procedure> = all
                .iter()
                .filter(|one| one.school_year == year)
                .cloned()
                .collect();
            found.sort_by(|one, other| one.window.cmp(&other.window));
            found
        })
    };
    view! {
        <div class="chips" role="group" aria-label=say(words::years)>
            {years
                .into_iter()
                .map(|year| {
                    view! {
                        <button
                            type="button"
                            class="chip num"
                            aria-pressed=move || (shown.get() == year).to_string()
                            on:click=move |_| shown.set(year)
                        >
                            {words::school_year(year)}
                        </button>
                    }
                })
                .collect_view()}
        </div>
        {move || {
            let procedures = of_year(shown.get());
            let names = subjects.get_value();
            if procedures.is_empty() {
                view! { <p class="muted">{say(words::year_empty)}</p> }.into_any()
            } else {
                view! {
                    <Table procedures=procedures.clone() subjects=names.clone() />
                    <Coverage procedures=procedures subjects=names />
                }
                    .into_any()
            }
        }}
    }
    .into_any()
}

/// Names of these subjects in a row.
pub(super) fn subjects_of(language: Language, codes: &[String], names: &[SubjectName]) -> String {
    if codes.is_empty() {
        return words::any_subject(language).to_owned();
    }
    let named: Vec<&str> = names
        .iter()
        .filter(|one| codes.contains(&one.code))
        .map(|one| one.name.in_language(language))
        .collect();
    named.join(", ")
}

/// Grades in a row, neighbours drawn together: `4–8, 10`.
pub(super) fn grades_of(language: Language, grades: &[u8]) -> String {
    if grades.is_empty() {
        return words::any_subject(language).to_owned();
    }
    let mut runs: Vec<(u8, u8)> = Vec::new();
    for grade in grades {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *grade => *last = *grade,
            _ => runs.push((*grade, *grade)),
        }
    }
    let told: Vec<String> = runs
        .into_iter()
        .map(|(first, last)| match first == last {
            true => first.to_string(),
            false => format!("{first}–{last}"),
        })
        .collect();
    told.join(", ")
}

/// First and last day, or the only one.
pub(super) fn days_of(language: Language, days: &[String; 2]) -> String {
    let [first, last] = days.each_ref().map(|day| number::date(language, day));
    match first == last {
        true => first,
        false => words::span(language, first, last),
    }
}

#[component]
fn Table(procedures: Vec<Procedure>, subjects: Vec<SubjectName>) -> impl IntoView {
    let label = label(words::title);
    // Procedures come by their first day: those of a month stand together.
    let mut months: Vec<(String, Vec<Procedure>)> = Vec::new();
    for one in procedures {
        let month = one.window[0].get(..7).unwrap_or_default().to_owned();
        match months.last_mut() {
            Some((last, of_month)) if *last == month => of_month.push(one),
            _ => months.push((month, vec![one])),
        }
    }
    let row = move |one: Procedure| {
        let names = subjects.clone();
        let (codes, grades, window) = (one.plan.subjects, one.plan.grades, one.window);
        view! {
            <tr>
                <th scope="row">
                    <a href=api::work::procedure(one.id)>{say_text(one.title)}</a>
                    <span class="small muted people-under">
                        {say(move |l| words::level(l, one.level))}
                    </span>
                </th>
                <td class="num">{say(move |l| days_of(l, &window))}</td>
                <td>{say(move |l| subjects_of(l, &codes, &names))}</td>
                <td class="num">{say(move |l| grades_of(l, &grades))}</td>
                <td class="num end">{one.events}</td>
            </tr>
        }
    };
    let groups = months
        .into_iter()
        .map(|(month, of_month)| {
            view! {
                <tbody>
                    <tr class="plan-month">
                        <th colspan="5" scope="rowgroup">
                            {say(move |l| number::month(l, &month))}
                        </th>
                    </tr>
                    {of_month.into_iter().map(&row).collect_view()}
                </tbody>
            }
        })
        .collect_view();
    view! {
        <TableFrame label=label>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{say(words::procedure)}</th>
                        <th scope="col">{say(words::days)}</th>
                        <th scope="col">{say(words::subjects)}</th>
                        <th scope="col">{say(words::grades)}</th>
                        <th scope="col" class="end">{say(words::events)}</th>
                    </tr>
                </thead>
                {groups}
            </table>
        </TableFrame>
    }
}

#[component]
fn Coverage(procedures: Vec<Procedure>, subjects: Vec<SubjectName>) -> impl IntoView {
    let rows = coverage(&procedures, &subjects);
    let label = label(words::coverage);
    (!rows.is_empty()).then(|| {
        view! {
            <section class="stack">
                <h2>{say(words::coverage)}</h2>
                <p class="small muted text">{say(words::coverage_lead)}</p>
                <TableFrame label=label>
                    <table class="table num">
                        <thead>
                            <tr>
                                <th scope="col">{say(words::subject)}</th>
                                {GRADES.map(|grade| view! { <th scope="col">{grade}</th> }).collect_view()}
                            </tr>
                        </thead>
                        <tbody>
                            {rows
                                .into_iter()
                                .map(|row| {
                                    view! {
                                        <tr>
                                            <th scope="row">{say_text(row.subject)}</th>
                                            {row
                                                .counts
                                                .into_iter()
                                                .map(|count| match count {
                                                    0 => view! { <td class="faint">"—"</td> }.into_any(),
                                                    count => view! { <td><b>{count}</b></td> }.into_any(),
                                                })
                                                .collect_view()}
                                        </tr>
                                    }
                                })
                                .collect_view()}
                        </tbody>
                    </table>
                </TableFrame>
            </section>
        }
    })
}
