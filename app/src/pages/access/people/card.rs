//! One person: who it is, roles, entry, sessions.

use api::access::permission::Permission;
use api::access::person::{PersonCard, Standing};
use api::id::PersonId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::contacts::{DetailsFields, Draft};
use super::link::{EntryPart, Issued};
use super::roles::Roles;
use super::sessions::Sessions;
use super::standing::StandingPart;
use crate::client::{Client, Failure, use_client};
use crate::components::{Doing, DoingFailure, FailureNotice, Loading, Notice, use_toasts};
use crate::language::{say, say_text, use_language};
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::access::people as words;
use crate::text::common;

/// What the page shows, changed by whatever an action answers.
#[derive(Clone, Copy)]
pub struct Shown(RwSignal<Option<PersonCard>>);

impl Shown {
    /// Takes over what an action answered.
    pub fn set(self, card: PersonCard) {
        // The page may have been left meanwhile.
        self.0.try_set(Some(card));
    }

    /// Reads the card anew.
    pub async fn fetch(self, client: Client, person: PersonId) -> Result<(), Failure> {
        let card = client
            .get::<PersonCard>(&api::paths::person(person))
            .await?;
        self.set(card);
        Ok(())
    }
}

/// The page.
#[component]
pub fn PersonPage() -> impl IntoView {
    set_title(words::title);
    let client = use_client();
    let params = use_params_map();
    let shown = Shown(RwSignal::new(None));
    let issued = Issued(RwSignal::new(None));
    provide_context(issued);
    let failure = RwSignal::new(None::<Failure>);
    let person = Memo::new(move |_| {
        params.with(|params| {
            params
                .get("person")
                .and_then(|id| id.parse::<PersonId>().ok())
        })
    });
    let load = Callback::new(move |()| {
        let Some(person) = person.get_untracked() else {
            return;
        };
        failure.set(None);
        leptos::task::spawn_local(async move {
            if let Err(error) = shown.fetch(client, person).await {
                failure.try_set(Some(error));
            }
        });
    });
    Effect::new(move |_| {
        client.epoch.track();
        person.track();
        issued.0.set(None);
        load.run(());
    });
    view! {
        <main class="page narrow person-page" id="main">
            <p class="small no-print">
                <a href=api::work::PEOPLE>{say(words::back)}</a>
            </p>
            {move || {
                failure
                    .get()
                    .map(|failure| view! { <FailureNotice failure=failure retry=load /> })
            }}
            {move || match (shown.0.get(), failure.with(Option::is_some)) {
                (Some(card), _) => view! { <Card card=card shown=shown /> }.into_any(),
                (None, false) => view! { <Loading /> }.into_any(),
                (None, true) => ().into_any(),
            }}
        </main>
    }
}

#[component]
fn Card(card: PersonCard, shown: Shown) -> impl IntoView {
    let session = use_session();
    let may_change = card.refusal.is_none() && session.may(Permission::PersonUpdate);
    let is_active = card.standing == Standing::Active;
    let standing = card.standing;
    let title = card.details.name.clone();
    let refusal = card
        .refusal
        .clone()
        .filter(|_| session.may(Permission::PersonUpdate));
    view! {
        <div>
            <h1>
                {title}
                {(!is_active)
                    .then(|| view! { " " <span class="tag warn">{say(words::standing(standing))}</span> })}
            </h1>
            {(!card.details.position.is_empty())
                .then(|| view! { <p class="muted">{card.details.position.clone()}</p> })}
        </div>
        {refusal
            .map(|text| {
                view! {
                    <Notice>
                        <p>{say_text(text)}</p>
                    </Notice>
                }
            })}
        {may_change
            .then(|| view! { <EntryPart card=card.clone() shown=shown /> })}
        <Roles card=card.clone() shown=shown />
        {may_change
            .then(|| {
                let id = card.id;
                let client = use_client();
                view! {
                    <Sessions
                        title=words::sessions
                        sessions=card.sessions.clone()
                        end_all=words::end_all
                        end=Callback::new(move |session: Option<String>| {
                            let what = match session {
                                Some(session) => format!("sessions/{session}"),
                                None => "sessions".to_owned(),
                            };
                            let path = api::paths::of_person(id, &what);
                            leptos::task::spawn_local(async move {
                                if let Ok(card) = client.delete::<PersonCard>(&path).await {
                                    shown.set(card);
                                }
                            });
                        })
                    />
                }
            })}
        {may_change.then(|| view! { <DetailsPart card=card.clone() shown=shown /> })}
        {may_change.then(|| view! { <StandingPart card=card.clone() shown=shown /> })}
    }
}

/// The card itself, to be changed.
#[component]
fn DetailsPart(card: PersonCard, shown: Shown) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let toasts = use_toasts();
    let doing = Doing::new();
    let draft = Draft::new(Some(&card.details));
    let id = card.id;
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let details = draft.details();
        doing.run(
            async move {
                client
                    .put::<PersonCard>(&api::paths::person(id), &details)
                    .await
            },
            move |card| {
                toasts.say(words::saved(language.get_untracked()));
                shown.set(card);
            },
        );
    };
    view! {
        <section class="stack no-print">
            <h2>{say(words::card)}</h2>
            <form class="stack" on:submit=send novalidate>
                <DetailsFields draft=draft />
                <DoingFailure doing=doing />
                <p>
                    <button type="submit" class="button" disabled=move || doing.busy.get()>
                        {say(common::save)}
                    </button>
                </p>
            </form>
        </section>
    }
}
