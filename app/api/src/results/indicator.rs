//! Indicators of the quality programme (показатели): what each means, where it is meant to be, where it is.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::IndicatorValueId;
use crate::text::Text;

/// What an indicator counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorUnit {
    /// Percent, 0–100.
    Percent,
    /// A number of things.
    Count,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = IndicatorDirection)]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// A value of one year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct IndicatorValue {
    /// Calendar year.
    pub year: i32,
    /// Value in the indicator's unit.
    pub value: f64,
    /// What a computed share is of: works or schools.
    pub n: Option<u64>,
    /// What proves an entered value.
    pub evidence: Option<String>,
    /// Who entered it; none for a computed value.
    pub author: Option<String>,
    /// When it was entered, ms since 1970 UTC.
    pub at_ms: Option<i64>,
}

/// An indicator with its values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct IndicatorCard {
    /// Id in the catalogue.
    pub id: String,
    /// What it is about.
    pub title: Text,
    /// How it is reckoned.
    pub formula: Text,
    /// What it counts in.
    pub unit: IndicatorUnit,
    /// Which way is better.
    pub direction: Direction,
    /// Where it is meant to be, in its unit; none where only the trend counts.
    pub target: Option<f64>,
    /// Where the data come from.
    pub source: Text,
    /// How often.
    pub period: Text,
    /// Who answers for it.
    pub owner: Text,
    /// How it is distorted.
    pub risk: Text,
    /// What to look at beside it, so that a distortion shows.
    pub counter: Text,
    /// Is it reckoned from the platform's own data?
    pub is_computed: bool,
    /// Values by year, oldest first.
    pub values: Vec<IndicatorValue>,
}

/// Indicators of one kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct IndicatorGroup {
    /// Name.
    pub title: Text,
    /// Indicators in the order of the catalogue.
    pub indicators: Vec<IndicatorCard>,
}

/// All indicators.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Indicators {
    /// By kind.
    pub groups: Vec<IndicatorGroup>,
    /// This year, for a value to be entered.
    pub year: i32,
    /// May the caller enter values?
    pub may_enter: bool,
}

/// A value to be entered; it takes the place of an earlier one of the same year, which stays in the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewIndicatorValue {
    /// Id made by the client.
    pub id: IndicatorValueId,
    /// Indicator of the catalogue.
    pub indicator: String,
    /// Calendar year.
    pub year: i32,
    /// Value in the indicator's unit.
    pub value: f64,
    /// What proves it: a document, a link, a survey.
    pub evidence: String,
}
