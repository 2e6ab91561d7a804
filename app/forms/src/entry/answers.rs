use serde::{Deserialize, Serialize};

use super::{NodePath, Value};

/// What is handed in: the answers that count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// Id of the form.
    pub form_id: String,
    /// Its version.
    pub form_version: String,
    /// Relevant answers that are not blank, in the order of the form.
    pub answers: Vec<Answer>,
}

/// One answer of a submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The question.
    pub path: NodePath,
    /// Its value.
    pub value: Value,
}
