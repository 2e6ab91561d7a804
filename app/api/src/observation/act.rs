//! The act (акт) of an observation: what was seen, signed, and explained by the school.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{EntryId, SubmissionId};
use crate::text::Text;

/// An act of a submitted sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Act {
    /// The sheet.
    pub submission: SubmissionId,
    /// Number: the first letters of the sheet's id.
    pub number: String,
    /// Full name of the school.
    pub organisation_name: String,
    /// Date of the event.
    pub date: String,
    /// Start of the event, `HH:MM`.
    pub start: String,
    /// Subject, class and room.
    pub work: Text,
    /// Title of the form and its version.
    pub form: Text,
    /// Name of the observer; absent for the school.
    pub observer: Option<String>,
    /// Number of the observer's accreditation.
    pub accreditation: Option<String>,
    /// When the sheet was submitted.
    pub submitted_ms: i64,
    /// Questions answered and questions to answer.
    pub answered: [u32; 2],
    /// Observation index, 0–1.
    pub index: Option<f64>,
    /// Its level in words.
    pub level: Option<Text>,
    /// What was not in order, in the order of the form.
    pub remarks: Vec<Remark>,
    /// The observer's signature.
    pub signature: Option<Signature>,
    /// Day until which the school may explain.
    pub explain_until: String,
    /// Explanations of the school, oldest first; all are kept.
    pub explanations: Vec<Explanation>,
    /// May the caller sign it now?
    pub may_sign: bool,
    /// May the caller explain for the school?
    pub may_explain: bool,
}

/// Something that was not in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Remark {
    /// The rule as the sheet words it.
    pub item: Text,
    /// The observer's note.
    pub note: Option<String>,
    /// Is it a gross violation?
    pub critical: bool,
}

/// A signature on the screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Signature {
    /// Name as signed.
    pub name: String,
    /// Strokes on a sheet of 600 × 200, each a list of points.
    pub drawing: Vec<Vec<[u16; 2]>>,
    /// When.
    pub signed_ms: i64,
    /// Have answers come after the signature?
    pub outdated: bool,
}

/// Signs an act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Sign {
    /// Name of who signs.
    pub name: String,
    /// Strokes on a sheet of 600 × 200.
    pub drawing: Vec<Vec<[u16; 2]>>,
}

/// An explanation of the school.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Explanation {
    /// Id made by the client.
    pub id: EntryId,
    /// When; ignored when sent.
    #[serde(default)]
    pub at_ms: i64,
    /// Who wrote it; ignored when sent.
    #[serde(default)]
    pub author: String,
    /// Words.
    pub content: String,
}
