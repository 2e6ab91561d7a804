//! Programmes (программы) with their roadmaps (дорожные карты): lines with terms in words, the periods that follow, and
//! what was reported for each.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{
    DocumentId, HeadingId, LineDateId, LineId, LineReportId, OrganisationId, ProgrammeId,
    ProgrammeReviewId,
};
use crate::text::Text;

/// Most bytes of a file with a roadmap.
pub const MAX_ROADMAP_BYTES: usize = 8 << 20;
/// Header of the id that a client gives to a programme it brings as a file.
pub const PROGRAMME_ID_HEADER: &str = "x-programme-id";
/// Header of the first day of the programme, `YYYY-MM-DD`.
pub const FIRST_DAY_HEADER: &str = "x-programme-first";
/// Header of the last day of the programme, `YYYY-MM-DD`.
pub const LAST_DAY_HEADER: &str = "x-programme-last";

/// Where a programme stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProgrammeState {
    /// Read from a file and being put right; nobody owes anything yet.
    Draft,
    /// Approved by an order.
    Active,
}

/// The order by which a programme was approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProgrammeOrder {
    /// Number of the order.
    pub number: String,
    /// Its day, `YYYY-MM-DD`.
    pub day: String,
}

/// A programme in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProgrammeSummary {
    /// Id.
    pub id: ProgrammeId,
    /// Title.
    pub title: String,
    /// First day, `YYYY-MM-DD`.
    pub first_day: String,
    /// Last day, `YYYY-MM-DD`.
    pub last_day: String,
    /// Where it stands.
    pub state: ProgrammeState,
    /// The order, once approved.
    pub order: Option<ProgrammeOrder>,
    /// Lines in all and in each condition.
    pub count: LineCount,
}

/// How many lines of a programme are in which condition; a line counts once in `all` and in each that holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LineCount {
    /// All lines.
    pub all: u32,
    /// With a period past its end that nobody reported.
    pub overdue: u32,
    /// Whose term does not say when, and nobody has said.
    pub undated: u32,
    /// With something that was not understood.
    pub questions: u32,
}

/// A programme with its roadmap.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Programme {
    /// Id.
    pub id: ProgrammeId,
    /// Grows with each change of the passport or a line.
    pub revision: u64,
    /// Title.
    pub title: String,
    /// First day, `YYYY-MM-DD`.
    pub first_day: String,
    /// Last day, `YYYY-MM-DD`.
    pub last_day: String,
    /// Where it stands.
    pub state: ProgrammeState,
    /// The order, once approved.
    pub order: Option<ProgrammeOrder>,
    /// Name of the file it was read from.
    pub source: Option<String>,
    /// What the file left open that belongs to no line.
    pub notes: Vec<Text>,
    /// Today in the municipality, `YYYY-MM-DD`: what states are reckoned for.
    pub today: String,
    /// Headings in their order.
    pub headings: Vec<Heading>,
    /// Lines in their order.
    pub lines: Vec<Line>,
    /// Conclusions on the effect of blocks, newest first.
    pub reviews: Vec<ProgrammeReview>,
    /// What the caller may do.
    pub may: ProgrammeRights,
}

/// What a caller may do with a programme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProgrammeRights {
    /// Change passport and lines, give days.
    pub update: bool,
    /// Approve it by an order.
    pub approve: bool,
    /// Report for the office.
    pub report: bool,
    /// Report for the own schools, by id and short name.
    pub schools: Vec<OwnSchool>,
    /// Conclude on the effect of a block.
    pub review: bool,
}

/// A school a caller reports for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OwnSchool {
    /// School.
    pub id: OrganisationId,
    /// Short name.
    pub name: String,
}

/// A heading of a roadmap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Heading {
    /// Id.
    pub id: HeadingId,
    /// Code as the document has it; blank without one.
    pub code: String,
    /// Words.
    pub title: String,
    /// 1 or 2.
    pub level: u8,
    /// Code of the system of quality management it names, `1.1` … `2.5`.
    pub system: Option<String>,
}

/// A line of a roadmap.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Line {
    /// Id.
    pub id: LineId,
    /// Grows with each change.
    pub revision: u64,
    /// The nearest heading above.
    pub heading: Option<HeadingId>,
    /// Number as the document has it.
    pub number: String,
    /// What is done.
    pub measure: String,
    /// The term in words that are understood, in Russian; the document's own where they are not.
    pub term: String,
    /// Name of the kind of term: `month`, `quarterly`, `by_separate_schedule` …
    pub kind: String,
    /// Does the line wait for days that somebody gives, because its term does not say when?
    pub takes_days: bool,
    /// The term as the document has it.
    pub written_term: String,
    /// Who, as the document has it.
    pub written_executors: String,
    /// Who.
    pub executors: Vec<LineExecutor>,
    /// What comes of it.
    pub results: String,
    /// Kinds of papers that show it.
    pub papers: Vec<Text>,
    /// What is open about it, each with its repair.
    pub questions: Vec<Text>,
    /// When it is due, in order.
    pub periods: Vec<LinePeriod>,
    /// Where it stands as a whole.
    pub state: LineState,
}

/// Who carries a line out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LineExecutor {
    /// In the words of the document.
    pub name: String,
    /// What it is.
    pub kind: LineExecutorKind,
}

/// What an executor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineExecutorKind {
    /// A post.
    Position,
    /// An office, a commission, a centre.
    Body,
    /// All organisations of a kind: each reports into the line.
    Schools,
    /// A person by name.
    Person,
    /// Not known.
    Other,
}

/// A period in which a line is due.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct LinePeriod {
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Last day, `YYYY-MM-DD`.
    pub to: String,
    /// Where it stands.
    pub state: PeriodState,
    /// Schools that reported, and schools that were asked; `[0, 0]` where no school is.
    pub schools: [u32; 2],
    /// Schools of the caller that reported, by id.
    pub own: Vec<OrganisationId>,
    /// Is a paper expected and none named, although it was reported as done?
    pub lacks_paper: bool,
    /// The day that somebody gave, where the term itself does not say when.
    pub date: Option<LineDateId>,
}

/// Where a period of a line stands today.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PeriodState {
    /// Past its end, and nobody reported.
    Overdue,
    /// Runs.
    Running,
    /// Not begun.
    Ahead,
    /// Reported as done.
    Done,
    /// Reported as not held, with a reason; neither done nor late.
    NotHeld,
    /// Ended before the programme was approved here, so that nobody owes it.
    Before,
}

/// Where a line stands today.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum LineState {
    /// A period is past its end.
    Overdue,
    /// The term does not say when, and nobody has said.
    NeedsDate,
    /// A period runs.
    Running,
    /// Nothing runs now; the next period is ahead.
    Ahead,
    /// There is no day: events are counted.
    OnRequest,
    /// All periods are reported.
    Done,
}

/// A line as somebody writes it: a new one or a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LineDraft {
    /// The revision that was changed; 0 for a new line.
    pub revision: u64,
    /// The nearest heading above.
    pub heading: Option<HeadingId>,
    /// Number.
    pub number: String,
    /// What is done.
    pub measure: String,
    /// The term in words: «декабрь ежегодно», «1 раз в четверть».
    pub term: String,
    /// Executors in words, parted by a semicolon.
    pub executors: String,
    /// What comes of it.
    pub results: String,
    /// On what ground, once the programme is approved.
    pub reason: String,
}

/// A line is taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RemoveLine {
    /// The revision that was seen.
    pub revision: u64,
    /// On what ground, once the programme is approved.
    pub reason: String,
}

/// Title and years of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProgrammePassport {
    /// The revision that was changed.
    pub revision: u64,
    /// Title.
    pub title: String,
    /// First day, `YYYY-MM-DD`.
    pub first_day: String,
    /// Last day, `YYYY-MM-DD`.
    pub last_day: String,
}

/// A day for a line whose term does not say when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewLineDate {
    /// Id made by the client.
    pub id: LineDateId,
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Last day, `YYYY-MM-DD`.
    pub to: String,
}

/// What is reported for a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Done.
    Done,
    /// Not held this time, with a reason.
    NotHeld,
    /// The earlier report is taken back, with a reason.
    Withdrawn,
}

/// A report for a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewLineReport {
    /// Id made by the client.
    pub id: LineReportId,
    /// The school it is for; absent for the office.
    pub organisation: Option<OrganisationId>,
    /// First day of the period, `YYYY-MM-DD`.
    pub from: String,
    /// Last day of the period, `YYYY-MM-DD`.
    pub to: String,
    /// What is reported.
    pub outcome: Outcome,
    /// What was done, or why not.
    pub content: String,
    /// The paper of the register that shows it.
    pub document: Option<DocumentId>,
}

/// What happened to a line, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LineHistory {
    /// Reports.
    pub reports: Vec<LineReport>,
    /// Changes of its words.
    pub changes: Vec<LineChange>,
}

/// A report as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LineReport {
    /// Id.
    pub id: LineReportId,
    /// Short name of the school it is for; absent for the office.
    pub organisation: Option<String>,
    /// First day of the period, `YYYY-MM-DD`.
    pub from: String,
    /// Last day of the period, `YYYY-MM-DD`.
    pub to: String,
    /// What was reported.
    pub outcome: Outcome,
    /// Words.
    pub content: String,
    /// The paper, and its title.
    pub document: Option<(DocumentId, String)>,
    /// When.
    pub at_ms: i64,
}

/// A change of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LineChange {
    /// When.
    pub at_ms: i64,
    /// On what ground; blank before the programme was approved.
    pub reason: String,
    /// What stood there: fields that changed, old and new.
    pub fields: Vec<ChangedField>,
    /// Was the line taken out?
    pub is_removal: bool,
}

/// One field of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChangedField {
    /// Which.
    pub field: LineField,
    /// What stood there.
    pub before: String,
    /// What stands there.
    pub after: String,
}

/// Fields of a line that people write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineField {
    /// Number.
    Number,
    /// What is done.
    Measure,
    /// When.
    Term,
    /// Who.
    Executors,
    /// What comes of it.
    Results,
}

/// What a block has brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Conclusion {
    /// It worked.
    Effective,
    /// Partly.
    Partly,
    /// It did not.
    Ineffective,
    /// The data do not tell.
    CannotTell,
}

/// A conclusion on the effect of a block (анализ эффективности).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProgrammeReview {
    /// Id.
    pub id: ProgrammeReviewId,
    /// The block.
    pub heading: HeadingId,
    /// What it was before.
    pub before: String,
    /// What it is after.
    pub after: String,
    /// The conclusion.
    pub conclusion: Conclusion,
    /// What follows from it.
    pub content: String,
    /// When it was written.
    pub at_ms: i64,
}

/// A conclusion as somebody writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewProgrammeReview {
    /// Id made by the client.
    pub id: ProgrammeReviewId,
    /// The block.
    pub heading: HeadingId,
    /// What it was before.
    pub before: String,
    /// What it is after.
    pub after: String,
    /// The conclusion.
    pub conclusion: Conclusion,
    /// What follows from it.
    pub content: String,
}

/// A period that waits for the caller's report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProgrammeTask {
    /// Programme.
    pub programme: ProgrammeId,
    /// Its title.
    pub programme_title: String,
    /// Line.
    pub line: LineId,
    /// Its number.
    pub number: String,
    /// What is done.
    pub measure: String,
    /// The school it is for; absent for the office.
    pub school: Option<OwnSchool>,
    /// Last day of the period, `YYYY-MM-DD`; absent where the term waits for a day.
    pub due: Option<String>,
    /// Is that day past?
    pub overdue: bool,
}
