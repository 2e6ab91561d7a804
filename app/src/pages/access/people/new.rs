//! Entering a person with a first role.

use api::access::person::{NewPerson, PeopleRegister, PersonCard};
use api::access::session::Role;
use api::id::PersonId;
use api::registry::organisation::Organisation;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use uuid::Uuid;

use super::contacts::{DetailsFields, Draft};
use super::role::{RoleDraft, RoleFields};
use crate::client::{Failure, use_client};
use crate::components::{Doing, DoingFailure, Loaded, Notice, Tone};
use crate::language::say;
use crate::shell::{replacing, set_title};
use crate::text::access::people as words;

/// The page.
#[component]
pub fn NewPersonPage() -> impl IntoView {
    set_title(words::new_title);
    let client = use_client();
    let offered = LocalResource::new(move || {
        client.epoch.track();
        async move {
            let register = client.get::<PeopleRegister>(api::paths::PEOPLE).await?;
            let schools = client
                .get::<Vec<Organisation>>(api::paths::ORGANISATIONS)
                .await?;
            Ok::<_, Failure>((register.gives, schools))
        }
    });
    view! {
        <main class="page narrow" id="main">
            <div>
                <p class="small">
                    <a href=api::work::PEOPLE>{say(words::back)}</a>
                </p>
                <h1>{say(words::new_title)}</h1>
                <p class="text muted">{say(words::new_lead)}</p>
            </div>
            <Loaded
                resource=offered
                view=|(gives, schools)| view! { <Form gives=gives schools=schools /> }
            />
        </main>
    }
}

#[component]
fn Form(gives: Vec<Role>, schools: Vec<Organisation>) -> impl IntoView {
    let client = use_client();
    let navigate = use_navigate();
    let doing = Doing::new();
    let draft = Draft::new(None);
    let role = RoleDraft::new(&gives, &schools);
    let is_role_missing = RwSignal::new(false);
    let is_namesake = RwSignal::new(false);
    let id = PersonId(Uuid::now_v7());
    let asks_namesake = move || {
        doing
            .failure
            .with(|failure| failure.as_ref().and_then(Failure::code) == Some("person.namesake"))
            || is_namesake.get()
    };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(role) = role.taken() else {
            is_role_missing.set(true);
            return;
        };
        is_role_missing.set(false);
        let new = NewPerson {
            id,
            details: draft.details(),
            role,
            is_namesake: is_namesake.get_untracked(),
        };
        let navigate = navigate.clone();
        doing.run(
            async move { client.post::<PersonCard>(api::paths::PEOPLE, &new).await },
            move |card| {
                navigate(&api::work::person(card.id), replacing());
            },
        );
    };
    view! {
        <form class="stack loose" on:submit=send novalidate>
            <section class="stack">
                <h2>{say(words::card)}</h2>
                <DetailsFields draft=draft />
            </section>
            <section class="stack">
                <h2>{say(words::role_new)}</h2>
                <RoleFields gives=gives schools=schools draft=role />
            </section>
            {move || {
                is_role_missing
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
            <Show when=asks_namesake>
                <label class="chip">
                    <input
                        type="checkbox"
                        prop:checked=move || is_namesake.get()
                        on:change:target=move |event| is_namesake.set(event.target().checked())
                    />
                    {say(words::namesake)}
                </label>
            </Show>
            <p>
                <button type="submit" class="button primary" disabled=move || doing.busy.get()>
                    {say(words::save_person)}
                </button>
            </p>
        </form>
    }
}
