//! Schools with low results (школы с низкими результатами), found by an explicit rule on a date.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{IdentificationId, OrganisationId, RunId};
use crate::text::Text;

/// How a result with signs of non-objectivity is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unreliable {
    /// Neither low nor good.
    IsUnknown,
    /// Low, whatever the marks say.
    CountsAsLow,
}

/// The rule.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LowResultRule {
    /// Share of pupils with mark 2, 0–1, from which a procedure is low.
    pub share: f64,
    /// Low procedures of one year that make the year low.
    pub procedures: u8,
    /// Years in a row the same procedure must be low for the risk group.
    pub years: u8,
    /// Pupils below which a share says nothing.
    pub min_pupils: u16,
    /// How a result with signs is read.
    pub unreliable: Unreliable,
}

/// Where a school stands by the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LowStanding {
    /// Low this year, and the same procedure was low the years before.
    RiskGroup,
    /// Low this year.
    Low,
    /// Would be low if the unknown results were.
    Unknown,
}

/// How one procedure is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LowReading {
    /// Low.
    Low,
    /// Its marks show signs of non-objectivity.
    Unreliable,
    /// Too few pupils.
    FewPupils,
}

/// A procedure that a standing rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LowProcedure {
    /// Subject, grade, and the procedure where it is no test work (ВПР).
    pub work: Text,
    /// Subject code.
    pub subject: String,
    /// Grade level.
    pub grade: u8,
    /// Calendar year.
    pub year: i32,
    /// Pupils with mark 2.
    pub below: u32,
    /// Pupils with a mark.
    pub pupils: u32,
    /// How it is read.
    pub reading: LowReading,
    /// Share of mark 2 in the other schools of the district in the same work, 0–1; none when no other wrote it.
    pub elsewhere: Option<f64>,
    /// Would so many be nothing unusual for a school of this size where pupils do as elsewhere? One-sided exact binomial
    /// test, mid-p above 0.05.
    pub may_be_chance: bool,
}

/// A school that the rule found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LowSchool {
    /// School.
    pub organisation: OrganisationId,
    /// Short name.
    pub name: String,
    /// Where it stands.
    pub standing: LowStanding,
    /// What that rests on, by year, subject and grade.
    pub procedures: Vec<LowProcedure>,
}

/// What an identification came to, without its schools.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct IdentificationLabel {
    /// Id.
    pub id: IdentificationId,
    /// When it was made, ms since 1970 UTC.
    pub at_ms: i64,
    /// Who made it.
    pub author: String,
    /// Year judged.
    pub year: i32,
    /// The rule.
    pub rule: LowResultRule,
    /// The run whose states tell which results are reliable; none before the first run.
    pub run: Option<RunId>,
    /// Schools with marks in the year.
    pub judged: u32,
    /// Schools in the risk group, low, and unknown.
    pub found: [u32; 3],
}

/// An identification: as it was found then, whatever was imported since.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Identification {
    /// What it came to.
    pub label: IdentificationLabel,
    /// Schools found, by standing and name.
    pub schools: Vec<LowSchool>,
}

/// The identifications there are, and what a new one may look at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Identifications {
    /// Newest first.
    pub made: Vec<IdentificationLabel>,
    /// Years with marks, newest first.
    pub years: Vec<i32>,
    /// The rule of regional control practice.
    pub usual: LowResultRule,
    /// May the caller make one?
    pub may_create: bool,
}

/// An identification to be made.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewIdentification {
    /// Id made by the client.
    pub id: IdentificationId,
    /// Year judged.
    pub year: i32,
    /// The rule.
    pub rule: LowResultRule,
}
