//! One procedure: what it is about, its events by school, and what was planned at once.

use std::collections::BTreeMap;

use api::access::permission::Permission;
use api::id::ProcedureId;
use api::procedures::batch::Batch;
use api::procedures::event::Event;
use api::procedures::procedure::{Brings, CatalogueEntry, Procedure, ProcedureCatalogue};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::plan::{days_of, grades_of, subjects_of};
use crate::client::{Failure, use_client};
use crate::components::{
    Dialog, Doing, DoingFailure, EmptyState, EventLink, Glyph, Icon, Loaded, TableFrame, today,
    use_toasts,
};
use crate::device;
use crate::language::{label, say, say_text, use_language};
use crate::model::collate;
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::observation::staffing;
use crate::text::procedures::plan as words;
use crate::text::{Language, number};

/// What the page shows.
#[derive(Clone, PartialEq)]
struct Shown {
    procedure: Procedure,
    catalogue: ProcedureCatalogue,
    events: Vec<Event>,
    batches: Vec<Batch>,
}

/// A procedure.
#[component]
pub fn ProcedurePage() -> impl IntoView {
    set_title(words::procedure);
    let client = use_client();
    let session = use_session();
    let params = use_params_map();
    let asked = Memo::new(move |_| {
        params.with(|params| params.get("procedure")?.parse::<ProcedureId>().ok())
    });
    let changes = RwSignal::new(0_u32);
    let shown = LocalResource::new(move || {
        client.epoch.track();
        changes.track();
        let asked = asked.get();
        let may_plan = session.may_everywhere(Permission::EventCreate);
        let may_see = session.may(Permission::EventRead);
        async move {
            let id = asked.ok_or(Failure::Unreadable { status: 404 })?;
            let procedure = client.get(&api::paths::procedure(id)).await?;
            let catalogue = client.get(api::paths::PROCEDURE_CATALOGUE).await?;
            let events = match may_see {
                true => {
                    client
                        .get(&format!("{}?procedure={id}", api::paths::EVENTS))
                        .await?
                }
                false => Vec::new(),
            };
            let batches = match may_plan {
                true => client.get(&api::paths::of_procedure(id, "batches")).await?,
                false => Vec::new(),
            };
            Ok::<_, Failure>(Shown {
                procedure,
                catalogue,
                events,
                batches,
            })
        }
    });
    view! {
        <main class="page" id="main">
            <p>
                <a class="button quiet" href=api::work::PROCEDURES>
                    <Icon glyph=Glyph::ArrowLeft />
                    {say(words::to_plan)}
                </a>
            </p>
            <Loaded
                resource=shown
                view=move |shown| view! { <Whole shown=shown changes=changes /> }
            />
        </main>
    }
}

#[component]
fn Whole(shown: Shown, changes: RwSignal<u32>) -> impl IntoView {
    let session = use_session();
    let Shown {
        procedure,
        catalogue,
        events,
        batches,
    } = shown;
    let id = procedure.id;
    let entry = catalogue
        .entries
        .iter()
        .find(|entry| entry.id == procedure.plan.entry)
        .cloned();
    let is_held = entry
        .as_ref()
        .is_none_or(|entry| entry.brings != Brings::Figures);
    let may_plan = session.may_everywhere(Permission::EventCreate);
    let is_empty = events.is_empty();
    let window = procedure.window.clone();
    let plan_events = move || {
        view! {
            <a class="button primary" href=api::work::new_events(id)>
                {say(words::plan_events)}
            </a>
        }
    };
    view! {
        <div class="page-head">
            <div>
                <h1>{say_text(procedure.title.clone())}</h1>
                <p class="muted">
                    {say(move |l| words::level(l, procedure.level))} " · "
                    <span class="num">{say(move |l| days_of(l, &window))}</span>
                </p>
            </div>
            {may_plan
                .then(|| {
                    view! {
                        <div class="actions">
                            <a class="button" href=api::work::procedure_edit(id)>
                                {say(words::edit)}
                            </a>
                            {(is_held && !is_empty).then(plan_events)}
                        </div>
                    }
                })}
        </div>
        <Facts procedure=procedure catalogue=catalogue entry=entry />
        {if !is_held {
            view! { <p class="muted">{say(words::only_figures)}</p> }.into_any()
        } else if is_empty {
            view! {
                <EmptyState
                    title=label(words::no_events_title)
                    text=label(words::no_events_text)
                />
                {may_plan.then(|| view! { <p>{plan_events()}</p> })}
            }
                .into_any()
        } else {
            view! { <Events events=events /> }.into_any()
        }}
        {(!batches.is_empty()).then(|| view! { <Batches batches=batches changes=changes /> })}
    }
}

#[component]
fn Facts(
    procedure: Procedure,
    catalogue: ProcedureCatalogue,
    entry: Option<CatalogueEntry>,
) -> impl IntoView {
    let plan = procedure.plan;
    let checklist = plan.checklist.as_ref().and_then(|id| {
        let found = catalogue.checklists.iter().find(|one| one.id == *id);
        found.map(|one| one.title.clone())
    });
    let (codes, names, grades) = (plan.subjects, catalogue.subjects, plan.grades);
    let parts_of = |language: Language, entry: &CatalogueEntry| {
        let names: Vec<String> = entry
            .parts
            .iter()
            .map(|part| staffing::part(language, *part).to_lowercase())
            .collect();
        names.join(", ")
    };
    let of_entry = entry.map(|entry| {
        let (title, frequency) = (entry.title.clone(), entry.frequency.clone());
        let is_held = entry.brings != Brings::Figures;
        view! {
            <div>
                <dt>{say(words::entry)}</dt>
                <dd>{say_text(title)} ", " {say_text(frequency)}</dd>
            </div>
            {is_held
                .then(|| {
                    view! {
                        <div>
                            <dt>{say(words::parts)}</dt>
                            <dd>{say(move |l| parts_of(l, &entry))}</dd>
                        </div>
                    }
                })}
        }
    });
    view! {
        <dl class="facts">
            <div>
                <dt>{say(words::subjects)}</dt>
                <dd>{say(move |l| subjects_of(l, &codes, &names))}</dd>
            </div>
            <div>
                <dt>{say(words::grades)}</dt>
                <dd class="num">{say(move |l| grades_of(l, &grades))}</dd>
            </div>
            {of_entry}
            <div>
                <dt>{say(words::checklist)}</dt>
                <dd>
                    {match checklist {
                        Some(title) => view! { {say_text(title)} }.into_any(),
                        None => view! { {say(words::checklist_of_kind)} }.into_any(),
                    }}
                </dd>
            </div>
        </dl>
    }
}

/// Events school by school.
#[component]
fn Events(events: Vec<Event>) -> impl IntoView {
    let mut schools: BTreeMap<_, (String, Vec<Event>)> = BTreeMap::new();
    for event in events {
        schools
            .entry(event.organisation)
            .or_insert_with(|| (event.organisation_name.clone(), Vec::new()))
            .1
            .push(event);
    }
    let mut schools: Vec<(String, Vec<Event>)> = schools.into_values().collect();
    schools.sort_by(|one, other| collate::compare(&one.0, &other.0));
    for (_, events) in &mut schools {
        events.sort_by_key(|event| (event.grade, event.class.clone(), event.date.clone()));
    }
    let label = label(words::events);
    let line = move |event: Event| {
        let (id, what) = (event.id, event.clone());
        let name = say(move |l| {
            let class = words::class(l, what.grade, &what.class);
            format!("{}, {class}", what.subject_name.in_language(l))
        });
        let when = say(move |l| when_of(l, &event));
        view! {
            <li>
                <EventLink event=id>{name}</EventLink>
                " "
                <span class="small muted num">{when}</span>
            </li>
        }
    };
    view! {
        <section class="stack">
            <h2>{say(words::events)}</h2>
            <TableFrame label=label>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::school)}</th>
                            <th scope="col">{say(words::events)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {schools
                            .into_iter()
                            .map(|(name, events)| {
                                view! {
                                    <tr>
                                        <th scope="row">{name}</th>
                                        <td>
                                            <ul class="plan-events">
                                                {events.into_iter().map(line).collect_view()}
                                            </ul>
                                        </td>
                                    </tr>
                                }
                            })
                            .collect_view()}
                    </tbody>
                </table>
            </TableFrame>
        </section>
    }
}

/// When an event is, or between which days its school chooses.
fn when_of(language: Language, event: &Event) -> String {
    if event.cancelled {
        return words::cancelled(language).to_owned();
    }
    match &event.open_days {
        Some([first, last]) => words::school_chooses(
            language,
            number::date(language, first),
            number::date(language, last),
        ),
        None => format!(
            "{}, {}",
            number::near_day(language, &event.date, &today()),
            event.start
        ),
    }
}

#[component]
fn Batches(batches: Vec<Batch>, changes: RwSignal<u32>) -> impl IntoView {
    view! {
        <section class="stack tight">
            <h2>{say(words::batches)}</h2>
            <ul class="people-lines">
                {batches
                    .into_iter()
                    .map(|batch| view! { <BatchLine batch=batch changes=changes /> })
                    .collect_view()}
            </ul>
        </section>
    }
}

#[component]
fn BatchLine(batch: Batch, changes: RwSignal<u32>) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let toasts = use_toasts();
    let doing = Doing::new();
    let asks = RwSignal::new(false);
    let (id, at_ms, touched) = (batch.id, batch.at_ms, batch.touched > 0);
    let is_undone = batch.undone_ms.is_some();
    let name = batch.person_name.clone();
    let told = StoredValue::new(batch);
    let what = move |l: Language| {
        told.with_value(|batch| {
            let subject = batch.subject_name.in_language(l);
            let count = words::planned(l, u64::from(batch.planned));
            let grades = grades_of(l, &batch.grades);
            format!("{count}: {subject}, {grades}, {}", days_of(l, &batch.days))
        })
    };
    let undo = move |_| {
        doing.run(
            async move { client.delete::<Batch>(&api::paths::batch(id)).await },
            move |_| {
                asks.set(false);
                toasts.say(words::undone_done(language.get_untracked()));
                changes.update(|count| *count += 1);
            },
        );
    };
    let title = label(words::undo_title);
    view! {
        <li class="people-line">
            <div>
                <p class="num">
                    {say(what)}
                    {is_undone
                        .then(|| view! { " " <span class="tag calm">{say(words::undone)}</span> })}
                </p>
                <p class="small muted num">
                    {say(move |l| words::planned_by(l, &name, device::date_time(l, at_ms)))}
                </p>
                {(touched && !is_undone)
                    .then(|| view! { <p class="small muted">{say(words::touched)}</p> })}
            </div>
            {(!touched && !is_undone)
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="button quiet"
                            aria-label=say(move |l| words::undo_of(l, what(l)))
                            on:click=move |_| asks.set(true)
                        >
                            {say(words::undo)}
                        </button>
                        <Dialog open=asks title=title>
                            <div class="stack">
                                <p>{say(words::undo_text)}</p>
                                <DoingFailure doing=doing />
                                <div class="actions">
                                    <button
                                        type="button"
                                        class="button danger"
                                        disabled=move || doing.busy.get()
                                        on:click=undo
                                    >
                                        {say(words::undo)}
                                    </button>
                                    <button
                                        type="button"
                                        class="button"
                                        on:click=move |_| asks.set(false)
                                    >
                                        {say(words::undo_keep)}
                                    </button>
                                </div>
                            </div>
                        </Dialog>
                    }
                })}
        </li>
    }
}
