//! People, their roles and cards, as the office and the schools see them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::account::OpenSession;
use crate::access::entry::{EntryLink, EntryState};
use crate::access::session::{Grant, Role, Scope};
use crate::id::{GrantId, PersonId};
use crate::text::{Language, Text};

/// May a person sign in?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Works here.
    Active,
    /// May not sign in for now; roles and login stay.
    Blocked,
    /// Was let go: roles have ended, the login is free.
    Left,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Person {
    /// Id.
    pub id: PersonId,
    /// Name as shown.
    pub name: String,
    /// Position.
    pub position: String,
    /// Login; absent for those who have set none.
    pub login: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Roles in force, with their scopes.
    pub grants: Vec<Grant>,
    /// May the person sign in?
    pub standing: Standing,
    /// What became of the last link to begin an account, if one was issued.
    pub entry: Option<EntryState>,
}

/// People within the reader's reach.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PeopleRegister {
    /// By name.
    pub people: Vec<Person>,
    /// Roles that the reader may give.
    pub gives: Vec<Role>,
}

/// What a card says of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PersonDetails {
    /// Name as shown.
    pub name: String,
    /// Position.
    pub position: String,
    /// E-mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Language of the interface.
    pub language: Language,
}

/// A person to be entered, with the first role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewPerson {
    /// Id made by the client.
    pub id: PersonId,
    /// The card.
    pub details: PersonDetails,
    /// What the person is entered for.
    pub role: NewRole,
    /// Is it known that somebody else here has the same name?
    #[serde(default)]
    pub is_namesake: bool,
}

/// A role to be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewRole {
    /// Id made by the client.
    pub id: GrantId,
    /// Role.
    pub role: Role,
    /// Where it holds.
    pub scope: Scope,
    /// Number and date of the order.
    pub order_reference: Option<String>,
    /// First day, `YYYY-MM-DD`; from now on when absent.
    pub from: Option<String>,
    /// Last day, `YYYY-MM-DD`; without an end when absent.
    pub until: Option<String>,
}

/// A role as it was given, and how long it held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HeldRole {
    /// Id.
    pub id: GrantId,
    /// Role.
    pub role: Role,
    /// Where it holds.
    pub scope: Scope,
    /// Short name of the organisation it holds in.
    pub organisation_name: Option<String>,
    /// Number and date of the order.
    pub order_reference: Option<String>,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub until: Option<String>,
    /// When it was given.
    pub granted_ms: i64,
    /// When it was taken.
    pub revoked_ms: Option<i64>,
    /// Does it hold today?
    pub is_in_force: bool,
    /// May the reader take it?
    pub may_take: bool,
}

/// Whether a person may sign in, to be changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StandingChange {
    /// The new standing.
    pub standing: Standing,
}

/// Everything about one person that the reader may see.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PersonCard {
    /// Id.
    pub id: PersonId,
    /// The card.
    pub details: PersonDetails,
    /// Login.
    pub login: Option<String>,
    /// May the person sign in?
    pub standing: Standing,
    /// Roles, newest first.
    pub roles: Vec<HeldRole>,
    /// Devices where the person is signed in, for whoever may end it.
    pub sessions: Vec<OpenSession>,
    /// Links to begin an account, newest first, for whoever may issue them.
    pub entries: Vec<EntryLink>,
    /// Why the reader may not change this account; absent when they may.
    pub refusal: Option<Text>,
    /// Roles that the reader may give this person.
    pub gives: Vec<Role>,
}
