//! Logs kept as they stood after the last change, so that an answer does not read all answers before it.

use std::sync::Arc;

use api::forms::submission::Operation;
use uuid::Uuid;

use super::log::{SubmissionLog, travelling};
use crate::rules::forms::shelf::Shelf;
use crate::store::StoreError;
use crate::store::entity::forms::operation;

/// Operations kept in all; about a kilobyte each.
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

/// Logs kept, by municipality and submission. Cheap to clone.
///
/// A log only grows, and each operation gets the next revision: a log of the revision that the submission
/// has is the whole log, whichever process wrote it.
#[derive(Clone)]
pub(in crate::store) struct KeptLogs(Shelf<(Uuid, Uuid), KeptLog>);

struct KeptLog {
    revision: i64,
    operations: Vec<HeldOperation>,
}

impl Default for KeptLogs {
    fn default() -> Self {
        KeptLogs(Shelf::new(OPERATIONS))
    }
}

impl KeptLogs {
    /// Takes the operations of a submission out, if they are those of this revision.
    pub(super) fn take(
        &self,
        municipality: Uuid,
        submission: Uuid,
        revision: i64,
    ) -> Option<Vec<HeldOperation>> {
        let log = self.0.take(&(municipality, submission))?;
        (log.revision == revision).then_some(log.operations)
    }

    /// Keeps a log as it was committed.
    pub(in crate::store) fn keep(&self, log: SubmissionLog) {
        let revision = log.row.revision;
        let key = (log.row.municipality_id, log.row.id);
        let weight = log.operations.len();
        let log = KeptLog {
            revision,
            operations: log.operations,
        };
        self.0
            .put_unless(key, log, weight, |known| known.revision > revision);
    }
}
