//! Municipal mechanisms of quality (муниципальные механизмы): nine systems by eight steps of the management cycle.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::assessment::evidence::EvidenceList;
use crate::id::AssessmentId;
use crate::text::Text;

/// Where an assessment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssessmentState {
    /// The municipality assesses itself; the expert sees nothing yet.
    Draft,
    /// Handed over: the expert assesses, differences are talked over.
    Submitted,
    /// Concluded; nothing changes any more.
    Concluded,
}

/// Who judges a cell.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The municipality itself.
    #[serde(rename = "self")]
    Own,
    /// The expert.
    Expert,
    /// Both, after talking.
    Agreed,
}

/// An assessment in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AssessmentLabel {
    /// Id.
    pub id: AssessmentId,
    /// Year.
    pub year: i32,
    /// Where it stands.
    pub state: AssessmentState,
    /// Criteria, id and version.
    pub framework: [String; 2],
}

/// Assessments, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AssessmentList {
    /// Assessments.
    pub assessments: Vec<AssessmentLabel>,
    /// May the caller open one?
    pub may_open: bool,
    /// The year that would be opened.
    pub this_year: i32,
}

/// Opens the assessment of a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OpenAssessment {
    /// Id made by the client; when the year has an assessment, that one is answered.
    pub id: AssessmentId,
    /// Year.
    pub year: i32,
}

/// A step of the management cycle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = MechanismStep)]
pub struct Step {
    /// Stable id.
    pub id: String,
    /// Title.
    pub title: Text,
    /// What is asked at this step of every mechanism.
    pub question: Text,
    /// Descriptors of the levels, lowest first.
    pub levels: Vec<StepLevel>,
    /// What proves it.
    pub evidence: Text,
    /// Level from which evidence is needed.
    pub evidence_from: Option<u8>,
}

/// One level of a step, in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StepLevel {
    /// Points.
    pub value: u8,
    /// What it looks like in practice.
    pub text: Text,
}

/// The whole matrix of an assessment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Matrix {
    /// Id.
    pub id: AssessmentId,
    /// Year.
    pub year: i32,
    /// Where it stands.
    pub state: AssessmentState,
    /// Criteria, id and version.
    pub framework: [String; 2],
    /// Title of the criteria.
    pub title: Text,
    /// Rules of the criteria in words.
    pub notes: Vec<Text>,
    /// Steps of the cycle: the columns.
    pub steps: Vec<Step>,
    /// Mechanisms: the rows, by block and code.
    pub rows: Vec<MatrixRow>,
    /// The year compared with, when it was assessed by the same criteria.
    pub previous_year: Option<i32>,
    /// The whole, by side.
    pub overall: Scores,
    /// Cells answered by the municipality and cells in all.
    pub answered: [u32; 2],
    /// Cells judged by the expert.
    pub expert_answered: u32,
    /// Cells whose sides differ by more than the criteria allow and that are not settled.
    pub open_disagreements: u32,
    /// The same assessment seen through later lists of directions.
    pub frames: Vec<MappedFrame>,
    /// May the caller answer for the municipality?
    pub may_answer: bool,
    /// May the caller judge as an expert?
    pub may_judge: bool,
}

/// A mechanism with its cells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MatrixRow {
    /// Stable id.
    pub id: String,
    /// Number: `1.1`.
    pub code: String,
    /// Title.
    pub title: Text,
    /// Block it belongs to.
    pub block: Text,
    /// Cells in the order of the steps.
    pub cells: Vec<MatrixCell>,
    /// Shares of the highest sum.
    pub scores: Scores,
    /// Level of the final score, in words.
    pub level: Option<Text>,
}

/// Scores by side, 0–1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Scores {
    /// The municipality's own.
    pub own: Option<f64>,
    /// The expert's.
    pub expert: Option<f64>,
    /// Agreed, else the expert's, else the own one.
    pub settled: Option<f64>,
    /// Settled last year.
    pub previous: Option<f64>,
}

/// A cell: one step of one mechanism.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MatrixCell {
    /// Name of the question.
    pub id: String,
    /// Step.
    pub step: String,
    /// The criterion.
    pub text: Text,
    /// The municipality's level.
    pub own: Option<u8>,
    /// The expert's level.
    pub expert: Option<u8>,
    /// The agreed level.
    pub agreed: Option<u8>,
    /// The level that counts: agreed, else the expert's, else the own one.
    pub settled: Option<u8>,
    /// The level that counted last year.
    pub previous: Option<u8>,
    /// The rule of steps lowers the level in the score.
    pub capped: bool,
    /// The sides differ by more than the criteria allow.
    pub disagrees: bool,
    /// An objection of the municipality is recorded.
    pub objected: bool,
    /// Pieces of evidence in force.
    pub evidence: u32,
    /// The level needs evidence and has none.
    pub unconfirmed: bool,
    /// Comments.
    pub comments: u32,
}

/// The assessment seen through another list of directions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MappedFrame {
    /// Stable id.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Where the list comes from, and what is not certain of it.
    pub note: Text,
    /// Directions in order.
    pub rows: Vec<MappedRow>,
}

/// A direction of another list, made of mechanisms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MappedRow {
    /// Number.
    pub code: String,
    /// Title.
    pub title: Text,
    /// Numbers of the mechanisms it is made of; empty when nothing of it is assessed.
    pub sources: Vec<String>,
    /// Mean level of the sources at each step, 0–3; absent when one of them is open.
    pub steps: Vec<Option<f64>>,
    /// Mean score of the sources, 0–1.
    pub score: Option<f64>,
}

/// One cell with its history and evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CellFile {
    /// The cell.
    pub cell: MatrixCell,
    /// Every answer and comment, oldest first.
    pub entries: Vec<CellEntry>,
    /// Evidence.
    pub evidence: EvidenceList,
}

/// An answer or comment at a cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CellEntry {
    /// Who judges.
    pub side: Side,
    /// Level chosen; absent for a comment alone.
    pub level: Option<u8>,
    /// Comment.
    pub comment: Option<String>,
    /// Who wrote it.
    pub person_name: Option<String>,
    /// When.
    pub at_ms: i64,
}

/// An answer at a cell: a level, a comment, or both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AnswerCell {
    /// Id of the answer, made by the client.
    pub id: Uuid,
    /// Level; absent to comment only.
    pub level: Option<u8>,
    /// Comment.
    pub comment: Option<String>,
}
