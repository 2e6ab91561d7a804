//! Filled forms as logs of operations.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{AssignmentId, CampaignId, OrganisationId, PersonId, SubmissionId};
use crate::text::Text;

/// A change of one field as it travels: the path and edit of `forms`, kept as JSON so that the server
/// can store what it does not (yet) understand.
pub type Operation = sync::Operation<serde_json::Value>;

/// Largest number of operations in one request.
pub const MAX_OPERATIONS: usize = 1_000;

/// Opens a submission; repeating it is harmless.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OpenSubmission {
    /// Id made by the client. When the subject already has a submission, the answer names that one.
    pub id: SubmissionId,
    /// What it is filled for.
    pub subject: SubmissionSubject,
}

/// What a submission is filled for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SubmissionSubject {
    /// An observer's sheet at an event.
    Assignment {
        /// Which assignment.
        assignment: AssignmentId,
    },
    /// A school's self-assessment in a campaign.
    Campaign {
        /// Which campaign.
        campaign: CampaignId,
        /// Which school.
        organisation: OrganisationId,
    },
}

/// Where a submission stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SubmissionState {
    /// Being filled.
    Draft,
    /// Submitted; later answers become corrections with author and reason.
    Submitted,
}

/// A submission with its whole log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Submission {
    /// Id.
    pub id: SubmissionId,
    /// What it is filled for.
    pub subject: SubmissionSubject,
    /// Form, id and version.
    pub form: [String; 2],
    /// Where it stands.
    pub state: SubmissionState,
    /// Number of operations held.
    pub revision: u64,
    /// Where and when, for the head of the page.
    pub heading: SubmissionHeading,
    /// Values known before filling, by prefill key (`event.room`).
    pub prefill: std::collections::BTreeMap<String, String>,
    /// Minutes east of UTC at the school: the clock of the form for everybody who fills it in, wherever they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone_minutes: Option<i16>,
    /// All operations, in the order received.
    #[schema(value_type = Vec<Object>)]
    pub operations: Vec<Operation>,
    /// Operations that are kept but not counted, with the reason.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    pub set_aside: Vec<sync::Refusal>,
    /// Who made operations: device to person.
    pub authors: Vec<Author>,
    /// When it was submitted.
    pub submitted_ms: Option<i64>,
    /// Result by the form's scoring rules, once there is one.
    pub score: Option<ScoreSheet>,
    /// The same school's score a year ago, for growth.
    pub previous: Option<ScoreSheet>,
}

/// Head of the filling page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SubmissionHeading {
    /// School.
    pub organisation: OrganisationId,
    /// Short name of the school.
    pub organisation_name: String,
    /// What is filled: «Математика, 5 «А», кабинет 12» or the campaign's title.
    pub title: Text,
    /// Date of the event, or last date of the campaign.
    pub date: String,
    /// Start of the event, `HH:MM`.
    pub start: Option<String>,
    /// Duration of the event, minutes.
    pub duration_minutes: Option<u16>,
}

/// Who stands behind a device's operations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Author {
    /// Device id.
    pub device: uuid::Uuid,
    /// Person.
    pub person: PersonId,
    /// Name.
    pub name: String,
}

/// Operations sent by one device; idempotent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PutOperations {
    /// Operations of one device and submission, ascending by sequence.
    #[schema(value_type = Vec<Object>)]
    pub operations: Vec<Operation>,
}

/// The answer to operations: the receipt, and what others did meanwhile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OperationsReceipt {
    /// What the server holds of this device.
    #[schema(value_type = Object)]
    pub receipt: sync::Receipt,
    /// Operations of other devices after the caller's base revision.
    #[schema(value_type = Vec<Object>)]
    pub others: Vec<Operation>,
}

/// Submits; the server validates again from the operations alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Submit {
    /// Revision the person saw.
    pub revision: u64,
    /// Submit although required questions are open, with the reason.
    pub incomplete_reason: Option<String>,
}

/// Result by the form's scoring rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ScoreSheet {
    /// Overall, 0–1; absent when too little was answered.
    pub overall: Option<f64>,
    /// Level by the form's bounds.
    pub level: Option<Text>,
    /// Sections.
    pub sections: Vec<SectionScore>,
    /// Critical items answered as a violation.
    pub critical: Vec<String>,
    /// Questions answered and questions to answer.
    pub answered: [u32; 2],
}

/// Result of one section or domain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SectionScore {
    /// Name in the form.
    pub section: String,
    /// Title.
    pub title: Text,
    /// 0–1.
    pub score: Option<f64>,
    /// Level by the form's bounds.
    pub level: Option<Text>,
    /// Questions answered and questions to answer.
    pub answered: [u32; 2],
    /// Levels chosen without the evidence they need.
    pub unconfirmed: u32,
}

/// A submission in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SubmissionLabel {
    /// Id.
    pub id: SubmissionId,
    /// Form, id and version.
    pub form: [String; 2],
    /// Head of the page.
    pub heading: SubmissionHeading,
    /// Where it stands.
    pub state: SubmissionState,
    /// When it was submitted.
    pub submitted_ms: Option<i64>,
}
