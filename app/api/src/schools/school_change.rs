//! The change log of a school (журнал изменений): what it works on, and its four reports a year.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::id::{OrganisationId, SchoolChangeId};
use crate::text::Text;

/// A change a school works on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SchoolChange {
    /// Id made by the client.
    pub id: SchoolChangeId,
    /// Object of change: what of the school's own assessment is changed.
    pub object: String,
    /// Indicator of the result.
    pub indicator: String,
    /// Unit of the indicator: «%», «человек».
    pub unit: String,
    /// Value at the start.
    pub baseline: Option<f64>,
    /// Value aimed at.
    pub target: Option<f64>,
    /// Last measured value.
    pub actual: Option<f64>,
    /// What is done.
    pub actions: Vec<ChangeAction>,
    /// First date.
    pub starts: Option<String>,
    /// Last date.
    pub ends: Option<String>,
    /// What has changed, in words.
    pub effect: String,
    /// Where it stands.
    pub state: ChangeState,
}

/// Where a change stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeState {
    /// Planned.
    #[default]
    Planned,
    /// Under way.
    Running,
    /// The effect was looked at.
    Done,
    /// Given up, with the reason in the effect.
    Dropped,
}

/// An action of a change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeAction {
    /// Administrative or supporting.
    pub kind: ActionKind,
    /// What is done.
    pub text: String,
    /// Is it done?
    pub done: bool,
}

/// Kind of action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActionKind {
    /// Administrative: an order, a control, a distribution of duties.
    Administrative,
    /// Supporting: training, consultation, resources.
    Supporting,
}

/// Stores a change; repeating it with the same operation changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PutSchoolChange {
    /// Id of the operation, made by the client.
    pub operation: Uuid,
    /// The change as it shall stand.
    pub change: SchoolChange,
    /// Take it out of the log; its versions stay in the history.
    pub remove: bool,
}

/// A change with who touched it last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeEntry {
    /// The change.
    pub change: SchoolChange,
    /// Who changed it last.
    pub person_name: Option<String>,
    /// When.
    pub at_ms: i64,
    /// Number of versions.
    pub versions: u32,
}

/// The change log of a school.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeLog {
    /// School.
    pub organisation: OrganisationId,
    /// Short name.
    pub organisation_name: String,
    /// Changes, in the order in which they were added.
    pub entries: Vec<ChangeEntry>,
    /// Report windows of this school year, in order.
    pub windows: Vec<ReportWindow>,
    /// May the caller change the log and hand in reports?
    pub may_change: bool,
}

/// A window of reports: November, January, March, June.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReportWindow {
    /// Year and month: `2026-11`.
    pub window: String,
    /// Name.
    pub name: Text,
    /// First date.
    pub opens: String,
    /// Last date.
    pub closes: String,
    /// Where it stands today.
    pub state: WindowState,
    /// Reports handed in, newest version first.
    pub reports: Vec<ChangeReport>,
}

/// Where a window stands for a school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WindowState {
    /// Has not begun.
    Ahead,
    /// Open now, no report yet.
    Open,
    /// Over, no report.
    Missed,
    /// A report is in.
    Reported,
}

/// A frozen report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeReport {
    /// Id.
    pub id: Uuid,
    /// Year and month of the window.
    pub window: String,
    /// 1, and more for corrections.
    pub version: u32,
    /// Why it was corrected.
    pub reason: Option<String>,
    /// Who handed it in.
    pub person_name: Option<String>,
    /// When.
    pub at_ms: i64,
    /// SHA-256 of the frozen changes, hex.
    pub hash: String,
    /// The changes as they stood.
    pub changes: Vec<SchoolChange>,
}

/// Freezes the log as the report of a window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FreezeReport {
    /// Id made by the client.
    pub id: Uuid,
    /// Year and month of the window.
    pub window: String,
    /// Why an earlier report is corrected; needed from the second version on.
    pub reason: Option<String>,
}

/// The logs of the schools in scope, by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeOverview {
    /// Windows of this school year.
    pub windows: Vec<Text>,
    /// Schools by name.
    pub schools: Vec<ChangeSummary>,
}

/// The log of one school in numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeSummary {
    /// School.
    pub organisation: OrganisationId,
    /// Short name.
    pub name: String,
    /// Changes.
    pub changes: u32,
    /// Changes under way.
    pub running: u32,
    /// Changes whose effect was looked at.
    pub done: u32,
    /// Changes that have supporting actions and not administrative ones alone.
    pub supported: u32,
    /// State of each window, in order.
    pub windows: Vec<WindowState>,
}

/// What an import of a workbook came to: everything, or nothing with the reasons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeImport {
    /// Changes stored.
    pub stored: u32,
    /// Changes that stood there already, the same.
    pub unchanged: u32,
    /// What is wrong; nothing is stored while there is something.
    pub problems: Vec<RowProblem>,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RowProblem {
    /// Row of the sheet, from 1; absent for the whole file.
    pub row: Option<u32>,
    /// Heading of the column.
    pub column: Option<String>,
    /// What is wrong and how to mend it.
    pub text: Text,
}
