//! Who is signed in, as the pages see it.

use api::id::OrganisationId;
use api::session::{Role, Scope, Session, SessionPerson};
use leptos::prelude::*;

use crate::client::{Client, Failure};

/// The session, given to the whole work area by context.
#[derive(Clone, Copy)]
pub struct CurrentSession {
    /// The server's answer; absent until it came.
    pub session: RwSignal<Option<Session>>,
    /// Why it did not come.
    pub failure: RwSignal<Option<Failure>>,
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
        }
    }

    /// Asks the server who is signed in.
    pub async fn fetch(self, client: Client) {
        match client.get::<Session>(api::paths::SESSION).await {
            Ok(session) => self.set(client, session),
            Err(failure) => self.failure.set(Some(failure)),
        }
    }

    /// Takes over an answer of the server: someone signed in or out.
    pub fn set(self, client: Client, session: Session) {
        let before = self.person_id();
        let person = session.person.as_ref().map(|person| person.id);
        self.failure.set(None);
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

    /// Has the signed-in person one of these roles anywhere (tracked)?
    pub fn has_role(self, roles: &[Role]) -> bool {
        self.session.with(|session| {
            session
                .as_ref()
                .and_then(|session| session.person.as_ref())
                .is_some_and(|person| {
                    person
                        .grants
                        .iter()
                        .any(|grant| roles.contains(&grant.role))
                })
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

impl Default for CurrentSession {
    fn default() -> Self {
        CurrentSession::new()
    }
}

/// Roles that work with the whole municipality's results.
pub const MUNICIPAL: [Role; 6] = [
    Role::Manager,
    Role::Coordinator,
    Role::Methodist,
    Role::Analyst,
    Role::RegionalReader,
    Role::Administrator,
];
/// Roles inside a school.
pub const SCHOOL: [Role; 3] = [Role::SchoolHead, Role::SchoolCoordinator, Role::SchoolTeam];
/// Roles that may see the heat map, at least their own row.
pub const MAP_READERS: [Role; 8] = [
    Role::Manager,
    Role::Coordinator,
    Role::Methodist,
    Role::Analyst,
    Role::RegionalReader,
    Role::Administrator,
    Role::SchoolHead,
    Role::SchoolCoordinator,
];
/// Roles that bring results.
pub const IMPORTERS: [Role; 4] = [
    Role::Coordinator,
    Role::Analyst,
    Role::SchoolCoordinator,
    Role::Administrator,
];
/// Roles that plan and follow the work of the whole municipality.
pub const PLANNERS: [Role; 4] = [
    Role::Manager,
    Role::Coordinator,
    Role::Methodist,
    Role::Analyst,
];
/// Roles that assess the municipal mechanisms.
pub const MECHANISMS: [Role; 5] = [
    Role::Manager,
    Role::Coordinator,
    Role::Methodist,
    Role::Analyst,
    Role::Expert,
];
