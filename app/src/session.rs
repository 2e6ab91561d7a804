//! Who is signed in, as the pages see it.

use std::time::Duration;

use api::access::permission::Permission;
use api::access::session::{Scope, Session, SessionPerson};
use api::id::OrganisationId;
use leptos::prelude::*;

use crate::client::{Client, Failure};
use crate::device;

/// The last session on this device, for opening without a network.
const REMEMBERED: &str = "orientir.session";
/// A wish to sign out that the server has not heard yet.
const SIGN_OUT: &str = "orientir.sign-out";
/// How long the server's answer is waited for before the remembered session stands in.
const PATIENCE: Duration = Duration::from_millis(2_500);

/// The session, given to the whole work area by context.
#[derive(Clone, Copy)]
pub struct CurrentSession {
    /// The server's answer; absent until it came.
    pub session: RwSignal<Option<Session>>,
    /// Why it did not come.
    pub failure: RwSignal<Option<Failure>>,
    /// Is it remembered by this device, while the server cannot be asked?
    pub is_remembered: RwSignal<bool>,
}

/// The session of the work area.
pub fn use_session() -> CurrentSession {
    expect_context::<CurrentSession>()
}

impl CurrentSession {
    /// A session nobody has asked for yet.
    pub fn new() -> Self {
        CurrentSession {
            session: RwSignal::new(None),
            failure: RwSignal::new(None),
            is_remembered: RwSignal::new(false),
        }
    }

    /// Asks the server who is signed in. Without an answer the last person on this device goes on: what
    /// they write stays here until they can be asked to sign in.
    pub async fn fetch(self, client: Client) {
        if let Err(failure) = self.tell_signed_out(client).await {
            // Whoever signed out is not signed in again by opening the page, whatever the server still believes.
            if self.session.with_untracked(Option::is_none) {
                self.failure.set(Some(failure));
            }
            return;
        }
        set_timeout(move || self.stand_in(client), PATIENCE);
        match client.get::<Session>(api::paths::SESSION).await {
            Ok(session) => {
                let is_lost = session.person.is_none() && self.person_id().is_some();
                if is_lost {
                    // The page stays; the frame asks to sign in over it.
                    client.expired.set(true);
                } else {
                    self.set(client, session);
                }
            }
            Err(failure) => {
                self.stand_in(client);
                if self.session.with_untracked(Option::is_none) {
                    self.failure.set(Some(failure));
                }
            }
        }
    }

    /// Tells the server of a sign-out that it has not heard yet.
    ///
    /// # Errors
    /// While the server does not answer; the wish stays.
    async fn tell_signed_out(self, client: Client) -> Result<(), Failure> {
        if device::remembered(SIGN_OUT).is_none() {
            return Ok(());
        }
        let told = client
            .delete::<serde_json::Value>(api::paths::SESSION)
            .await;
        match told {
            Err(failure) if is_away(&failure) => Err(failure),
            // An answer that ends nothing tells that there was nothing to end.
            _ => {
                device::forget(SIGN_OUT);
                Ok(())
            }
        }
    }

    /// Does a sign-out wait for the network?
    pub fn is_signing_out(self) -> bool {
        device::remembered(SIGN_OUT).is_some()
    }

    /// Nobody is signed in here any more, by their own wish. The server is told by the next [`CurrentSession::fetch`].
    pub fn sign_out(self) {
        device::remember(SIGN_OUT, "1");
        self.forget();
    }

    /// Nobody is signed in here any more.
    fn forget(self) {
        device::forget(REMEMBERED);
        self.is_remembered.set(false);
        self.session.set(None);
    }

    /// Takes the remembered session while there is no other.
    fn stand_in(self, client: Client) {
        if self.session.with_untracked(Option::is_some) || self.is_signing_out() {
            return;
        }
        let kept = device::remembered(REMEMBERED);
        let kept = kept.and_then(|text| serde_json::from_str::<Session>(&text).ok());
        if let Some(mut session) = kept {
            // What the clock of the server was then says nothing about now.
            session.now_ms = device::now_ms();
            session.expires_ms = None;
            self.is_remembered.set(true);
            self.failure.set(None);
            self.session.set(Some(session));
            client.epoch.update(|epoch| *epoch += 1);
        }
    }

    /// Takes over an answer of the server: someone signed in or out.
    pub fn set(self, client: Client, session: Session) {
        let before = self.person_id();
        let person = session.person.as_ref().map(|person| person.id);
        self.failure.set(None);
        self.is_remembered.set(false);
        if person.is_some()
            && let Ok(text) = serde_json::to_string(&session)
        {
            device::remember(REMEMBERED, &text);
            // Signing in has ended the session of before.
            device::forget(SIGN_OUT);
        }
        self.session.set(Some(session));
        let was_expired = client.expired.get_untracked();
        if person.is_some() && was_expired {
            client.expired.set(false);
        }
        // What failed while the session was lost is asked for again, also by the same person.
        if before != person || was_expired {
            client.epoch.update(|epoch| *epoch += 1);
        }
    }

    /// The signed-in person (tracked).
    pub fn person(self) -> Option<SessionPerson> {
        self.session
            .with(|session| session.as_ref()?.person.clone())
    }

    /// Is this a demo with invented data (tracked)?
    pub fn is_demo(self) -> bool {
        self.session
            .with(|session| session.as_ref().is_some_and(|session| session.demo))
    }

    /// May the signed-in person do this, at least somewhere (tracked)?
    pub fn may(self, permission: Permission) -> bool {
        self.has(|person| person.permissions.contains(&permission))
    }

    /// May the signed-in person do this in the whole municipality (tracked)?
    pub fn may_everywhere(self, permission: Permission) -> bool {
        self.has(|person| person.everywhere.contains(&permission))
    }

    fn has(self, holds: impl FnOnce(&SessionPerson) -> bool) -> bool {
        self.session.with(|session| {
            session
                .as_ref()
                .and_then(|session| session.person.as_ref())
                .is_some_and(holds)
        })
    }

    /// The first organisation in the person's scopes (tracked).
    pub fn own_organisation(self) -> Option<OrganisationId> {
        self.session.with(|session| {
            session
                .as_ref()?
                .person
                .as_ref()?
                .grants
                .iter()
                .find_map(|grant| match grant.scope {
                    Scope::Organisation { organisation } => Some(organisation),
                    Scope::Municipality | Scope::Event { .. } => None,
                })
        })
    }

    fn person_id(self) -> Option<api::id::PersonId> {
        self.session
            .with_untracked(|session| Some(session.as_ref()?.person.as_ref()?.id))
    }
}

/// Did the server not get to answer?
fn is_away(failure: &Failure) -> bool {
    match failure {
        Failure::Offline => true,
        Failure::Problem(problem) => matches!(problem.status, 429 | 500..),
        Failure::Unreadable { status } => *status == 0 || *status >= 500,
    }
}

impl Default for CurrentSession {
    fn default() -> Self {
        CurrentSession::new()
    }
}
