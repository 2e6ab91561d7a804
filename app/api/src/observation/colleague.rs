//! What two observers at one event answered to the same questions.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Another observer at the same event, without a name: what counts is what was seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Colleague {
    /// Number among the observers of the event, from 1.
    pub number: u32,
    /// Their answers to questions that the caller has answered, too. Nobody sees an answer before giving
    /// their own.
    pub answers: Vec<ColleagueAnswer>,
}

/// One answer of another observer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ColleagueAnswer {
    /// Path of the question.
    pub question: String,
    /// The answer.
    pub value: String,
    /// When it was given, by the device that gave it.
    pub at_ms: i64,
}
