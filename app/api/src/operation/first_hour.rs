//! The first hour of an office: how far it has come.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a municipality has by now; each count tells that a step of the first hour is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FirstHour {
    /// Organisations in the register.
    pub schools: u64,
    /// People, the founder among them.
    pub people: u64,
    /// Imports of results that are stored and not undone.
    pub imports: u64,
    /// Finished runs of the engine: there is a map.
    pub runs: u64,
    /// Events, past and to come.
    pub events: u64,
    /// Sheets of observers that were handed in.
    pub sheets: u64,
}
