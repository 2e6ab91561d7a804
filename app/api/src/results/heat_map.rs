//! The heat map: schools × works, compact enough for a thousand schools.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{EventId, OrganisationId, RunId};
use crate::procedures::event::EventState;
use crate::procedures::procedure::ProcedureKind;
use crate::registry::organisation::Cluster;
use crate::text::Text;

/// State of a cell (состояние).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum CellState {
    /// The work was not held or has no results.
    NoData,
    /// Too few pupils to say anything.
    Insufficient,
    /// No channel speaks.
    Calm,
    /// One channel speaks.
    Attention,
    /// At least two independent channels, or an external list.
    Signs,
}

/// What is asked of the map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HeatMapQuery {
    /// Calendar year; the newest with results when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Kind of procedure; test works when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure: Option<ProcedureKind>,
}

/// The heat map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HeatMap {
    /// The run the states come from; absent before the first.
    pub run: Option<RunId>,
    /// When these figures were stored.
    pub updated_ms: i64,
    /// Year shown.
    pub year: i32,
    /// Procedure shown.
    pub procedure: ProcedureKind,
    /// Years that have results, newest first.
    pub years: Vec<i32>,
    /// Procedures that have results in the year shown.
    pub procedures: Vec<ProcedureKind>,
    /// Pupil-works in all cells.
    pub works: u64,
    /// Columns, left to right: by subject, then by grade.
    pub columns: Vec<HeatMapColumn>,
    /// Rows: by cluster, then by name; never by state.
    pub rows: Vec<HeatMapRow>,
    /// Sequence number of the last live change contained in this answer.
    pub live_sequence: u64,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HeatMapColumn {
    /// Subject code.
    pub subject: String,
    /// Name of the subject.
    pub subject_name: Text,
    /// Name for a narrow column: «Мат».
    pub subject_short: Text,
    /// Grade level.
    pub grade: u8,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HeatMapRow {
    /// School.
    pub organisation: OrganisationId,
    /// Short name.
    pub name: String,
    /// Group of comparable schools.
    pub cluster: Cluster,
    /// Cells in the order of the columns.
    pub cells: Vec<HeatMapCell>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HeatMapCell {
    /// State.
    pub state: CellState,
    /// Pupils with results.
    pub n: u32,
    /// The channel named first, if any speaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_reason: Option<String>,
    /// What is going on there today, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<CellLive>,
}

/// What is going on at a cell's event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CellLive {
    /// The event that speaks loudest.
    pub event: EventId,
    /// Where it stands.
    pub state: EventState,
    /// Sheets begun.
    pub sheets: u32,
    /// Sheets submitted.
    pub submitted: u32,
    /// Observation index of the submitted sheets, 0–1.
    pub index: Option<f64>,
    /// Last sign of life.
    pub at_ms: i64,
}
