//! Published forms.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::text::Text;

/// A published version of a form; it never changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FormLabel {
    /// Id, for example `obs_vpr_day`.
    pub id: String,
    /// Version, for example `1.0.0`.
    pub version: String,
    /// Title.
    pub title: Text,
    /// What it is for: `observation`, `self_assessment`, `mechanisms`, `context`, `other`.
    pub purpose: String,
    /// Number of questions.
    pub questions: u32,
    /// SHA-256 of the document, hex.
    pub hash: String,
}
