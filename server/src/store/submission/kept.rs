//! Logs kept as they stood after the last change, so that an answer does not read all answers before it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use api::submission::Operation;
use uuid::Uuid;

use super::log::{SubmissionLog, travelling};
use crate::store::StoreError;
use crate::store::entity::operation;

/// Operations kept in all; beyond this the logs not used for longest go. About a kilobyte each.
const OPERATIONS: usize = 40_000;

/// An operation as it is held, and as it travels.
#[derive(Clone)]
pub(in crate::store) struct HeldOperation {
    pub(super) row: operation::Model,
    pub(super) operation: Arc<Operation>,
}

impl HeldOperation {
    pub(super) fn new(row: operation::Model) -> Result<Self, StoreError> {
        let operation = Arc::new(travelling(&row)?);
        Ok(HeldOperation { row, operation })
    }
}

/// Logs kept. Cheap to clone.
///
/// A log only grows, and each operation gets the next revision: a log of the revision that the submission
/// has is the whole log, whichever process wrote it.
#[derive(Clone, Default)]
pub(in crate::store) struct KeptLogs(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    logs: HashMap<(Uuid, Uuid), KeptLog>,
    operations: usize,
    /// Counts uses.
    clock: u64,
}

struct KeptLog {
    revision: i64,
    operations: Vec<HeldOperation>,
    used: u64,
}

impl KeptLogs {
    /// Takes the operations of a submission out, if they are those of this revision.
    pub(super) fn take(
        &self,
        municipality: Uuid,
        submission: Uuid,
        revision: i64,
    ) -> Option<Vec<HeldOperation>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let log = kept.logs.remove(&(municipality, submission))?;
        kept.operations -= log.operations.len();
        (log.revision == revision).then_some(log.operations)
    }

    /// Keeps a log as it was committed.
    pub(in crate::store) fn keep(&self, log: SubmissionLog) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (log.row.municipality_id, log.row.id);
        let is_older = |known: &KeptLog| known.revision > log.row.revision;
        if kept.logs.get(&key).is_some_and(is_older) {
            return;
        }
        kept.clock += 1;
        kept.operations += log.operations.len();
        let new = KeptLog {
            revision: log.row.revision,
            operations: log.operations,
            used: kept.clock,
        };
        if let Some(before) = kept.logs.insert(key, new) {
            kept.operations -= before.operations.len();
        }
        while kept.operations > OPERATIONS {
            let logs = kept.logs.iter();
            let Some(oldest) = logs.min_by_key(|(_, log)| log.used).map(|(key, _)| *key) else {
                return;
            };
            if let Some(log) = kept.logs.remove(&oldest) {
                kept.operations -= log.operations.len();
            }
        }
    }
}
