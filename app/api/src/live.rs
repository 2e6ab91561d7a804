//! What the event stream carries. The id of each event is its sequence; a reconnect resumes after it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::forms::submission::SubmissionState;
use crate::id::{
    CampaignId, CaseId, EventId, ImportId, OrganisationId, ProgrammeId, ReviewId, RunId,
    SubmissionId, SupportId,
};
use crate::procedures::procedure::ProcedureKind;
use crate::results::heat_map::CellLive;

/// Name of the event with which every stream begins: its data is the sequence up to which the listener is served. A page
/// that opens a new stream begins after it, so nothing that happened in between is missed.
pub const BEGIN_EVENT: &str = "begin";

/// One change, as one message of the stream.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LiveMessage {
    /// Grows by one with every change of the municipality.
    pub sequence: u64,
    /// When it happened.
    pub at_ms: i64,
    /// What happened.
    pub change: LiveChange,
}

/// Where a stream begins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LiveQuery {
    /// Sequence after which to begin: the page's `live_sequence`, or the last one heard of an earlier stream. A
    /// reconnect of the browser itself says it by the header `Last-Event-ID`, which wins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<u64>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LiveChange {
    /// A site of a procedure moved on: begun, alert, submitted.
    Site {
        /// School.
        organisation: OrganisationId,
        /// Kind of the procedure; changes logged before it was told are of test works.
        #[serde(default = "test_works")]
        procedure: ProcedureKind,
        /// Calendar year of the procedure.
        year: i32,
        /// Subject code.
        subject: String,
        /// Grade level.
        grade: u8,
        /// The event.
        event: EventId,
        /// How the cell looks now.
        live: CellLive,
        /// Name of the critical item that raised an alert, if one did just now.
        critical: Option<String>,
    },
    /// A submission received operations.
    Submission {
        /// Which one.
        submission: SubmissionId,
        /// School.
        organisation: OrganisationId,
        /// Revision it has now.
        revision: u64,
        /// Where it stands.
        state: SubmissionState,
    },
    /// A school's state in a campaign changed.
    Campaign {
        /// Which campaign.
        campaign: CampaignId,
        /// School.
        organisation: OrganisationId,
    },
    /// A case moved on.
    Case {
        /// Which case.
        case: CaseId,
    },
    /// A measure agreed with a school moved on.
    Support {
        /// Which measure.
        support: SupportId,
    },
    /// A programme, one of its lines or what was reported for it changed.
    Programme {
        /// Which programme.
        programme: ProgrammeId,
    },
    /// A review moved on.
    Review {
        /// Which review.
        review: ReviewId,
    },
    /// A colleague said something about a question.
    Comment {
        /// Which submission.
        submission: SubmissionId,
    },
    /// School or expert said something about a disagreement.
    Agreement {
        /// Which campaign.
        campaign: CampaignId,
        /// School.
        organisation: OrganisationId,
    },
    /// Results were stored or undone.
    Import {
        /// Which import.
        import: ImportId,
    },
    /// A run moved on; when done, fetch the map again.
    Run {
        /// Which run.
        run: RunId,
        /// Share done, 0–1; 1 when stored.
        progress: f32,
    },
    /// The client was away for too long: fetch everything again.
    Reset,
}

fn test_works() -> ProcedureKind {
    ProcedureKind::Vpr
}
