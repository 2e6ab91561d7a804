//! Founding an office: what a one-time address asks, once.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{MunicipalityId, PersonId};
use crate::text::Text;

/// Is there somebody who runs this installation?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SetupState {
    /// May an office be founded here with a one-time address?
    pub open: bool,
}

/// A one-time code by itself, to be told early that it does not hold.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct SetupCode {
    /// The code from the address.
    pub code: String,
}

/// The office to be founded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Office {
    /// Name of the municipality.
    pub name: Text,
    /// Time of its schools: minutes east of UTC.
    pub zone_minutes: i32,
}

/// Founds an office with its first administrator.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Founding {
    /// The code from the one-time address.
    pub code: String,
    /// Id made by the client.
    pub municipality: MunicipalityId,
    /// The office.
    pub office: Office,
    /// Id made by the client.
    pub person: PersonId,
    /// Name of the first administrator.
    pub name: String,
    /// Login of the first administrator.
    pub login: String,
    /// Password of the first administrator.
    pub password: String,
    /// Is the administrator the coordinator as well, as in a small office?
    pub is_coordinator: bool,
}

impl std::fmt::Debug for Founding {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Founding")
            .field("municipality", &self.municipality)
            .field("office", &self.office)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for SetupCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SetupCode").finish_non_exhaustive()
    }
}
