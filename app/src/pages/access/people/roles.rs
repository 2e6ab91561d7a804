//! Roles of a person: those that last, those of the past, and another to be given.

use api::access::person::{HeldRole, PersonCard};
use api::access::session::Scope;
use api::id::PersonId;
use api::registry::organisation::Organisation;
use leptos::prelude::*;

use super::card::Shown;
use super::role::{RoleDraft, RoleFields};
use crate::client::use_client;
use crate::components::{Dialog, Doing, DoingFailure, Loaded, Notice, Tone};
use crate::device;
use crate::language::{label, say};
use crate::text::access::people as words;
use crate::text::{Language, common, number};

/// Roles: those that last, then those of the past.
#[component]
pub fn Roles(
    /// The person.
    card: PersonCard,
    /// What the page shows.
    shown: Shown,
) -> impl IntoView {
    let today = device::iso_date(device::now_ms());
    let is_past = move |role: &HeldRole| {
        role.revoked_ms.is_some() || role.until.as_ref().is_some_and(|until| *until < today)
    };
    let (past, now): (Vec<HeldRole>, Vec<HeldRole>) = card.roles.iter().cloned().partition(is_past);
    let id = card.id;
    let line = move |role: HeldRole| view! { <RoleLine role=role person=id shown=shown /> };
    view! {
        <section class="stack no-print">
            <h2>{say(words::roles)}</h2>
            {now.is_empty().then(|| view! { <p class="muted">{say(words::roles_none)}</p> })}
            <ul class="people-lines">{now.into_iter().map(line).collect_view()}</ul>
            {(!card.gives.is_empty()).then(|| view! { <GiveRole card=card.clone() shown=shown /> })}
            {(!past.is_empty())
                .then(|| {
                    view! {
                        <details class="disclosure">
                            <summary>{say(words::roles_past)}</summary>
                            <ul class="people-lines">{past.into_iter().map(line).collect_view()}</ul>
                        </details>
                    }
                })}
        </section>
    }
}

/// Where a role holds.
fn place(language: Language, role: &HeldRole) -> String {
    match (&role.organisation_name, role.scope) {
        (Some(name), _) => name.clone(),
        (None, Scope::Event { .. }) => words::role_of_event(language).to_owned(),
        (None, _) => words::role_whole(language).to_owned(),
    }
}

/// How long a role holds, and whether it does now.
fn term(language: Language, role: &HeldRole) -> String {
    if let Some(at_ms) = role.revoked_ms {
        return words::taken_at(language, device::date_time(language, at_ms));
    }
    let date = |day: &String| number::date(language, day);
    match (&role.from, &role.until) {
        (Some(from), Some(until)) => words::term_from_until(language, date(from), date(until)),
        (Some(from), None) => words::term_from(language, date(from)),
        (None, Some(until)) => words::term_until(language, date(until)),
        (None, None) => words::term_open(language).to_owned(),
    }
}

#[component]
fn RoleLine(role: HeldRole, person: PersonId, shown: Shown) -> impl IntoView {
    let (placed, held) = (role.clone(), role.clone());
    let kind = role.role;
    let is_later = role.revoked_ms.is_none() && !role.is_in_force && !is_over(&role);
    view! {
        <li class="people-line">
            <div>
                <p>
                    <b class="first-capital">{say(move |language| common::role(language, kind))}</b>
                    " · "
                    {say(move |language| place(language, &placed))}
                </p>
                <p class="small muted num">
                    {say(move |language| term(language, &held))}
                    {is_later.then(|| view! { " · " {say(words::begins_later)} })}
                    {role
                        .order_reference
                        .clone()
                        .map(|reference| {
                            view! { " · " {say(move |language| words::order(language, &reference))} }
                        })}
                </p>
            </div>
            {role.may_take.then(|| view! { <TakeRole role=role person=person shown=shown /> })}
        </li>
    }
}

fn is_over(role: &HeldRole) -> bool {
    let today = device::iso_date(device::now_ms());
    role.until.as_ref().is_some_and(|until| *until < today)
}

#[component]
fn TakeRole(role: HeldRole, person: PersonId, shown: Shown) -> impl IntoView {
    let client = use_client();
    let open = RwSignal::new(false);
    let doing = Doing::new();
    let (id, kind) = (role.id, role.role);
    let take = move |_| {
        let path = api::paths::of_person(person, &format!("roles/{id}"));
        doing.run(
            async move { client.delete::<PersonCard>(&path).await },
            move |card| shown.set(card),
        );
    };
    view! {
        <button type="button" class="button" on:click=move |_| open.set(true)>
            {say(words::take)}
        </button>
        <Dialog
            open=open
            title=label(words::take_title)
        >
            <p>{say(move |language| words::take_text(language, common::role(language, kind)))}</p>
            <DoingFailure doing=doing />
            <button
                type="button"
                class="button danger"
                disabled=move || doing.busy.get()
                on:click=take
            >
                {say(words::take)}
            </button>
        </Dialog>
    }
}

#[component]
fn GiveRole(card: PersonCard, shown: Shown) -> impl IntoView {
    let client = use_client();
    let open = RwSignal::new(false);
    let schools =
        LocalResource::new(move || client.get::<Vec<Organisation>>(api::paths::ORGANISATIONS));
    let card = StoredValue::new(card);
    view! {
        <p>
            <button type="button" class="button" on:click=move |_| open.set(true)>
                {say(words::give)}
            </button>
        </p>
        <Dialog open=open title=label(words::give)>
            <Loaded
                resource=schools
                view=move |schools| {
                    view! { <GiveForm card=card.get_value() schools=schools shown=shown /> }
                }
            />
        </Dialog>
    }
}

#[component]
fn GiveForm(card: PersonCard, schools: Vec<Organisation>, shown: Shown) -> impl IntoView {
    let client = use_client();
    let doing = Doing::new();
    let is_missing = RwSignal::new(false);
    let draft = RoleDraft::new(&card.gives, &schools);
    let id = card.id;
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(role) = draft.taken() else {
            is_missing.set(true);
            return;
        };
        is_missing.set(false);
        doing.run(
            async move {
                let path = api::paths::of_person(id, "roles");
                client.post::<PersonCard>(&path, &role).await
            },
            move |card| shown.set(card),
        );
    };
    view! {
        <form class="stack" on:submit=send novalidate>
            <RoleFields gives=card.gives schools=schools draft=draft />
            {move || {
                is_missing
                    .get()
                    .then(|| {
                        view! {
                            <Notice tone=Tone::Danger>
                                <p>{say(words::role_needed)}</p>
                            </Notice>
                        }
                    })
            }}
            <DoingFailure doing=doing />
            <button type="submit" class="button primary" disabled=move || doing.busy.get()>
                {say(words::give)}
            </button>
        </form>
    }
}
