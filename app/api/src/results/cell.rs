//! One cell in full: why it has its state, and every number with its source.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{OrganisationId, RunId, SubmissionId};
use crate::procedures::event::Event;
use crate::results::dynamics::WorkDynamics;
use crate::results::heat_map::CellState;
use crate::text::Text;

/// A cell with its evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CellDetail {
    /// School.
    pub organisation: OrganisationId,
    /// Short name of the school.
    pub organisation_name: String,
    /// Calendar year.
    pub year: i32,
    /// Subject code.
    pub subject: String,
    /// Name of the subject.
    pub subject_name: Text,
    /// Grade level.
    pub grade: u8,
    /// The run.
    pub run: RunId,
    /// When the run was stored.
    pub computed_ms: i64,
    /// Version of the engine.
    pub engine_version: String,
    /// State.
    pub state: CellState,
    /// Pupils with results.
    pub n: u32,
    /// Depth of the data: `L0` … `L3`.
    pub level: String,
    /// Probability that the results were not obtained objectively, given the data, 0–1.
    pub posterior: Option<f64>,
    /// Expected share of false ones among signs at least this strong, 0–1.
    pub local_fdr: Option<f64>,
    /// Mean raw score.
    pub mean: Option<f64>,
    /// Mean pulled towards the comparable schools (empirical Bayes).
    pub shrunk_mean: Option<f64>,
    /// Highest possible raw score.
    pub max_score: Option<u16>,
    /// One sentence on the whole.
    pub summary: Text,
    /// Channel named first.
    pub first_reason: Option<String>,
    /// Channels, strongest first.
    pub channels: Vec<Channel>,
    /// The documents' markers.
    pub markers: Vec<Marker>,
    /// What honest reason could give the same picture.
    pub other_explanations: Vec<Text>,
    /// What to check or do next, help first.
    pub next_steps: Vec<Text>,
    /// Distribution of raw scores.
    pub histogram: Option<Histogram>,
    /// Profile of the items.
    pub items: Vec<ItemPoint>,
    /// The funnel of all schools of this work.
    pub funnel: Option<Funnel>,
    /// Register marks against marks in the work.
    pub register: Option<RegisterGap>,
    /// The same pupils, or the same cohort, before and now.
    pub cohort: Option<Cohort>,
    /// Works of one class that resemble each other most, by the school's own codes.
    pub pairs: Vec<SimilarPair>,
    /// The same work over the years.
    pub dynamics: Option<WorkDynamics>,
    /// Events of this work at this school.
    pub events: Vec<Event>,
    /// Observers' sheets that the caller may read.
    pub sheets: Vec<SheetLabel>,
}

/// A cell in short, for those who see the map and not the marks behind it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CellSummary {
    /// School.
    pub organisation: OrganisationId,
    /// Short name of the school.
    pub organisation_name: String,
    /// Calendar year.
    pub year: i32,
    /// Subject code.
    pub subject: String,
    /// Name of the subject.
    pub subject_name: Text,
    /// Grade level.
    pub grade: u8,
    /// When the run was stored.
    pub computed_ms: i64,
    /// State.
    pub state: CellState,
    /// Pupils with results.
    pub n: u32,
    /// What speaks, strongest first: kinds of evidence, without a figure.
    pub reasons: Vec<CellReason>,
    /// What honest reason could give the same picture.
    pub other_explanations: Vec<Text>,
}

/// A kind of evidence that speaks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CellReason {
    /// Code: `level`, `bunching`, `item_profile` …
    pub channel: String,
    /// Name.
    pub name: Text,
    /// What it compares, in a sentence.
    pub method: Text,
}

/// A channel: one independent kind of evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Channel {
    /// Code: `level`, `bunching`, `item_profile` …
    pub channel: String,
    /// Name.
    pub name: Text,
    /// Value of the statistic.
    pub value: Option<f64>,
    /// Interval of the value.
    pub interval: Option<[f64; 2]>,
    /// Expected value under honest conditions.
    pub expected: Option<f64>,
    /// Probability of so much or more under honest conditions.
    pub p_value: Option<f64>,
    /// Natural logarithm of the likelihood ratio it contributes.
    pub log_lr: f64,
    /// Pupils or observations behind it.
    pub n: u32,
    /// Does it speak?
    pub fired: bool,
    /// One sentence with the numbers.
    pub sentence: Text,
    /// Honest reason that could give the same picture.
    pub other_explanation: Text,
    /// What to check next.
    pub next_check: Text,
    /// How it is computed.
    pub method: Text,
    /// Thresholds with their sources.
    pub thresholds: Vec<Threshold>,
}

/// A threshold and where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Threshold {
    /// What it bounds.
    pub name: Text,
    /// Value.
    pub value: f64,
    /// `document`, `federal`, `regional`, `municipal` or `platform`.
    pub source: String,
    /// Reference.
    pub reference: Text,
}

/// A marker of the documents with its measured false-alarm rate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Marker {
    /// Code.
    pub marker: String,
    /// Name.
    pub name: Text,
    /// Does it fire? Absent when it cannot be computed.
    pub fired: Option<bool>,
    /// Share of honest schools of this size at which it fires.
    pub false_alarm_rate: Option<f64>,
    /// One sentence with the numbers.
    pub sentence: Text,
}

/// Distribution of raw scores, one entry a score from 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Histogram {
    /// Pupils of the school by raw score.
    pub school: Vec<u32>,
    /// Expected pupils of the school by raw score, smooth.
    pub expected: Vec<f64>,
    /// Share of the region's pupils by raw score.
    pub region: Vec<f64>,
    /// Lowest raw scores of the marks 3, 4, 5.
    pub cuts: Option<[u16; 3]>,
}

/// One item in the profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ItemPoint {
    /// Code.
    pub code: String,
    /// Highest score.
    pub max: u8,
    /// Difficulty letter.
    pub difficulty: Option<String>,
    /// Share of the possible score reached by the school, 0–1.
    pub school: f64,
    /// Interval.
    pub interval: [f64; 2],
    /// Expected for pupils of the same total score, 0–1.
    pub expected: f64,
    /// Share in the region, 0–1.
    pub region: f64,
}

/// Funnel plot: means against numbers of pupils.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Funnel {
    /// Expected mean at the school's own context.
    pub centre: f64,
    /// Standard deviation of one pupil inside schools.
    pub within_sd: f64,
    /// Over-dispersion between schools (τ), in raw-score points.
    pub between_sd: f64,
    /// Points: pupils, mean adjusted to this school's context, and whether it is this school.
    pub points: Vec<FunnelPoint>,
}

/// A school in the funnel; names are not given: it is no ranking.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FunnelPoint {
    /// Pupils.
    pub n: u32,
    /// Adjusted mean.
    pub mean: f64,
    /// Is it the school of the cell?
    pub own: bool,
}

/// Marks in the work against marks in the register: shares of pupils.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RegisterGap {
    /// Pupils with both marks.
    pub n: u32,
    /// Mark in the work below the register.
    pub lowered: f64,
    /// Equal.
    pub confirmed: f64,
    /// Above.
    pub raised: f64,
    /// Apart by two or more.
    pub gap_two: f64,
    /// The three shares over the region: lowered, confirmed, raised.
    pub region: [f64; 3],
    /// Pupils by mark in the work (rows 2–5) and register mark (columns 2–5).
    pub matrix: [[u32; 4]; 4],
}

/// Cohort plot: earlier results against present ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Cohort {
    /// Mean earlier result.
    pub before: f64,
    /// Mean score now of the pupils who have an earlier result.
    pub now: f64,
    /// Mean expected of an honest school with this earlier result.
    pub expected: f64,
    /// Limits of 95 % of honest schools.
    pub limits_95: [f64; 2],
    /// Pupils with both.
    pub n: u32,
    /// The other schools of the work: earlier result and mean now; no names, it is no ranking.
    pub others: Vec<[f64; 2]>,
}

/// Two works of one class that agree on more answers than equal scores and common teaching explain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SimilarPair {
    /// Class.
    pub class: String,
    /// The school's own code of one pupil, or the place of the work in the class.
    pub first: String,
    /// And of the other.
    pub second: String,
    /// Items with the same points.
    pub same: u32,
    /// Of them below the maximum.
    pub same_wrong: u32,
    /// Items both have.
    pub items: u32,
    /// Items with the same points expected of independent works.
    pub expected: f64,
    /// Probability of as much agreement in at least one pair of the class.
    pub p_value: f64,
}

/// A sheet of an observer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SheetLabel {
    /// Submission.
    pub submission: SubmissionId,
    /// Observation index, 0–1.
    pub index: Option<f64>,
    /// Critical violations reported.
    pub critical: u32,
    /// When it was submitted.
    pub submitted_ms: Option<i64>,
}
