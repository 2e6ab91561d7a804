//! Entering a school, and changing one.

use api::id::OrganisationId;
use api::registry::organisation::{Cluster, Organisation, OrganisationKind};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use uuid::Uuid;

use super::draft::{Draft, GRADES};
use crate::client::use_client;
use crate::components::{Doing, DoingFailure, Field, Loaded, Notice, SchoolChoice, Tone};
use crate::language::{label, say};
use crate::model::collate;
use crate::shell::{replacing, set_title};
use crate::text::registry::organisation as words;
use crate::text::schools::school;
use crate::text::{Language, Wording, common};

const KINDS: [OrganisationKind; 7] = [
    OrganisationKind::SecondarySchool,
    OrganisationKind::BasicSchool,
    OrganisationKind::PrimarySchool,
    OrganisationKind::Gymnasium,
    OrganisationKind::Lyceum,
    OrganisationKind::Preschool,
    OrganisationKind::ExtraEducation,
];

const CLUSTERS: [Cluster; 4] = [
    Cluster::RuralSmall,
    Cluster::Rural,
    Cluster::Urban,
    Cluster::Advanced,
];

/// What may be noted in the history, as it is spelled there.
const CHANGES: [&str; 5] = [
    "renamed",
    "became_branch",
    "left_branch",
    "closed",
    "opened",
];

/// A school to be entered.
#[component]
pub fn NewSchoolPage() -> impl IntoView {
    set_title(words::new_title);
    let schools = register();
    let id = OrganisationId(Uuid::now_v7());
    view! {
        <main class="page narrow" id="main">
            <div>
                <p class="small">
                    <a href=api::work::SCHOOLS>{say(school::to_list)}</a>
                </p>
                <h1>{say(words::new_title)}</h1>
                <p class="text muted">{say(words::lead)}</p>
            </div>
            <Loaded
                resource=schools
                view=move |schools| view! { <Form draft=Draft::empty(id) schools=schools id=id /> }
            />
        </main>
    }
}

/// A school to be changed.
#[component]
pub fn EditSchoolPage() -> impl IntoView {
    set_title(words::edit_title);
    let params = use_params_map();
    let schools = register();
    let asked = move || {
        params.with(|params| {
            let id = params.get("organisation")?;
            id.parse::<OrganisationId>().ok()
        })
    };
    view! {
        <main class="page narrow" id="main">
            <Loaded
                resource=schools
                view=move |schools| {
                    let found = asked()
                        .and_then(|id| schools.iter().find(|school| school.id == id).cloned());
                    match found {
                        Some(found) => {
                            let title = found.short_name.clone();
                            view! {
                                <div>
                                    <p class="small">
                                        <a href=api::work::school(found.id)>{title}</a>
                                    </p>
                                    <h1>{say(words::edit_title)}</h1>
                                    <p class="text muted">{say(words::lead)}</p>
                                </div>
                                <Form draft=Draft::of(&found) id=found.id schools=schools />
                            }
                                .into_any()
                        }
                        None => view! { <h1>{say(common::not_found_title)}</h1> }.into_any(),
                    }
                }
            />
        </main>
    }
}

fn register() -> LocalResource<Result<Vec<Organisation>, crate::client::Failure>> {
    let client = use_client();
    LocalResource::new(move || {
        client.epoch.track();
        client.get::<Vec<Organisation>>(api::paths::ORGANISATIONS)
    })
}

#[component]
fn Form(draft: Draft, id: OrganisationId, schools: Vec<Organisation>) -> impl IntoView {
    let client = use_client();
    let navigate = use_navigate();
    let doing = Doing::new();
    let trouble = RwSignal::new(None::<Wording>);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let school = match draft.taken() {
            Ok(school) => school,
            Err(what) => {
                trouble.set(Some(what));
                return;
            }
        };
        trouble.set(None);
        let navigate = navigate.clone();
        doing.run(
            async move {
                client
                    .put::<Organisation>(&api::paths::organisation(id), &school)
                    .await
            },
            move |saved| {
                navigate(&api::work::school(saved.id), replacing());
            },
        );
    };
    view! {
        <form class="stack loose" on:submit=send novalidate>
            <Names draft=draft id=id schools=schools />
            <Teaching draft=draft />
            <Standing draft=draft />
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
fn Names(draft: Draft, id: OrganisationId, schools: Vec<Organisation>) -> impl IntoView {
    let mut schools = schools;
    schools.retain(|school| school.id != id);
    schools.sort_by(|one, other| collate::compare(&one.short_name, &other.short_name));
    view! {
        <section class="stack">
            <h2>{say(words::names)}</h2>
            <Field
                id="school-code"
                label=label(words::code)
                hint=label(words::code_hint)
                value=draft.code
            />
            <Field id="school-short-name" label=label(words::short_name) value=draft.short_name />
            <Field id="school-name" label=label(words::name) value=draft.name />
            <Choice
                id="school-kind"
                name=words::kind
                choices=KINDS.to_vec()
                chosen=draft.kind
                say_one=common::organisation_kind
            />
            <div class="field">
                <SchoolChoice
                    id="school-parent"
                    name=words::parent
                    none=words::parent_none
                    schools=schools
                    chosen=draft.parent
                />
            </div>
        </section>
    }
}

#[component]
fn Teaching(draft: Draft) -> impl IntoView {
    let check = move |name: Wording, value: RwSignal<bool>| {
        view! {
            <label class="chip">
                <input
                    type="checkbox"
                    prop:checked=move || value.get()
                    on:change:target=move |event| value.set(event.target().checked())
                />
                {say(name)}
            </label>
        }
    };
    view! {
        <section class="stack">
            <h2>{say(words::teaching)}</h2>
            <fieldset class="field">
                <legend>{say(words::grades)}</legend>
                <div class="chips">
                    {GRADES
                        .map(|grade| {
                            view! {
                                <label class="chip num">
                                    <input
                                        type="checkbox"
                                        prop:checked=move || {
                                            draft.grades.with(|grades| grades.contains(&grade))
                                        }
                                        on:change:target=move |event| {
                                            draft.set_grade(grade, event.target().checked());
                                        }
                                    />
                                    {grade}
                                </label>
                            }
                        })
                        .collect_view()}
                </div>
            </fieldset>
            <Field id="school-pupils" label=label(words::pupils) value=draft.pupils />
            <Field
                id="school-capacity"
                label=label(words::capacity)
                hint=label(words::capacity_hint)
                value=draft.capacity
            />
            <Field id="school-settlement" label=label(words::settlement) value=draft.settlement />
            <div class="chips">
                {check(words::rural, draft.is_rural)} {check(words::small_school, draft.is_small)}
            </div>
            <Choice
                id="school-cluster"
                name=words::cluster
                hint=words::cluster_hint
                choices=CLUSTERS.to_vec()
                chosen=draft.cluster
                say_one=common::cluster
            />
            <p class="hint">{say(words::place_hint)}</p>
            <Field id="school-latitude" label=label(words::latitude) value=draft.latitude />
            <Field id="school-longitude" label=label(words::longitude) value=draft.longitude />
        </section>
    }
}

#[component]
fn Standing(draft: Draft) -> impl IntoView {
    let is_noted = move || draft.change_kind.with(|kind| !kind.is_empty());
    view! {
        <section class="stack">
            <h2>{say(words::standing)}</h2>
            <p class="small muted">{say(words::standing_text)}</p>
            <div class="field">
                <label for="school-change">{say(words::change_kind)}</label>
                <select
                    class="input"
                    id="school-change"
                    on:change:target=move |event| draft.change_kind.set(event.target().value())
                >
                    <option value="">{say(words::change_none)}</option>
                    {CHANGES
                        .map(|kind| {
                            view! {
                                <option value=kind>
                                    {say(move |language| school::change(language, kind))}
                                </option>
                            }
                        })}
                </select>
            </div>
            <Show when=is_noted>
                <Field
                    id="school-change-date"
                    label=label(words::change_date)
                    value=draft.change_date
                    kind="date"
                />
                <Field
                    id="school-change-order"
                    label=label(words::change_order)
                    value=draft.change_order
                />
            </Show>
        </section>
    }
}

/// One of a few named things.
#[component]
fn Choice<T>(
    id: &'static str,
    name: Wording,
    #[prop(optional)] hint: Option<Wording>,
    choices: Vec<T>,
    chosen: RwSignal<T>,
    say_one: fn(Language, T) -> &'static str,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let options = choices
        .iter()
        .enumerate()
        .map(|(place, choice)| {
            let choice = *choice;
            view! {
                <option value=place.to_string() selected=move || chosen.get() == choice>
                    {say(move |language| say_one(language, choice))}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=id>{say(name)}</label>
            {hint.map(|hint| view! { <p class="hint">{say(hint)}</p> })}
            <select
                class="input"
                id=id
                on:change:target=move |event| {
                    let place = event.target().value().parse::<usize>();
                    if let Some(choice) = place.ok().and_then(|place| choices.get(place)) {
                        chosen.set(*choice);
                    }
                }
            >
                {options}
            </select>
        </div>
    }
}
