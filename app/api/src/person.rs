//! People and their roles, as coordinators and administrators see them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::PersonId;
use crate::session::Grant;

/// A person who may sign in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Person {
    /// Id.
    pub id: PersonId,
    /// Name as shown.
    pub name: String,
    /// Login; absent for those who enter by invitation only.
    pub login: Option<String>,
    /// Roles with their scopes.
    pub grants: Vec<Grant>,
    /// Is sign-in allowed?
    pub active: bool,
}
