//! Stored runs of the objectivity engine.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::RunId;

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
