//! Signing in, and who is signed in.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::permission::{self, Permission};
use crate::id::{EventId, MunicipalityId, OrganisationId, PersonId};
use crate::text::{Language, Text};

/// Role of a person (роль).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Municipal manager (руководитель).
    Manager,
    /// Municipal coordinator (координатор).
    Coordinator,
    /// Methodist (методист).
    Methodist,
    /// Analyst (аналитик).
    Analyst,
    /// School head (директор).
    SchoolHead,
    /// School coordinator (школьный координатор).
    SchoolCoordinator,
    /// Member of a school's management team (управленческая команда).
    SchoolTeam,
    /// Public observer (общественный наблюдатель).
    Observer,
    /// Person on the register of observers (в реестре наблюдателей): trains and declares interests, sees no
    /// event before being assigned.
    RegisteredObserver,
    /// Independent expert (эксперт).
    Expert,
    /// Reader of the regional body.
    RegionalReader,
    /// Administrator of the installation.
    Administrator,
}

/// Where a role holds: a municipality contains its schools, a school its events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Scope {
    /// The whole municipality.
    Municipality,
    /// One organisation.
    Organisation {
        /// Which one.
        organisation: OrganisationId,
    },
    /// One event.
    Event {
        /// Which one.
        event: EventId,
    },
}

/// A role in a scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Where it holds.
    pub scope: Scope,
}

/// Sign-in by login and password.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SignIn {
    /// Login, compared without regard to case.
    pub login: String,
    /// Password, up to 256 characters.
    pub password: String,
}

impl std::fmt::Debug for SignIn {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SignIn")
            .field("login", &self.login)
            .finish_non_exhaustive()
    }
}

/// Sign-in as a person of the demo.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct DemoSignIn {
    /// Who.
    pub person: PersonId,
}

/// Entry by a personal invitation.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct InvitationSignIn {
    /// The secret from the link or QR code.
    pub token: String,
}

impl std::fmt::Debug for InvitationSignIn {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("InvitationSignIn")
            .finish_non_exhaustive()
    }
}

/// Who is signed in, and what the interface needs to know at its start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Session {
    /// The person; absent for a visitor.
    pub person: Option<SessionPerson>,
    /// Is this a demo installation with invented data?
    pub demo: bool,
    /// Version of the server.
    pub version: String,
    /// Now by the server's clock, to notice a wrong one.
    pub now_ms: i64,
    /// When the session ends without use; absent for a visitor.
    pub expires_ms: Option<i64>,
}

/// The signed-in person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SessionPerson {
    /// Id.
    pub id: PersonId,
    /// Name as shown («Ирина Ковалёва»).
    pub name: String,
    /// Municipality.
    pub municipality: MunicipalityId,
    /// Name of the municipality.
    pub municipality_name: Text,
    /// Roles with their scopes.
    pub grants: Vec<Grant>,
    /// What the person may do, at least somewhere.
    #[serde(default, deserialize_with = "permission::known")]
    pub permissions: Vec<Permission>,
    /// What the person may do in the whole municipality.
    #[serde(default, deserialize_with = "permission::known")]
    pub everywhere: Vec<Permission>,
    /// Names of the organisations in the scopes, for the header.
    pub organisations: Vec<OrganisationLabel>,
    /// Chosen language.
    pub language: Language,
}

/// An organisation by id and short name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrganisationLabel {
    /// Id.
    pub id: OrganisationId,
    /// Short name.
    pub name: String,
}

/// A person of the demo who can be entered by a tap.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DemoPerson {
    /// Id.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// First role.
    pub role: Role,
    /// Organisation of the role, if it has one.
    pub organisation: Option<String>,
    /// Login, to try the usual sign-in.
    pub login: String,
    /// What this person can show.
    pub about: Text,
}
