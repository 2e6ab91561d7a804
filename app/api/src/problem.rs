//! Errors as `application/problem+json` (RFC 9457) with stable codes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::text::Text;

/// Media type of a [`Problem`].
pub const MEDIA_TYPE: &str = "application/problem+json";

/// Why a request was not carried out, and how to mend it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// `urn:orientir:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// HTTP status.
    pub status: u16,
    /// Stable code, for example `session.expired` or `import.unknown_school`.
    pub code: String,
    /// What happened and what to do, in English (for tools).
    pub title: String,
    /// The same for people, in both languages.
    pub text: Text,
    /// Id of the request, to find it in the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// Fields at fault, if the request had any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// Seconds after which a repetition makes sense, for rate limits and a busy database.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u32>,
}

/// One field at fault.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FieldProblem {
    /// Name of the field in the request.
    pub field: String,
    /// Stable code.
    pub code: String,
    /// What is wrong and how to mend it.
    pub text: Text,
}
