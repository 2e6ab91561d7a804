//! Links by which people begin an account: the person sets a login and a password, and nobody else learns them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{EntryLinkId, PersonId};
use crate::text::Text;

/// Request for a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewEntryLink {
    /// Id made by the client.
    pub id: EntryLinkId,
}

/// What became of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    /// It can be used.
    Open,
    /// It was used.
    Used,
    /// Another one was issued, or it was taken back.
    Replaced,
    /// Its time is over.
    Expired,
}

/// A link by which somebody sets a login and a password; the link itself is shown once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EntryLink {
    /// Id.
    pub id: EntryLinkId,
    /// Who.
    pub person: PersonId,
    /// Name of the person.
    pub person_name: String,
    /// When it was issued.
    pub created_ms: i64,
    /// End of validity.
    pub expires_ms: i64,
    /// What became of it.
    pub state: EntryState,
    /// The link, only in the answer that made it.
    pub link: Option<String>,
    /// QR code of the link as SVG, only in the answer that made it.
    pub qr_svg: Option<String>,
}

/// The secret of a link.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct EntryToken {
    /// What stands after `#`.
    pub token: String,
}

/// Whom a link is for; looking spends nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EntryOffer {
    /// Name of the person.
    pub name: String,
    /// Name of the municipality.
    pub municipality_name: Text,
    /// Login of the person, if there is one: it stays.
    pub login: Option<String>,
    /// A login to begin with.
    pub suggestion: String,
    /// End of validity.
    pub expires_ms: i64,
}

/// Login and password of somebody who was invited.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct EntryAcceptance {
    /// What stands after `#`.
    pub token: String,
    /// Login; of no account when the person has one.
    pub login: String,
    /// Password.
    pub password: String,
}

impl std::fmt::Debug for EntryToken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("EntryToken").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for EntryAcceptance {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("EntryAcceptance")
            .finish_non_exhaustive()
    }
}
