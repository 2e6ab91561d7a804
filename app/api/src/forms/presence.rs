//! Who is on which question just now: passed on, never stored.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{PersonId, SubmissionId};

/// Name of the server-sent event that carries a [`Presence`].
pub const PRESENCE_EVENT: &str = "presence";
/// A person of whom nothing was heard for so long is gone, ms.
pub const PRESENCE_LASTS_MS: i64 = 45_000;
/// A page that stays where it is says so this often, ms.
pub const PRESENCE_BEAT_MS: u32 = 20_000;

/// Says where the caller is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PutPresence {
    /// Question or section, as a path in the form; absent when the page is left.
    pub question: Option<String>,
}

/// Where somebody is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Presence {
    /// Submission.
    pub submission: SubmissionId,
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Question or section, as a path in the form; absent when the page is left.
    pub question: Option<String>,
}
