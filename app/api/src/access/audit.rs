//! The audit log: who changed what, chained by hash.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is asked of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditQuery {
    /// Entries below this sequence; the newest when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<u64>,
}

/// An entry, newest first in lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AuditEntry {
    /// Position in the municipality's log, from 1.
    pub sequence: u64,
    /// When.
    pub at_ms: i64,
    /// Who; absent for the system itself.
    pub person_name: Option<String>,
    /// What, spelled like the permission: `submission.update`.
    pub action: String,
    /// Kind and id of the thing changed.
    pub object: String,
    /// Details without personal data.
    #[schema(value_type = Object)]
    pub details: serde_json::Value,
    /// Hash of this entry and the one before: hex of SHA-256.
    pub hash: String,
}
