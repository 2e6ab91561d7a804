//! Entering a procedure, and changing one.

use api::id::ProcedureId;
use api::procedures::procedure::{
    CatalogueEntry, NewProcedure, Procedure, ProcedureCatalogue, ProcedureKind, ProcedureLevel,
    ProcedurePlan,
};
use api::text::Text;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use uuid::Uuid;

use super::ticks::Ticks;
use crate::client::{Failure, use_client};
use crate::components::{Doing, DoingFailure, Field, Loaded, Notice, Tone, use_toasts};
use crate::language::{label, say, say_text, use_language};
use crate::model::coverage::GRADES;
use crate::shell::{replacing, set_title};
use crate::text::Wording;
use crate::text::procedures::plan as words;

/// A procedure to be planned.
#[component]
pub fn NewProcedurePage() -> impl IntoView {
    set_title(words::new);
    let client = use_client();
    let catalogue = LocalResource::new(move || {
        client.epoch.track();
        client.get::<ProcedureCatalogue>(api::paths::PROCEDURE_CATALOGUE)
    });
    let id = ProcedureId(Uuid::now_v7());
    view! {
        <main class="page narrow" id="main">
            <div>
                <p class="small">
                    <a href=api::work::PROCEDURES>{say(words::to_plan)}</a>
                </p>
                <h1>{say(words::new)}</h1>
                <p class="text muted">{say(words::form_lead)}</p>
            </div>
            <Loaded
                resource=catalogue
                view=move |catalogue| view! { <Form id=id known=None catalogue=catalogue /> }
            />
        </main>
    }
}

/// A procedure to be changed.
#[component]
pub fn EditProcedurePage() -> impl IntoView {
    set_title(words::edit_title);
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
            Ok::<_, Failure>((procedure, catalogue))
        }
    });
    view! {
        <main class="page narrow" id="main">
            <Loaded
                resource=found
                view=|(procedure, catalogue)| {
                    let (id, title) = (procedure.id, procedure.title.clone());
                    view! {
                        <div>
                            <p class="small">
                                <a href=api::work::procedure(id)>{say_text(title)}</a>
                            </p>
                            <h1>{say(words::edit_title)}</h1>
                        </div>
                        <Form id=id known=Some(procedure) catalogue=catalogue />
                    }
                }
            />
        </main>
    }
}

/// What is typed, and what it is of.
#[derive(Clone, Copy)]
struct Draft {
    entry: RwSignal<String>,
    of: StoredValue<Option<(ProcedureKind, ProcedureLevel)>>,
    title_ru: RwSignal<String>,
    title_en: RwSignal<String>,
    first: RwSignal<String>,
    last: RwSignal<String>,
    subjects: RwSignal<Vec<String>>,
    grades: RwSignal<Vec<u8>>,
    checklist: RwSignal<String>,
}

impl Draft {
    fn of(known: Option<&Procedure>) -> Self {
        let text = |of: fn(&Procedure) -> String| RwSignal::new(known.map(of).unwrap_or_default());
        Draft {
            entry: text(|one| one.plan.entry.clone()),
            of: StoredValue::new(known.map(|one| (one.kind, one.level))),
            title_ru: text(|one| one.title.ru.clone()),
            title_en: text(|one| one.title.en.clone()),
            first: text(|one| one.window[0].clone()),
            last: text(|one| one.window[1].clone()),
            subjects: RwSignal::new(
                known
                    .map(|one| one.plan.subjects.clone())
                    .unwrap_or_default(),
            ),
            grades: RwSignal::new(known.map(|one| one.plan.grades.clone()).unwrap_or_default()),
            checklist: text(|one| one.plan.checklist.clone().unwrap_or_default()),
        }
    }

    /// Takes a kind; what was typed by hand stays.
    fn take(self, entry: &CatalogueEntry, before: Option<&CatalogueEntry>) {
        self.entry.set(entry.id.clone());
        self.of.set_value(Some((entry.kind, entry.level)));
        let replace = |field: RwSignal<String>, old: Option<&String>, new: &String| {
            let is_untouched = field
                .with_untracked(|typed| typed.is_empty() || old.is_some_and(|old| typed == old));
            if is_untouched {
                field.set(new.clone());
            }
        };
        replace(
            self.title_ru,
            before.map(|one| &one.title.ru),
            &entry.title.ru,
        );
        replace(
            self.title_en,
            before.map(|one| &one.title.en),
            &entry.title.en,
        );
        self.subjects.set(entry.subjects.clone());
        self.grades.set(entry.grades.clone());
    }

    fn taken(self, id: ProcedureId) -> Result<NewProcedure, Wording> {
        let (kind, level) = self.of.get_value().ok_or(words::entry_missing as Wording)?;
        let title = Text::new(self.title_ru.get_untracked(), self.title_en.get_untracked());
        if title.ru.trim().is_empty() || title.en.trim().is_empty() {
            return Err(words::title_missing);
        }
        let window = [self.first.get_untracked(), self.last.get_untracked()];
        let year = window[1].get(..4).and_then(|year| year.parse().ok());
        let (Some(year), false) = (year, window[0].is_empty()) else {
            return Err(words::dates_missing);
        };
        let checklist = self.checklist.get_untracked();
        Ok(NewProcedure {
            id,
            kind,
            level,
            title,
            year,
            window,
            plan: ProcedurePlan {
                entry: self.entry.get_untracked(),
                subjects: self.subjects.get_untracked(),
                grades: self.grades.get_untracked(),
                checklist: (!checklist.is_empty()).then_some(checklist),
            },
        })
    }
}

#[component]
fn Form(id: ProcedureId, known: Option<Procedure>, catalogue: ProcedureCatalogue) -> impl IntoView {
    let client = use_client();
    let navigate = use_navigate();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let trouble = RwSignal::new(None::<Wording>);
    let draft = Draft::of(known.as_ref());
    // The results of a known procedure belong to their year whatever its last day becomes.
    let year = known
        .as_ref()
        .filter(|one| !one.works.is_empty())
        .map(|one| one.year);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let mut new = match draft.taken(id) {
            Ok(new) => new,
            Err(what) => {
                trouble.set(Some(what));
                return;
            }
        };
        new.year = year.unwrap_or(new.year);
        trouble.set(None);
        let navigate = navigate.clone();
        doing.run(
            async move { client.post::<Procedure>(api::paths::PROCEDURES, &new).await },
            move |saved| {
                toasts.say(words::saved(language.get_untracked()));
                navigate(&api::work::procedure(saved.id), replacing());
            },
        );
    };
    let subjects = catalogue
        .subjects
        .iter()
        .map(|subject| {
            let name = subject.name.clone();
            let said = Signal::derive(move || name.in_language(language.get()).to_owned());
            (subject.code.clone(), said)
        })
        .collect::<Vec<_>>();
    let grades = GRADES
        .map(|grade| (grade, Signal::derive(move || grade.to_string())))
        .collect::<Vec<_>>();
    let checklists = catalogue.checklists.clone();
    view! {
        <form class="stack loose" on:submit=send novalidate>
            <Entry draft=draft entries=catalogue.entries />
            <Field id="procedure-title" label=label(words::title_ru) value=draft.title_ru />
            <Field
                id="procedure-title-en"
                label=label(words::title_en)
                hint=label(words::title_en_hint)
                value=draft.title_en
            />
            <Field id="procedure-first" label=label(words::first) value=draft.first kind="date" />
            <Field id="procedure-last" label=label(words::last) value=draft.last kind="date" />
            <Ticks
                legend=words::subjects
                hint=words::subjects_hint
                choices=subjects
                chosen=draft.subjects
            />
            <Ticks legend=words::grades hint=words::grades_hint choices=grades chosen=draft.grades />
            <div class="field">
                <label for="procedure-checklist">{say(words::checklist)}</label>
                <select
                    class="input"
                    id="procedure-checklist"
                    on:change:target=move |event| draft.checklist.set(event.target().value())
                >
                    <option value="">{say(words::checklist_of_kind)}</option>
                    {checklists
                        .into_iter()
                        .map(|one| {
                            let id = one.id.clone();
                            view! {
                                <option
                                    value=one.id
                                    selected=move || draft.checklist.with(|chosen| *chosen == id)
                                >
                                    {say_text(one.title)}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </div>
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
                    {say(words::save)}
                </button>
            </p>
        </form>
    }
}

#[component]
fn Entry(draft: Draft, entries: Vec<CatalogueEntry>) -> impl IntoView {
    let language = use_language();
    let entries = StoredValue::new(entries);
    let choose = move |id: String| {
        entries.with_value(|entries| {
            let before = draft.entry.get_untracked();
            let of = |id: &str| entries.iter().find(|entry| entry.id == id);
            if let Some(entry) = of(&id) {
                draft.take(entry, of(&before));
            }
        });
    };
    let levels = [
        ProcedureLevel::Federal,
        ProcedureLevel::Regional,
        ProcedureLevel::Municipal,
        ProcedureLevel::School,
    ];
    let group = move |level: ProcedureLevel| {
        let options = entries.with_value(|entries| {
            entries
                .iter()
                .filter(|entry| entry.level == level)
                .map(|entry| {
                    let id = entry.id.clone();
                    view! {
                        <option
                            value=entry.id.clone()
                            selected=move || draft.entry.with(|chosen| *chosen == id)
                        >
                            {say_text(entry.title.clone())}
                        </option>
                    }
                })
                .collect_view()
        });
        view! { <optgroup label=move || words::levels(language.get(), level)>{options}</optgroup> }
    };
    view! {
        <div class="field">
            <label for="procedure-entry">{say(words::entry)}</label>
            <select
                class="input"
                id="procedure-entry"
                on:change:target=move |event| choose(event.target().value())
            >
                <option value="" disabled selected=move || draft.entry.with(String::is_empty)>
                    {move || match draft.of.with_value(Option::is_some) {
                        true => words::entry_kept(language.get()),
                        false => words::entry_missing(language.get()),
                    }}
                </option>
                {levels.map(group).collect_view()}
            </select>
        </div>
    }
}
