//! The engine: a region in, cells out.

mod assess;
mod decide;
mod groups;
mod links;
mod markers;
mod places;
mod results;

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use crate::cell::Cell;
use crate::decision::{RunDoubt, SizeDecision};
use crate::parameters::Parameters;
use crate::region::Region;

/// Version of the engine; changes whenever a result may change.
pub const ENGINE_VERSION: &str = "1.2.0";

/// Everything one run found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Version of the engine.
    pub engine_version: String,
    /// Parameters, seed included.
    pub parameters: Parameters,
    /// Cells ordered by year, subject, grade, school.
    pub cells: Vec<Cell>,
    /// Budgets, cuts and operating curves by procedure and size.
    #[serde(default)]
    pub decisions: Vec<SizeDecision>,
    /// Where the run's own assumptions fail.
    #[serde(default)]
    pub doubts: Vec<RunDoubt>,
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

/// A run that is given its procedures one after another and forgets the works of each once it is judged.
///
/// Memory is that of the largest procedure, of twelve bytes a work of the year before (its pupils may be met again), and of
/// the cells; it does not grow with the number of works. The result has the same bytes as [`analyze`] of everything.
pub struct Stream {
    region: Region,
    parameters: Parameters,
    drafts: Vec<Vec<assess::Draft>>,
    works: usize,
}

impl Stream {
    /// `surroundings` hold contexts, observations, listings, state exams and earlier evidence; works they hold are
    /// judged first.
    pub fn new(surroundings: Region, parameters: Parameters) -> Self {
        let mut stream = Self {
            region: surroundings,
            parameters,
            drafts: Vec::new(),
            works: 0,
        };
        stream.judge();
        stream
    }

    /// Where the papers and works of the next procedures go. A procedure is pushed as a whole before [`Self::judge`],
    /// and years in growing order, because a cohort is compared with its year before.
    pub fn region(&mut self) -> &mut Region {
        &mut self.region
    }

    /// Judges what was pushed since the last call and forgets it.
    pub fn judge(&mut self) {
        let places = places::Places::new(&self.region);
        let mut judged = Vec::new();
        for (procedure, works) in &self.region.procedures {
            if !works.judged {
                self.works += works.len();
                self.drafts.push(assess::assess(
                    &self.region,
                    &places,
                    procedure,
                    works,
                    &self.parameters,
                ));
                judged.push(procedure.clone());
            }
        }
        drop(places);
        let latest = self
            .region
            .procedures
            .keys()
            .map(|procedure| procedure.year);
        let latest = latest.max().unwrap_or(i32::MIN);
        for procedure in judged {
            if let Some(works) = self.region.procedures.get_mut(&procedure) {
                works.forget();
            }
        }
        self.region
            .procedures
            .retain(|procedure, _| procedure.year >= latest - 1);
    }

    /// Works judged so far.
    pub fn works(&self) -> usize {
        self.works
    }

    /// Judges the rest and puts all procedures together.
    pub fn finish(mut self) -> Run {
        self.judge();
        // The order in which analysing everything at once goes through the procedures.
        self.drafts.sort_by(|a, b| {
            let key = |drafts: &[assess::Draft]| {
                drafts.first().map(|draft| {
                    let cell = &draft.cell;
                    (cell.year, cell.subject.clone(), cell.grade)
                })
            };
            key(a).cmp(&key(b))
        });
        let decided = decide::decide(&self.region, self.drafts, &self.parameters);
        run_of(decided, self.parameters)
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
    let decided = decide::decide(region, drafts, parameters);
    Ok(run_of(decided, parameters.clone()))
}

fn run_of(decided: decide::Decided, parameters: Parameters) -> Run {
    Run {
        engine_version: ENGINE_VERSION.to_owned(),
        parameters,
        cells: decided.cells,
        decisions: decided.decisions,
        doubts: decided.doubts,
    }
}
