//! Approval of a self-assessment by the head: review, lock, signature.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::assessment::campaign::{CampaignProgress, CampaignStep};

/// Longest name in a signature, characters.
pub const MAX_SIGNATURE: usize = 120;

/// Approves and locks. The head signs what is seen: another revision or another hash is refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Approve {
    /// Id of the step; repeating it is harmless.
    pub id: Uuid,
    /// Number of operations the head has seen.
    pub revision: u64,
    /// Hash of the answers the head has seen.
    pub state_hash: String,
    /// Did the head look at the answers before?
    pub reading: Reading,
    /// Name as signed.
    pub name: String,
    /// Why it comes after the last date, if it does.
    pub late_reason: Option<String>,
}

/// How the head came to sign; kept in the audit log beside the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// The answers were opened as they are signed.
    Opened,
    /// The head said that they are signed without having been opened.
    Skipped,
}

/// Where a self-assessment stands, with everything that led there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentStanding)]
pub struct Standing {
    /// Where it stands.
    pub progress: CampaignProgress,
    /// Steps, oldest first.
    pub steps: Vec<CampaignStep>,
    /// Number of operations now.
    pub revision: u64,
    /// Hash of the answers now.
    pub state_hash: String,
    /// Last date for this school.
    pub until: String,
    /// Is that date over?
    pub is_late: bool,
    /// Answers that came after the lock: kept, not counted.
    pub set_aside: Vec<AnswerAside>,
    /// May the caller approve, unlock and give back?
    pub may_approve: bool,
}

/// An answer that came after the lock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AnswerAside {
    /// The operation.
    pub operation: Uuid,
    /// Question, as a path in the form.
    pub path: String,
    /// The answer; absent when it was taken back.
    pub value: Option<String>,
    /// Who gave it.
    pub name: String,
    /// When it was received.
    pub received_ms: i64,
}
