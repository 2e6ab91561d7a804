//! The own declarations: parts offered, and the own ties that only their owner sees.

use api::access::session::OrganisationLabel;
use api::id::{EventId, OrganisationId, TieId};
use api::observation::staffing::{
    Answer, FamilyTie, FindingEffect, NewDeclaration, OwnDeclarations, OwnRequest, SchoolClass, Tie,
};
use leptos::prelude::*;
use uuid::Uuid;

use crate::client::use_client;
use crate::components::{
    Doing, DoingFailure, EmptyState, Glyph, Icon, Loaded, Notice, Tone, use_toasts,
};
use crate::device;
use crate::language::{label, say, say_text, use_language};
use crate::shell::set_title;
use crate::text::number;
use crate::text::observation::staffing as words;

/// The own declarations.
#[component]
pub fn DeclarationsPage() -> impl IntoView {
    let client = use_client();
    set_title(words::own_title);
    let own = LocalResource::new(move || {
        client.epoch.track();
        client.get::<OwnDeclarations>(api::paths::DECLARATIONS)
    });
    view! {
        <main class="page narrow" id="main">
            <div>
                <h1>{say(words::own_title)}</h1>
                <p class="text muted">{say(words::own_lead)}</p>
            </div>
            <Loaded resource=own view=|own| view! { <Own own=own /> } />
        </main>
    }
}

#[component]
fn Own(own: OwnDeclarations) -> impl IntoView {
    let schools = StoredValue::new(own.schools.clone());
    let own = RwSignal::new(own);
    let requests = Memo::new(move |_| own.with(|own| own.requests.clone()));
    let ties = Memo::new(move |_| own.with(|own| own.ties.clone()));
    view! {
        {move || {
            let requests = requests.get();
            if requests.is_empty() {
                view! {
                    <EmptyState
                        title=label(words::own_none_title)
                        text=label(words::own_none_text)
                    />
                }
                    .into_any()
            } else {
                requests
                    .into_iter()
                    .map(|request| view! { <RequestCard own=own request=request /> })
                    .collect_view()
                    .into_any()
            }
        }}
        <section class="stack">
            <h2>{say(words::ties)}</h2>
            <p class="text muted">{say(words::ties_lead)}</p>
            {move || {
                let ties = ties.get();
                if ties.is_empty() {
                    view! { <p class="muted">{say(words::ties_none)}</p> }.into_any()
                } else {
                    view! {
                        <ul class="event-parts">
                            {ties
                                .into_iter()
                                .map(|tie| view! { <TieLine own=own schools=schools tie=tie /> })
                                .collect_view()}
                        </ul>
                    }
                        .into_any()
                }
            }}
            <NewTie own=own schools=schools />
        </section>
    }
}

/// A part offered: sign or decline.
#[component]
fn RequestCard(own: RwSignal<OwnDeclarations>, request: OwnRequest) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let event: EventId = request.event;
    let is_signed = request.declared_ms.is_some();
    let answer = move |answer: Answer| {
        let new = NewDeclaration {
            event,
            answer,
            person: None,
            paper_reference: None,
        };
        doing.run(
            async move {
                client
                    .post::<OwnDeclarations>(api::paths::DECLARATIONS, &new)
                    .await
            },
            move |answered| {
                let waits = answered
                    .requests
                    .iter()
                    .any(|request| request.event == event);
                let language = language.get_untracked();
                toasts.say(match (answer, waits) {
                    (Answer::Decline, _) => words::own_declined(language),
                    (Answer::Sign, true) => words::own_signed(language),
                    (Answer::Sign, false) => words::own_given(language),
                });
                own.set(answered);
            },
        );
    };
    let (date, start) = (request.date.clone(), request.start.clone());
    let (subject, grade) = (request.subject_name.clone(), request.grade);
    let (letter, role) = (request.class.clone(), request.role);
    let reminded = request.reminded_ms.filter(|_| !is_signed);
    let against: Vec<_> = request
        .findings
        .into_iter()
        .filter(|finding| finding.rule.as_deref() != Some("CR-8"))
        .collect();
    let is_blocked = against
        .iter()
        .any(|finding| finding.effect == FindingEffect::Block);
    let has_findings = !against.is_empty();
    view! {
        <article class="card stack declaration-card">
            <div>
                <h2>{request.organisation_name}</h2>
                <p class="num">
                    <b>
                        {say(move |language| format!("{}, {start}", number::date(language, &date)))}
                    </b>
                    " · "
                    {say(move |language| {
                        let class = words::tie_class(language, grade, &letter);
                        format!("{}, {class}", subject.in_language(language))
                    })}
                    " · "
                    {say(move |language| words::part(language, role))}
                </p>
            </div>
            {reminded
                .map(|at_ms| {
                    view! {
                        <Notice tone=Tone::Info>
                            <p class="num">
                                {say(move |l| words::own_reminded(l, device::date_time(l, at_ms)))}
                            </p>
                        </Notice>
                    }
                })}
            {has_findings
                .then(|| {
                    view! {
                        <div class="stack tight">
                            <h3>{say(words::own_against)}</h3>
                            {against
                                .into_iter()
                                .map(|finding| {
                                    view! {
                                        <p class="event-finding block small">
                                            <Icon glyph=Glyph::Alert />
                                            <span>{say_text(finding.message)}</span>
                                        </p>
                                    }
                                })
                                .collect_view()}
                        </div>
                    }
                })}
            {if is_signed {
                view! {
                    <p class="ok-line">
                        <Icon glyph=Glyph::Check />
                        {say(words::own_signed)}
                    </p>
                }
                    .into_any()
            } else {
                view! { <p class="text">{say(words::own_promise)}</p> }.into_any()
            }}
            <DoingFailure doing=doing />
            <div class="chips">
                {(!is_signed && !is_blocked)
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button primary large"
                                disabled=move || doing.busy.get()
                                on:click=move |_| answer(Answer::Sign)
                            >
                                <Icon glyph=Glyph::Check />
                                {say(words::own_sign)}
                            </button>
                        }
                    })}
                <button
                    type="button"
                    class="button large"
                    disabled=move || doing.busy.get()
                    on:click=move |_| answer(Answer::Decline)
                >
                    {say(words::own_decline)}
                </button>
            </div>
        </article>
    }
}

#[component]
fn TieLine(
    own: RwSignal<OwnDeclarations>,
    schools: StoredValue<Vec<OrganisationLabel>>,
    tie: FamilyTie,
) -> impl IntoView {
    let client = use_client();
    let doing = Doing::new();
    let id = tie.id;
    let school = schools.with_value(|all| {
        all.iter()
            .find(|school| school.id == tie.organisation)
            .map(|school| school.name.clone())
            .unwrap_or_default()
    });
    let (kind, class) = (tie.tie, tie.class.clone());
    let remove = move |_| {
        doing.run(
            async move { client.delete::<OwnDeclarations>(&api::paths::tie(id)).await },
            move |answered| own.set(answered),
        );
    };
    view! {
        <li class="event-part">
            <div>
                <p>
                    <b class="first-capital">
                        {say(move |language| match kind {
                            Tie::Child => words::tie_child(language),
                            Tie::CloseRelative => words::tie_close(language),
                        })}
                    </b>
                    " · "
                    {school}
                    " · "
                    {say(move |language| match &class {
                        Some(class) => words::tie_class(language, class.grade, &class.letter),
                        None => words::tie_staff(language).to_owned(),
                    })}
                </p>
                <DoingFailure doing=doing />
            </div>
            <button
                type="button"
                class="button"
                disabled=move || doing.busy.get()
                on:click=remove
            >
                {say(words::tie_remove)}
            </button>
        </li>
    }
}

#[component]
fn NewTie(
    own: RwSignal<OwnDeclarations>,
    schools: StoredValue<Vec<OrganisationLabel>>,
) -> impl IntoView {
    let client = use_client();
    let doing = Doing::new();
    let kind = RwSignal::new(Tie::Child);
    let school = RwSignal::new(schools.with_value(|all| all.first().map(|school| school.id)));
    let grade = RwSignal::new(String::new());
    let letter = RwSignal::new(String::new());
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(organisation) = school.get_untracked() else {
            return;
        };
        let class = grade
            .get_untracked()
            .parse::<u8>()
            .ok()
            .map(|grade| SchoolClass {
                grade,
                letter: letter.get_untracked().trim().to_uppercase(),
            });
        let new = FamilyTie {
            id: TieId(Uuid::now_v7()),
            tie: kind.get_untracked(),
            organisation,
            class,
        };
        doing.run(
            async move { client.post::<OwnDeclarations>(api::paths::TIES, &new).await },
            move |answered| {
                grade.set(String::new());
                letter.set(String::new());
                own.set(answered);
            },
        );
    };
    let choose_kind = move |event: leptos::ev::Event| {
        kind.set(if event_target_value(&event) == "child" {
            Tie::Child
        } else {
            Tie::CloseRelative
        });
    };
    let choose_school = move |event: leptos::ev::Event| {
        school.set(event_target_value(&event).parse::<OrganisationId>().ok());
    };
    view! {
        <form class="declaration-tie" on:submit=add>
            <div class="field">
                <label for="tie-kind">{say(words::tie)}</label>
                <select class="input" id="tie-kind" on:change=choose_kind>
                    <option value="child">{say(words::tie_child)}</option>
                    <option value="close">{say(words::tie_close)}</option>
                </select>
            </div>
            <div class="field">
                <label for="tie-school">{say(words::tie_school)}</label>
                <select class="input" id="tie-school" on:change=choose_school>
                    {schools
                        .with_value(|all| {
                            all.iter()
                                .map(|school| {
                                    view! {
                                        <option value=school.id.to_string()>
                                            {school.name.clone()}
                                        </option>
                                    }
                                })
                                .collect_view()
                        })}
                </select>
            </div>
            <div class="field">
                <label for="tie-grade">{say(words::tie_grade)}</label>
                <input
                    class="input num"
                    id="tie-grade"
                    type="number"
                    min="1"
                    max="12"
                    aria-describedby="tie-hint"
                    prop:value=move || grade.get()
                    on:input=move |event| grade.set(event_target_value(&event))
                />
            </div>
            <div class="field">
                <label for="tie-letter">{say(words::tie_letter)}</label>
                <input
                    class="input"
                    id="tie-letter"
                    type="text"
                    maxlength="2"
                    autocomplete="off"
                    prop:value=move || letter.get()
                    on:input=move |event| letter.set(event_target_value(&event))
                />
            </div>
            <p class="hint small muted" id="tie-hint">
                {say(words::tie_hint)}
            </p>
            <DoingFailure doing=doing />
            <div>
                <button type="submit" class="button" disabled=move || doing.busy.get()>
                    {say(words::tie_add)}
                </button>
            </div>
        </form>
    }
}
