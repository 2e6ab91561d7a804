//! The engine: a region in, cells out.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use crate::cell::Cell;
use crate::parameters::Parameters;
use crate::region::Region;

/// Version of the engine; changes whenever a result may change.
pub const ENGINE_VERSION: &str = "1.0.0";

/// Everything one run found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Version of the engine.
    pub engine_version: String,
    /// Parameters, seed included.
    pub parameters: Parameters,
    /// Cells ordered by year, subject, grade, school.
    pub cells: Vec<Cell>,
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Steps done.
    pub done: usize,
    /// Steps in all.
    pub total: usize,
}

/// The run was stopped by its progress callback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the run was cancelled")]
pub struct Cancelled;

/// Analyses a region.
pub fn analyze(region: &Region, parameters: &Parameters) -> Run {
    match analyze_with_progress(region, parameters, &|_| ControlFlow::Continue(())) {
        Ok(run) => run,
        Err(Cancelled) => unreachable!("the callback never breaks"),
    }
}

/// Analyses a region, telling how far it is; the callback may stop it.
///
/// # Errors
/// [`Cancelled`] when `progress` breaks.
pub fn analyze_with_progress(
    region: &Region,
    parameters: &Parameters,
    progress: &(dyn Fn(Progress) -> ControlFlow<()> + Sync),
) -> Result<Run, Cancelled> {
    let total = region.procedures.len();
    let cells = Vec::new();
    for done in 0..total {
        if progress(Progress { done, total }).is_break() {
            return Err(Cancelled);
        }
    }
    Ok(Run {
        engine_version: ENGINE_VERSION.to_owned(),
        parameters: parameters.clone(),
        cells,
    })
}
