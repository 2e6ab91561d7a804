//! What is known beside a self-assessment: last time's answers, and what the data of the school say.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::results::heat_map::CellState;
use crate::text::Text;

/// Beside a self-assessment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Background {
    /// The last self-assessment that was approved or handed over, by the same form.
    pub previous: Option<PreviousAnswers>,
    /// What observers saw at the school.
    pub observation: Option<ObservationSummary>,
    /// Results of the latest run.
    pub results: Option<ResultSummary>,
    /// Where an answer and the data should be looked at together.
    pub hints: Vec<CrossHint>,
}

/// Answers of the last campaign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PreviousAnswers {
    /// Title of that campaign.
    pub title: Text,
    /// Its last date.
    pub date: String,
    /// Answers of its items.
    pub items: Vec<PreviousItem>,
}

/// An item of the last campaign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PreviousItem {
    /// Question by its name in the form.
    pub item: String,
    /// The chosen sentence.
    pub sentence: Text,
    /// Points; absent for "not applicable".
    pub score: Option<f64>,
    /// Evidence named then.
    pub evidence: Option<String>,
    /// Comment written then.
    pub note: Option<String>,
}

/// What observers saw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = BackgroundObservation)]
pub struct ObservationSummary {
    /// Sheets handed in.
    pub sheets: u32,
    /// Mean observation index, 0–1.
    pub index: f64,
    /// Sheets without a critical violation.
    pub without_critical: u32,
}

/// Cells of the school in the latest run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ResultSummary {
    /// Calendar year.
    pub year: i32,
    /// When the run was stored.
    pub computed_ms: i64,
    /// Cells by state: subject × grade.
    pub states: Vec<(CellState, u32)>,
    /// Channels that spoke, with the number of cells in which they did.
    pub channels: Vec<ChannelSummary>,
}

/// A channel over all cells of the school.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChannelSummary {
    /// Code.
    pub channel: String,
    /// Name.
    pub name: Text,
    /// Cells in which it spoke.
    pub fired: u32,
    /// Cells in which it could be computed.
    pub computed: u32,
}

/// A rule of the instrument that holds answers against data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CrossHint {
    /// Code of the rule.
    pub id: String,
    /// Questions by their names in the form.
    pub items: Vec<String>,
    /// Points from which the answer is held against the data.
    pub from: f64,
    /// What to look at together.
    pub rule: Text,
}
