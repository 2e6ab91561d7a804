//! Reviews (разборы): from the signs of a cell over the school's word and a recheck to measures and their effect.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::session::Role;
use crate::assessment::agreement::KappaEstimate;
use crate::id::{EntryId, OrganisationId, ReviewId, RunId};
use crate::management::support::{Effect, Support, SupportCell};
use crate::procedures::procedure::ProcedureKind;
use crate::results::cell::{Histogram, ItemPoint};
use crate::results::heat_map::CellState;
use crate::text::Text;

/// Most works whose second marks are sent at once.
pub const MAX_MARKS: usize = 500;
/// Most members of a commission.
pub const MAX_MEMBERS: usize = 20;

/// What a review grows out of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewKind {
    /// Signs of a cell of the map.
    Signs,
    /// A federal or regional list.
    ExternalList,
    /// A violation an observer reported.
    Violation,
    /// A low result.
    LowResult,
}

/// Where a review stands: the step that somebody has to end.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ReviewStage {
    /// The analyst looks at the signal.
    Analysis,
    /// The school is asked to explain.
    Explanation,
    /// The works are checked again, or an event of control is held.
    Recheck,
    /// What was found is put into words.
    Conclusion,
    /// Measures are agreed, help first.
    Measures,
    /// The results of the next procedure are looked at.
    Effect,
    /// The effect is known: the review ends, or the next level of measures begins.
    Exit,
    /// Nothing is awaited any more.
    Closed,
}

impl ReviewStage {
    /// Every step after the signal, in order.
    pub const STEPS: [ReviewStage; 7] = [
        ReviewStage::Analysis,
        ReviewStage::Explanation,
        ReviewStage::Recheck,
        ReviewStage::Conclusion,
        ReviewStage::Measures,
        ReviewStage::Effect,
        ReviewStage::Exit,
    ];
}

/// What is done in a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewAct {
    /// It was opened.
    Open,
    /// The analyst has looked; the school is asked.
    Analyse,
    /// The analyst has looked; nothing needs a review.
    Waive,
    /// The school explains.
    Explain,
    /// The term is over and the school was silent; the review goes on.
    GoOn,
    /// A recheck is ordered.
    PlanRecheck,
    /// No recheck is needed.
    SkipRecheck,
    /// Second marks came.
    Marks,
    /// The recheck is done.
    FinishRecheck,
    /// The conclusion.
    Conclude,
    /// The measures stand; the next procedure is awaited.
    SettleMeasures,
    /// The effect was judged.
    JudgeEffect,
    /// Measures of the next level are needed.
    NextLevel,
    /// The review ends.
    Close,
    /// The term was moved.
    MoveTerm,
    /// Words beside it.
    Note,
}

/// Whose word an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReviewSide)]
pub enum Side {
    /// The education office.
    Office,
    /// The school.
    School,
}

/// What the review has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReviewFinding)]
pub enum Finding {
    /// The signs are confirmed.
    Confirmed,
    /// They are not.
    NotConfirmed,
    /// The data do not tell.
    DataInsufficient,
}

/// How a review ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReviewOutcome)]
pub enum Outcome {
    /// The analyst saw no need of it.
    NotNeeded,
    /// The signs were not confirmed.
    NotConfirmed,
    /// The next results differ as hoped.
    PositiveDynamics,
    /// It ended without such a result.
    Ended,
}

/// How the works are checked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecheckWay {
    /// A subject commission (предметная комиссия) marks the works a second time.
    Commission,
    /// An event of control with tools of the federal or regional level.
    ControlEvent,
}

/// A member of a commission, by position: persons are named in the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CommissionMember {
    /// Position: «учитель математики гимназии № 2».
    pub position: String,
    /// Has the member declared to have no interest in the school?
    pub has_no_interest: bool,
}

/// The recheck as it was ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RecheckPlan {
    /// How.
    pub way: RecheckWay,
    /// Number of the order; blank when there is none yet.
    pub order_number: String,
    /// Its date, `YYYY-MM-DD`; blank when there is none yet.
    pub order_date: String,
    /// Members; nobody for an event of control.
    pub members: Vec<CommissionMember>,
    /// Which works: codes or a range of scores; for an event which one and when.
    pub what: String,
}

/// A cell in figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CellFacts {
    /// Kind of the procedure.
    pub procedure: ProcedureKind,
    /// Calendar year.
    pub year: i32,
    /// Grade level.
    pub grade: u8,
    /// The run.
    pub run: RunId,
    /// State.
    pub state: CellState,
    /// Pupils with results.
    pub n: u32,
    /// Probability that the results were not obtained objectively, 0–1.
    pub posterior: Option<f64>,
}

/// A kind of evidence that spoke when the review was opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReviewSignal)]
pub struct Signal {
    /// Code: `level`, `bunching`, `item_profile` …
    pub channel: String,
    /// Name.
    pub name: Text,
    /// One sentence with the numbers.
    pub sentence: Text,
    /// Honest reason that could give the same picture.
    pub other_explanation: Text,
    /// How it is computed.
    pub method: Text,
}

/// What a review rests on: the cell as it stood when the review was opened. Never changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Grounds {
    /// The cell.
    pub cell: CellFacts,
    /// When its run was stored.
    pub computed_ms: i64,
    /// Version of the engine.
    pub engine_version: String,
    /// Highest possible raw score.
    pub max_score: Option<u16>,
    /// Expected share of false ones among signs at least this strong, 0–1.
    pub local_fdr: Option<f64>,
    /// One sentence on the whole.
    pub summary: Text,
    /// What spoke, strongest first.
    pub signals: Vec<Signal>,
    /// Distribution of raw scores, where the boundary or the level spoke.
    pub histogram: Option<Histogram>,
    /// Profile of the items, where it spoke.
    pub items: Vec<ItemPoint>,
}

/// What an entry says besides its words; kept as it was written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EntryFacts {
    /// Term before it, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<String>,
    /// Term of the step that it began, or the new term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Did the school's explanation come after its term?
    #[serde(default)]
    pub is_late: bool,
    /// The recheck that was ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recheck: Option<RecheckPlan>,
    /// What was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<Finding>,
    /// What measures have brought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
    /// Later cells that the effect was judged by, as they stood then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<CellFacts>,
    /// How many second marks came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marks: Option<u32>,
}

/// An entry of the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReviewEntry {
    /// Id.
    pub id: EntryId,
    /// When.
    pub at_ms: i64,
    /// The day at the municipality, `YYYY-MM-DD`.
    pub day: String,
    /// What.
    pub act: ReviewAct,
    /// Whose word.
    pub side: Side,
    /// Office of whoever wrote it.
    pub role: Role,
    /// Words; blank when nothing was written.
    pub content: String,
    /// What it says besides.
    pub facts: EntryFacts,
}

/// A second mark of one work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SecondMark {
    /// The school's own code of the work, never a name.
    pub code: String,
    /// Raw score of the first check.
    pub first: u16,
    /// Raw score of the second.
    pub second: u16,
}

/// How far two checks of the same works agree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RecheckAgreement {
    /// Works.
    pub works: u32,
    /// With the same raw score.
    pub equal: u32,
    /// With a lower raw score at the second check.
    pub lower: u32,
    /// With a higher one.
    pub higher: u32,
    /// Mean of second minus first.
    pub mean_shift: f64,
    /// Works whose mark would fall; none when the boundaries of marks are not known.
    pub mark_lower: Option<u32>,
    /// Works whose mark would rise.
    pub mark_higher: Option<u32>,
    /// Weighted kappa of the raw scores with quadratic weights; none when all scores are one.
    pub kappa: Option<KappaEstimate>,
}

/// Second marks as they came last, with what they say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SecondMarks {
    /// The entry that brought them.
    pub entry: EntryId,
    /// In the order in which they were entered.
    pub marks: Vec<SecondMark>,
    /// What they say.
    pub agreement: RecheckAgreement,
}

/// A step of the bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ReviewStepState)]
pub struct StepState {
    /// Which.
    pub step: ReviewStage,
    /// Day on which it ended, `YYYY-MM-DD`.
    pub ended: Option<String>,
    /// Was it passed over?
    pub is_skipped: bool,
}

/// A review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Review {
    /// Id.
    pub id: ReviewId,
    /// Number in the municipality, from 1.
    pub number: u32,
    /// What it grows out of.
    pub kind: ReviewKind,
    /// School.
    pub organisation: OrganisationId,
    /// Short name of the school.
    pub organisation_name: String,
    /// The cell.
    pub cell: Option<SupportCell>,
    /// Name of the cell's work: «Математика, 5 класс, 2026».
    pub work: Option<Text>,
    /// State of the cell when the review was opened.
    pub state: Option<CellState>,
    /// Where it stands.
    pub stage: ReviewStage,
    /// Whose turn it is; nobody's when closed.
    pub awaits: Option<Side>,
    /// Last day of the step, `YYYY-MM-DD`.
    pub due: Option<String>,
    /// Is that day over?
    pub overdue: bool,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Grows with every step; whoever ends a step says which one was seen.
    pub revision: u32,
    /// Day on which it was opened, `YYYY-MM-DD`.
    pub opened: String,
    /// What the caller may do next; the first ends the step.
    pub may: Vec<ReviewAct>,
    /// Everything else; only in the answer for one review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<ReviewWhole>,
}

/// What the page of one review shows besides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReviewWhole {
    /// What it rests on.
    pub grounds: Grounds,
    /// Steps with their days.
    pub steps: Vec<StepState>,
    /// What happened, oldest first.
    pub entries: Vec<ReviewEntry>,
    /// The recheck as it was ordered last.
    pub recheck: Option<RecheckPlan>,
    /// Second marks.
    pub marks: Option<SecondMarks>,
    /// Measures agreed in this review, help first.
    pub measures: Vec<Support>,
    /// May the caller agree on a measure?
    pub may_agree: bool,
    /// Is a penalty open to this school: was help looked at and brought nothing?
    pub is_penalty_open: bool,
    /// The cell in the run in force; none when its results are no longer there.
    pub now: Option<CellFacts>,
    /// Cells of the next procedures in the run in force: the same grade, or the same pupils a year later.
    pub later: Vec<CellFacts>,
    /// Usual last day of the step that the caller's act would begin, `YYYY-MM-DD`.
    pub usual_due: String,
}

/// Which reviews are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReviewQuery {
    /// Of one school.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// Year of a cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Subject of a cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Grade level of a cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<u8>,
}

/// Opens a review of a cell. Repeating it changes nothing; while a review of the cell is open, that one is the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewReview {
    /// Id made by the client.
    pub id: ReviewId,
    /// School.
    pub organisation: OrganisationId,
    /// The cell.
    pub cell: SupportCell,
}

/// Ends a step, moves a term or writes beside; repeating it with the same id changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewReviewStep {
    /// Id of the entry, made by the client.
    pub id: EntryId,
    /// What is done.
    pub act: ReviewAct,
    /// Revision that was seen.
    pub revision: u32,
    /// Words.
    pub content: String,
    /// Last day of the step that begins, or the new last day, `YYYY-MM-DD`; the usual one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// The recheck that is ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recheck: Option<RecheckPlan>,
    /// What was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<Finding>,
    /// What measures have brought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
}

/// The school explains. Accepted after the term as well; a later one is added beside the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewAnswer {
    /// Id of the entry, made by the client.
    pub id: EntryId,
    /// Words.
    pub content: String,
}

/// Second marks of a recheck. Later ones are kept beside the earlier ones and count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewMarks {
    /// Id of the entry, made by the client.
    pub id: EntryId,
    /// The works.
    pub marks: Vec<SecondMark>,
}
