//! The engine: a region in, cells out.

mod assess;
mod decide;
mod links;
mod markers;
mod places;
mod results;

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use crate::cell::Cell;
use crate::parameters::Parameters;
use crate::region::Region;

/// Version of the engine; changes whenever a result may change.
pub const ENGINE_VERSION: &str = "1.1.0";

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

/// Analyses a region procedure by procedure, telling how far it is; the callback may stop it.
///
/// Memory beyond the region itself is that of its largest procedure.
///
/// # Errors
/// [`Cancelled`] when `progress` breaks.
pub fn analyze_with_progress(
    region: &Region,
    parameters: &Parameters,
    progress: &(dyn Fn(Progress) -> ControlFlow<()> + Sync),
) -> Result<Run, Cancelled> {
    let total = region.procedures.len() + 1;
    let places = places::Places::new(region);
    let mut drafts = Vec::new();
    for (done, (procedure, works)) in region.procedures.iter().enumerate() {
        if progress(Progress { done, total }).is_break() {
            return Err(Cancelled);
        }
        drafts.push(assess::assess(
            region, &places, procedure, works, parameters,
        ));
    }
    if progress(Progress {
        done: total - 1,
        total,
    })
    .is_break()
    {
        return Err(Cancelled);
    }
    let cells = decide::decide(region, drafts, parameters);
    Ok(Run {
        engine_version: ENGINE_VERSION.to_owned(),
        parameters: parameters.clone(),
        cells,
    })
}
