//! Events of a procedure to be planned: classes, day and schools; what comes of it; the confirmation.

use api::id::{BatchId, OrganisationId, ProcedureId};
use api::procedures::batch::{Batch, BatchPreview, NewBatch, SchoolOutline};
use api::procedures::procedure::{Procedure, ProcedureCatalogue};
use api::registry::organisation::{Organisation, OrganisationKind};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use uuid::Uuid;

use super::ticks::Ticks;
use crate::client::{Failure, use_client};
use crate::components::{Doing, DoingFailure, Field, Loaded, Notice, TableFrame, Tone, use_toasts};
use crate::language::{label, say, say_text, use_language};
use crate::model::collate;
use crate::model::coverage::GRADES;
use crate::shell::{replacing, set_title};
use crate::text::procedures::plan as words;
use crate::text::{Language, Wording, common};

/// Usual start of a work.
const USUAL_START: &str = "10:00";
/// Usual duration of a lesson, minutes, where the kind says nothing.
const USUAL_MINUTES: u16 = 45;

/// Planning events.
#[component]
pub fn NewEventsPage() -> impl IntoView {
    set_title(words::new_events);
    let client = use_client();
    let params = use_params_map();
    let asked = Memo::new(move |_| {
        params.with(|params| params.get("procedure")?.parse::<ProcedureId>().ok())
    });
    let found = LocalResource::new(move || {
        client.epoch.track();
        let asked = asked.get();
        async move {
            let id = asked.ok_or(Failure::Unreadable { status: 404 })?;
            let procedure = client.get::<Procedure>(&api::paths::procedure(id)).await?;
            let catalogue = client
                .get::<ProcedureCatalogue>(api::paths::PROCEDURE_CATALOGUE)
                .await?;
            let schools = client
                .get::<Vec<Organisation>>(api::paths::ORGANISATIONS)
                .await?;
            Ok::<_, Failure>((procedure, catalogue, schools))
        }
    });
    view! {
        <main class="page narrow" id="main">
            <Loaded
                resource=found
                view=|(procedure, catalogue, schools)| {
                    let (id, title) = (procedure.id, procedure.title.clone());
                    view! {
                        <div>
                            <p class="small">
                                <a href=api::work::procedure(id)>{say_text(title)}</a>
                            </p>
                            <h1>{say(words::new_events)}</h1>
                            <p class="text muted">{say(words::new_events_lead)}</p>
                        </div>
                        <Steps procedure=procedure catalogue=catalogue schools=schools />
                    }
                }
            />
        </main>
    }
}

/// What is chosen so far.
#[derive(Clone, Copy)]
struct Draft {
    id: BatchId,
    subject: RwSignal<String>,
    grades: RwSignal<Vec<u8>>,
    letters: RwSignal<String>,
    is_window: RwSignal<bool>,
    first: RwSignal<String>,
    last: RwSignal<String>,
    start: RwSignal<String>,
    minutes: RwSignal<String>,
    room: RwSignal<String>,
    schools: RwSignal<Vec<OrganisationId>>,
}

impl Draft {
    fn of(procedure: &Procedure, catalogue: &ProcedureCatalogue) -> Self {
        let plan = &procedure.plan;
        let subject = match plan.subjects.as_slice() {
            [only] => only.clone(),
            _ => String::new(),
        };
        let entry = catalogue
            .entries
            .iter()
            .find(|entry| entry.id == plan.entry);
        let minutes = entry.map_or(USUAL_MINUTES, |entry| entry.minutes);
        Draft {
            id: BatchId(Uuid::now_v7()),
            subject: RwSignal::new(subject),
            grades: RwSignal::new(plan.grades.clone()),
            letters: RwSignal::new(String::new()),
            is_window: RwSignal::new(procedure.window[0] != procedure.window[1]),
            first: RwSignal::new(procedure.window[0].clone()),
            last: RwSignal::new(procedure.window[1].clone()),
            start: RwSignal::new(USUAL_START.to_owned()),
            minutes: RwSignal::new(minutes.to_string()),
            room: RwSignal::new(String::new()),
            schools: RwSignal::new(Vec::new()),
        }
    }

    fn taken(self) -> Result<NewBatch, Wording> {
        let subject = self.subject.get_untracked();
        let mut grades = self.grades.get_untracked();
        grades.sort_unstable();
        let schools = self.schools.get_untracked();
        let minutes = self
            .minutes
            .with_untracked(|typed| typed.trim().parse::<u16>());
        if subject.is_empty() {
            return Err(words::subject_missing);
        }
        if grades.is_empty() {
            return Err(words::grades_missing);
        }
        if schools.is_empty() {
            return Err(words::schools_missing);
        }
        let first = self.first.get_untracked();
        let last = match self.is_window.get_untracked() {
            true => self.last.get_untracked(),
            false => first.clone(),
        };
        if first.is_empty() || last.is_empty() {
            return Err(words::dates_missing);
        }
        Ok(NewBatch {
            id: self.id,
            schools,
            subject,
            grades,
            letters: self.letters.with_untracked(|typed| {
                typed
                    .split([',', ';', ' '])
                    .map(str::trim)
                    .filter(|letter| !letter.is_empty())
                    .map(str::to_owned)
                    .collect()
            }),
            days: [first, last],
            start: self.start.get_untracked(),
            duration_minutes: minutes.map_err(|_| words::minutes_wrong as Wording)?,
            room: self.room.get_untracked(),
        })
    }
}

/// The form, then what comes of it; what was chosen stays while one goes back and forth.
#[component]
fn Steps(
    procedure: Procedure,
    catalogue: ProcedureCatalogue,
    schools: Vec<Organisation>,
) -> impl IntoView {
    let client = use_client();
    let doing = Doing::new();
    let trouble = RwSignal::new(None::<Wording>);
    let preview = RwSignal::new(None::<(NewBatch, BatchPreview)>);
    let draft = Draft::of(&procedure, &catalogue);
    let id = procedure.id;
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let new = match draft.taken() {
            Ok(new) => new,
            Err(what) => {
                trouble.set(Some(what));
                return;
            }
        };
        trouble.set(None);
        let path = api::paths::of_procedure(id, "batches/preview");
        let body = new.clone();
        doing.run(
            async move { client.post::<BatchPreview>(&path, &body).await },
            move |found| preview.set(Some((new, found))),
        );
    };
    view! {
        <form
            class="stack loose"
            on:submit=send
            novalidate
            hidden=move || preview.with(Option::is_some)
        >
            <Whom draft=draft procedure=procedure catalogue=catalogue />
            <When draft=draft />
            <Where draft=draft schools=schools />
            {move || {
                trouble
                    .get()
                    .map(|what| {
                        view! {
                            <Notice tone=Tone::Danger>
                                <p>{say(what)}</p>
                            </Notice>
                        }
                    })
            }}
            <DoingFailure doing=doing />
            <p>
                <button type="submit" class="button primary" disabled=move || doing.busy.get()>
                    {say(words::check)}
                </button>
            </p>
        </form>
        {move || {
            preview
                .get()
                .map(|(new, found)| {
                    view! { <Outcome id=id new=new found=found preview=preview /> }
                })
        }}
    }
}

#[component]
fn Whom(draft: Draft, procedure: Procedure, catalogue: ProcedureCatalogue) -> impl IntoView {
    let plan = procedure.plan;
    let subjects = catalogue
        .subjects
        .into_iter()
        .filter(|subject| plan.subjects.is_empty() || plan.subjects.contains(&subject.code))
        .map(|subject| {
            let code = subject.code.clone();
            view! {
                <option
                    value=subject.code
                    selected=move || draft.subject.with(|chosen| *chosen == code)
                >
                    {say_text(subject.name)}
                </option>
            }
        })
        .collect_view();
    let grades = GRADES
        .filter(|grade| plan.grades.is_empty() || plan.grades.contains(grade))
        .map(|grade| (grade, Signal::derive(move || grade.to_string())))
        .collect::<Vec<_>>();
    view! {
        <section class="stack">
            <h2>{say(words::whom)}</h2>
            <div class="field">
                <label for="events-subject">{say(words::subject)}</label>
                <select
                    class="input"
                    id="events-subject"
                    on:change:target=move |event| draft.subject.set(event.target().value())
                >
                    <option value="" disabled selected=move || draft.subject.with(String::is_empty)>
                        {say(words::subject_missing)}
                    </option>
                    {subjects}
                </select>
            </div>
            <Ticks legend=words::grades choices=grades chosen=draft.grades />
            <Field
                id="events-letters"
                label=label(words::letters)
                hint=label(words::letters_hint)
                value=draft.letters
            />
        </section>
    }
}

#[component]
fn When(draft: Draft) -> impl IntoView {
    let language = use_language();
    let choice = move |is_window: bool, name: Wording| {
        view! {
            <label class="chip">
                <input
                    type="radio"
                    name="events-day"
                    prop:checked=move || draft.is_window.get() == is_window
                    on:change=move |_| draft.is_window.set(is_window)
                />
                {say(name)}
            </label>
        }
    };
    let first = Signal::derive(move || match draft.is_window.get() {
        true => words::first(language.get()).to_owned(),
        false => words::day(language.get()).to_owned(),
    });
    view! {
        <section class="stack">
            <h2>{say(words::when)}</h2>
            <fieldset class="field">
                <legend class="hidden-visually">{say(words::when)}</legend>
                <div class="chips">
                    {choice(false, words::day_fixed)} {choice(true, words::day_window)}
                </div>
            </fieldset>
            <Field id="events-first" label=first value=draft.first kind="date" />
            <Show when=move || draft.is_window.get()>
                <Field id="events-last" label=label(words::last) value=draft.last kind="date" />
            </Show>
            <Field id="events-start" label=label(words::start) value=draft.start kind="time" />
            <Field
                id="events-minutes"
                label=label(words::minutes)
                value=draft.minutes
                kind="number"
            />
            <Field
                id="events-room"
                label=label(words::room)
                hint=label(words::room_hint)
                value=draft.room
            />
        </section>
    }
}

#[component]
fn Where(draft: Draft, schools: Vec<Organisation>) -> impl IntoView {
    let language = use_language();
    let mut schools = schools;
    schools.sort_by(|one, other| collate::compare(&one.short_name, &other.short_name));
    let mut kinds: Vec<OrganisationKind> = Vec::new();
    for school in &schools {
        if !kinds.contains(&school.kind) {
            kinds.push(school.kind);
        }
    }
    let all = StoredValue::new(schools);
    // Only schools that teach one of the grades can be chosen.
    let taught = Memo::new(move |_| {
        let grades = draft.grades.get();
        all.with_value(|all| {
            all.iter()
                .filter(|school| school.grades.iter().any(|grade| grades.contains(grade)))
                .map(|school| school.id)
                .collect::<Vec<_>>()
        })
    });
    Effect::new(move |_| {
        let taught = taught.get();
        draft
            .schools
            .update(|chosen| chosen.retain(|id| taught.contains(id)));
    });
    let of_kind = move |kind: Option<OrganisationKind>| {
        taught.with_untracked(|taught| {
            all.with_value(|all| {
                all.iter()
                    .filter(|school| taught.contains(&school.id))
                    .filter(|school| kind.is_none_or(|kind| school.kind == kind))
                    .map(|school| school.id)
                    .collect::<Vec<_>>()
            })
        })
    };
    let several = kinds.len() > 1;
    let choices = move || {
        let taught = taught.get();
        all.with_value(|all| {
            all.iter()
                .filter(|school| taught.contains(&school.id))
                .map(|school| {
                    let name = school.short_name.clone();
                    (school.id, Signal::derive(move || name.clone()))
                })
                .collect::<Vec<_>>()
        })
    };
    view! {
        <section class="stack">
            <h2>{say(words::where_)}</h2>
            <div class="actions">
                <button
                    type="button"
                    class="button"
                    on:click=move |_| draft.schools.set(of_kind(None))
                >
                    {say(words::all)}
                </button>
                {several
                    .then(|| {
                        kinds
                            .into_iter()
                            .map(|kind| {
                                view! {
                                    <button
                                        type="button"
                                        class="button"
                                        on:click=move |_| draft.schools.set(of_kind(Some(kind)))
                                    >
                                        {say(move |l| common::organisation_kind(l, kind))}
                                    </button>
                                }
                            })
                            .collect_view()
                    })}
                <button
                    type="button"
                    class="button quiet"
                    on:click=move |_| draft.schools.set(Vec::new())
                >
                    {say(words::none)}
                </button>
            </div>
            <p class="small muted num" role="status">
                {move || {
                    let of = taught.with(Vec::len);
                    words::chosen(language.get(), draft.schools.with(Vec::len), of)
                }}
            </p>
            {move || {
                let choices = choices();
                if choices.is_empty() {
                    view! {
                        <Notice>
                            <p>{say(words::no_schools)}</p>
                            <a class="button" href=api::work::SCHOOLS>
                                {say(words::to_schools)}
                            </a>
                        </Notice>
                    }
                        .into_any()
                } else {
                    view! {
                        <Ticks
                            legend=words::where_
                            is_headed=true
                            choices=choices
                            chosen=draft.schools
                        />
                    }
                        .into_any()
                }
            }}
        </section>
    }
}

/// What comes of it, and the confirmation.
#[component]
fn Outcome(
    id: ProcedureId,
    new: NewBatch,
    found: BatchPreview,
    preview: RwSignal<Option<(NewBatch, BatchPreview)>>,
) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let navigate = use_navigate();
    let toasts = use_toasts();
    let doing = Doing::new();
    let (count, existing) = (found.new, found.existing);
    let not_taught = found.not_taught.join(", ");
    let confirm = move |_| {
        let body = new.clone();
        let path = api::paths::of_procedure(id, "batches");
        let navigate = navigate.clone();
        doing.run(
            async move { client.post::<Batch>(&path, &body).await },
            move |_| {
                toasts.say(words::confirmed(language.get_untracked()));
                navigate(&api::work::procedure(id), replacing());
            },
        );
    };
    view! {
        <section class="stack">
            <h2>{say(words::check_title)}</h2>
            <p class="num">
                <b>{say(move |l| words::planned(l, u64::from(count)))}</b>
            </p>
            {(existing > 0)
                .then(|| view! { <p class="num">{say(move |l| words::existing(l, existing))}</p> })}
            {(!not_taught.is_empty())
                .then(|| view! { <p>{say(move |l| words::not_taught(l, &not_taught))}</p> })}
            {found
                .warnings
                .into_iter()
                .map(|warning| {
                    view! {
                        <Notice tone=Tone::Warning>
                            <p>{say_text(warning)}</p>
                        </Notice>
                    }
                })
                .collect_view()}
            {(count == 0)
                .then(|| {
                    view! {
                        <Notice>
                            <p>{say(words::nothing_new)}</p>
                        </Notice>
                    }
                })}
            <Outlines schools=found.schools />
            <DoingFailure doing=doing />
            <div class="actions">
                {(count > 0)
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button primary"
                                disabled=move || doing.busy.get()
                                on:click=confirm
                            >
                                {say(move |l| words::confirm(l, u64::from(count)))}
                            </button>
                        }
                    })}
                <button type="button" class="button" on:click=move |_| preview.set(None)>
                    {say(words::back_to_form)}
                </button>
            </div>
        </section>
    }
}

#[component]
fn Outlines(schools: Vec<SchoolOutline>) -> impl IntoView {
    let label = label(words::check_title);
    let classes = |l: Language, all: &[(u8, String)]| {
        let told: Vec<String> = all
            .iter()
            // A class is not torn apart at the end of a line.
            .map(|(grade, letter)| words::class(l, *grade, letter).replace(' ', "\u{a0}"))
            .collect();
        match told.is_empty() {
            true => "—".to_owned(),
            false => told.join(", "),
        }
    };
    view! {
        <TableFrame label=label>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{say(words::school)}</th>
                        <th scope="col">{say(words::new_classes)}</th>
                        <th scope="col">{say(words::existing_classes)}</th>
                    </tr>
                </thead>
                <tbody>
                    {schools
                        .into_iter()
                        .map(|school| {
                            let (new, existing) = (school.new, school.existing);
                            view! {
                                <tr>
                                    <th scope="row">{school.name}</th>
                                    <td class="num">{say(move |l| classes(l, &new))}</td>
                                    <td class="num muted">{say(move |l| classes(l, &existing))}</td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </TableFrame>
    }
}
