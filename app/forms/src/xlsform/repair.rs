//! Applying repairs.

use super::import::{Imported, Options, import};
use super::sheet::Workbook;
use crate::form::{Problem, Severity};

/// A workbook after its repairs.
#[derive(Clone, Debug)]
pub struct Repaired {
    /// The cells, mended.
    pub workbook: Workbook,
    /// What import makes of them now.
    pub imported: Imported,
    /// The problems that were mended, in order.
    pub mended: Vec<Problem>,
}

/// Rounds of mending: a repair may reveal another problem, but never a long chain of them.
const MAX_ROUNDS: usize = 12;

/// Applies every repair of an error until none is left or nothing gets better.
pub fn repair_all(workbook: &Workbook, options: &Options<'_>) -> Repaired {
    let mut workbook = workbook.clone();
    let mut imported = import(&workbook, options);
    let mut mended = Vec::new();
    for _ in 0..MAX_ROUNDS {
        let errors = imported
            .problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error);
        let mut changed = false;
        let before = workbook.clone();
        for problem in errors {
            let Some(repair) = &problem.repair else {
                continue;
            };
            for edit in &repair.edits {
                workbook.apply(edit);
            }
            changed = true;
            mended.push(problem.clone());
        }
        if !changed || workbook == before {
            break;
        }
        imported = import(&workbook, options);
    }
    Repaired {
        workbook,
        imported,
        mended,
    }
}
