//! Cases (карточки разбора): what became of a critical item that an observer signed.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{CaseId, EntryId, EventId, OrganisationId, SubmissionId};
use crate::text::Text;

/// Where a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// Reported by an observer; the school has not explained yet.
    Reported,
    /// The school has explained.
    Answered,
    /// The coordinator has closed it with a reaction.
    Resolved,
}

/// A case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Case {
    /// Id.
    pub id: CaseId,
    /// Event.
    pub event: EventId,
    /// School.
    pub organisation: OrganisationId,
    /// Short name of the school.
    pub organisation_name: String,
    /// Date of the event.
    pub date: String,
    /// Subject and class of the event.
    pub work: Text,
    /// The critical item as the sheet words it.
    pub item: Text,
    /// The observer's note.
    pub note: Option<String>,
    /// Where it stands.
    pub state: CaseState,
    /// When it was reported.
    pub reported_ms: i64,
    /// Day until which the school is asked to explain.
    pub answer_due: String,
    /// Is the explanation overdue today?
    pub overdue: bool,
    /// What the coordinator decided, once resolved.
    pub resolution: Option<Resolution>,
    /// The sheet, for those who may read it.
    pub submission: Option<SubmissionId>,
    /// What happened, oldest first; only in the answer for one case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<CaseEntry>,
}

/// How a case ends: words and help first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// The explanation settles it.
    Explained,
    /// Help was agreed on: a consultation, training, a visit.
    Help,
    /// The works are checked again.
    Recheck,
    /// The item was not confirmed.
    NotConfirmed,
}

/// What an entry of the timeline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// The observer signed the sheet.
    Reported,
    /// The school explained.
    Answer,
    /// The coordinator wrote.
    Reaction,
    /// The coordinator closed the case.
    Resolved,
}

/// An entry of the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CaseEntry {
    /// Id.
    pub id: EntryId,
    /// When.
    pub at_ms: i64,
    /// What.
    pub kind: EntryKind,
    /// Words; blank for a report without a note.
    pub content: String,
    /// Who wrote it, where the reader may know: an observer is not named to the school.
    pub author: Option<String>,
}

/// The school explains, or the coordinator writes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewEntry {
    /// Id made by the client.
    pub id: EntryId,
    /// Words.
    pub content: String,
}

/// The coordinator closes a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Resolve {
    /// Id of the entry, made by the client.
    pub id: EntryId,
    /// How it ends.
    pub resolution: Resolution,
    /// What was done, in words for the school and the observer.
    pub content: String,
}
