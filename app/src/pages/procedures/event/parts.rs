//! Who takes part in the event, who was asked, and what is still wanted.

use api::id::RequestId;
use api::observation::staffing::{
    Answer, NewDeclaration, Slot, StaffedPart, Staffing, StaffingRequest,
};
use leptos::prelude::*;

use super::{Findings, Page};
use crate::client::use_client;
use crate::components::{Dialog, Doing, DoingFailure, Field, Glyph, Icon, use_toasts};
use crate::device;
use crate::language::{label, say, use_language};
use crate::text::observation::staffing as words;
use crate::text::procedures::events;

/// Parts, offers, and what is wanted.
#[component]
pub(super) fn Parts(page: Page) -> impl IntoView {
    let parts = Memo::new(move |_| page.staffing.with(|all| all.parts.clone()));
    let requests = Memo::new(move |_| page.staffing.with(|all| all.requests.clone()));
    let slots = Memo::new(move |_| page.staffing.with(|all| all.slots.clone()));
    view! {
        <section class="stack">
            <h2>{say(words::people)}</h2>
            <p class="text muted">{say(words::people_lead)}</p>
            <ul class="event-slots">
                {move || slots.get().into_iter().map(|slot| view! { <SlotLine part=slot /> }).collect_view()}
            </ul>
            {move || {
                parts.with(Vec::is_empty).then(|| view! { <p class="muted">{say(words::nobody)}</p> })
            }}
            <ul class="event-parts">
                {move || {
                    parts
                        .get()
                        .into_iter()
                        .map(|part| view! { <PartLine page=page part=part /> })
                        .collect_view()
                }}
            </ul>
            {move || {
                let requests = requests.get();
                (!requests.is_empty())
                    .then(|| {
                        view! {
                            <h3>{say(words::asked_title)}</h3>
                            <ul class="event-parts">
                                {requests
                                    .into_iter()
                                    .map(|request| view! { <RequestLine page=page request=request /> })
                                    .collect_view()}
                            </ul>
                        }
                    })
            }}
        </section>
    }
}

#[component]
fn SlotLine(part: Slot) -> impl IntoView {
    let is_filled = part.filled >= part.wanted;
    let (class, glyph) = if is_filled {
        ("event-slot done", Glyph::Check)
    } else {
        ("event-slot", Glyph::Circle)
    };
    view! {
        <li class=class>
            <Icon glyph=glyph />
            <span class="first-capital">{say(move |language| words::part(language, part.role))}</span>
            <b class="num">{say(move |language| words::slot(language, part.filled, part.wanted))}</b>
            <span class="small muted">
                {say(move |language| {
                    if is_filled { words::slot_done(language) } else { words::slot_open(language) }
                })}
            </span>
        </li>
    }
}

#[component]
fn PartLine(page: Page, part: StaffedPart) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let (assignment, role) = (part.assignment, part.role);
    let is_clear = part.findings.is_empty();
    let may_remove = page.may_staff && !part.begun;
    let remove = move |_| {
        let path = api::paths::event_assignment(page.id, assignment);
        doing.run(
            async move { client.delete::<Staffing>(&path).await },
            move |staffing| {
                toasts.say(words::removed(language.get_untracked()));
                page.take(staffing);
            },
        );
    };
    view! {
        <li class="event-part">
            <div>
                <p>
                    <b>{part.person_name}</b>
                    " · "
                    <span class="muted">{say(move |language| words::part(language, role))}</span>
                    {part.begun.then(|| view! { " · " <span class="muted">{say(words::begun)}</span> })}
                </p>
                {is_clear
                    .then(|| {
                        view! {
                            <p class="small ok-line">
                                <Icon glyph=Glyph::Check />
                                {say(words::clear)}
                            </p>
                        }
                    })}
                <Findings findings=part.findings />
                {part
                    .override_reason
                    .map(|reason| {
                        view! {
                            <p class="small muted">
                                {say(move |language| words::overridden(language, &reason))}
                            </p>
                        }
                    })}
                <DoingFailure doing=doing />
            </div>
            {may_remove
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="button"
                            disabled=move || doing.busy.get()
                            on:click=remove
                        >
                            {say(words::remove)}
                        </button>
                    }
                })}
        </li>
    }
}

#[component]
fn RequestLine(page: Page, request: StaffingRequest) -> impl IntoView {
    let role = request.role;
    let (is_declined, is_declared) = (request.declined_ms.is_some(), request.declared_ms.is_some());
    let may_record = page.may_staff && !is_declined && !is_declared;
    let (id, reminded) = (request.id, request.reminded_ms.filter(|_| may_record));
    // Before the declaration its absence is no obstacle: it is what is awaited.
    let findings = if is_declared {
        request.findings
    } else {
        request
            .findings
            .into_iter()
            .filter(|finding| finding.rule.as_deref() != Some("CR-8"))
            .collect()
    };
    let (name, person) = (request.person_name.clone(), request.person);
    view! {
        <li class="event-part">
            <div>
                <p>
                    <b>{request.person_name}</b>
                    " · "
                    <span class="muted">{say(move |language| words::part(language, role))}</span>
                    " · "
                    {say(move |language| {
                        if is_declined {
                            words::asked_declined(language)
                        } else if is_declared {
                            words::asked_signed(language)
                        } else {
                            words::asked_waits(language)
                        }
                    })}
                </p>
                {reminded
                    .map(|at_ms| {
                        view! {
                            <p class="small muted num">
                                {say(move |l| events::reminded_at(l, device::date_time(l, at_ms)))}
                            </p>
                        }
                    })}
                <Findings findings=findings />
            </div>
            {page
                .may_staff
                .then(|| {
                    view! {
                        <div class="actions">
                            {may_record
                                .then(|| view! { <Paper page=page name=name person=person /> })}
                            <Withdraw page=page id=id />
                        </div>
                    }
                })}
        </li>
    }
}

/// Takes an offer back.
#[component]
fn Withdraw(page: Page, id: RequestId) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let withdraw = move |_| {
        let path = api::paths::event_request(page.id, id);
        doing.run(
            async move { client.delete::<Staffing>(&path).await },
            move |staffing| {
                toasts.say(words::withdrawn(language.get_untracked()));
                page.take(staffing);
            },
        );
    };
    view! {
        <button
            type="button"
            class="button quiet"
            disabled=move || doing.busy.get()
            on:click=withdraw
        >
            {say(words::withdraw)}
        </button>
        <DoingFailure doing=doing />
    }
}

/// Records a declaration that was signed on paper.
#[component]
fn Paper(page: Page, name: String, person: api::id::PersonId) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let open = RwSignal::new(false);
    let reference = RwSignal::new(String::new());
    let doing = Doing::new();
    let record = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let new = NewDeclaration {
            event: page.id,
            answer: Answer::Sign,
            person: Some(person),
            paper_reference: Some(reference.get_untracked()),
        };
        doing.run(
            async move {
                client
                    .post::<serde_json::Value>(api::paths::DECLARATIONS, &new)
                    .await?;
                client.get::<Staffing>(&page.path("staffing")).await
            },
            move |staffing| {
                open.set(false);
                page.take(staffing);
            },
        );
    };
    let title = Signal::derive(move || words::paper_title(language.get(), &name));
    view! {
        <button type="button" class="button" on:click=move |_| open.set(true)>
            {say(words::paper)}
        </button>
        <Dialog open=open title=title>
            <form class="stack" on:submit=record>
                <Field id="paper-reference" label=label(words::paper_label) value=reference />
                <DoingFailure doing=doing />
                <button type="submit" class="button primary" disabled=move || doing.busy.get()>
                    {say(words::paper_do)}
                </button>
            </form>
        </Dialog>
    }
}
