//! Personal invitations: an observer enters with a link or QR code that is bound to the first tablet.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{EventId, InvitationId, PersonId};

/// Request to invite a person to an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewInvitation {
    /// Id made by the client.
    pub id: InvitationId,
    /// Who is invited.
    pub person: PersonId,
    /// To what; the observer's role will hold there.
    pub event: EventId,
}

/// An invitation; the secret link is shown only in the answer that created it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Invitation {
    /// Id.
    pub id: InvitationId,
    /// Who.
    pub person: PersonId,
    /// Name of the person.
    pub person_name: String,
    /// To what.
    pub event: EventId,
    /// End of validity.
    pub expires_ms: i64,
    /// When it was first used.
    pub used_ms: Option<i64>,
    /// The personal link, only at creation.
    pub link: Option<String>,
    /// QR code of the link as SVG, only at creation.
    pub qr_svg: Option<String>,
}
