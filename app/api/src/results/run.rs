//! Stored runs of the objectivity engine.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{OrganisationId, RunId};
use crate::results::heat_map::CellState;
use crate::text::Text;

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// Waiting.
    Queued,
    /// Being computed.
    Running,
    /// Stored.
    Done,
    /// Stopped by an error; the previous run stays in force.
    Failed,
    /// Stopped by a person.
    Cancelled,
}

/// A cell that two runs judge differently.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MovedCell {
    /// School.
    pub organisation: OrganisationId,
    /// Short name of the school.
    pub organisation_name: String,
    /// Subject, grade and year.
    pub work: Text,
    /// Calendar year.
    pub year: i32,
    /// Subject code.
    pub subject: String,
    /// Grade level.
    pub grade: u8,
    /// State in the earlier run; none when it had no such cell.
    pub before: Option<CellState>,
    /// State in the later run; none when it has no such cell.
    pub after: Option<CellState>,
}

/// What two runs have in common and what not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RunComparison {
    /// The earlier run.
    pub before: Run,
    /// The later run.
    pub after: Run,
    /// Have both the same parameters, the seed aside?
    pub same_parameters: bool,
    /// Cells with the same state in both.
    pub same: u32,
    /// How many cells moved from one state to another, largest first.
    pub moves: Vec<StateMove>,
    /// The cells that moved, by school and work; at most [`MOVED_CELLS`].
    pub moved: Vec<MovedCell>,
}

/// Cells listed in a comparison.
pub const MOVED_CELLS: usize = 500;

/// Cells that moved from one state to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StateMove {
    /// State in the earlier run; none when it had no such cell.
    pub before: Option<CellState>,
    /// State in the later run; none when it has no such cell.
    pub after: Option<CellState>,
    /// Cells.
    pub cells: u32,
}

/// Request for a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewRun {
    /// Id made by the client.
    pub id: RunId,
}

/// A run: same data, parameters and seed give the same cells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Run {
    /// Id.
    pub id: RunId,
    /// Where it stands.
    pub state: RunState,
    /// Share done, 0–1.
    pub progress: f32,
    /// When it was asked for.
    pub requested_ms: i64,
    /// When it was stored.
    pub finished_ms: Option<i64>,
    /// Why it was asked for: `import`, `undo`, `manual`, `demo`, `observation`.
    pub reason: String,
    /// Version of the engine.
    pub engine_version: String,
    /// Hash over the rows it saw: hex of SHA-256.
    pub data_version: String,
    /// Seed of the calibration.
    pub seed: u64,
    /// Pupil-works.
    pub works: u64,
    /// Cells computed.
    pub cells: u32,
    /// Hash over the computed cells, to compare two runs.
    pub result_hash: Option<String>,
}
