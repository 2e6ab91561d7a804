//! A server as the tests need it: holds operations by id, answers with receipts.

use std::collections::{BTreeMap, BTreeSet};

use sync::{Delivered, DeviceId, Operation, OperationId, Receipt, SubmissionId, receipt_hash};

/// A change in these tests: which field, and the value.
pub type Edit = (u8, u32);

/// Holds operations in the order received.
#[derive(Clone, Debug, Default)]
pub struct Server {
    held: BTreeMap<SubmissionId, Vec<Operation<Edit>>>,
}

impl Server {
    /// Takes a batch in, as the real server does: by id, whatever was sent before.
    pub fn put(&mut self, operations: &[Operation<Edit>]) -> Delivered<Edit> {
        let first = operations.first().expect("batches are not empty");
        let held = self.held.entry(first.submission).or_default();
        for operation in operations {
            if held.iter().all(|one| one.id != operation.id) {
                held.push(operation.clone());
            }
        }
        let base = operations.iter().map(|one| one.base_revision).max();
        let others = held
            .iter()
            .skip(base.unwrap_or_default() as usize)
            .filter(|one| one.device != first.device);
        Delivered {
            others: others.cloned().collect(),
            receipt: self.receipt(first.submission, first.device),
        }
    }

    pub fn receipt(&self, submission: SubmissionId, device: DeviceId) -> Receipt {
        let mut own: Vec<&Operation<Edit>> = self
            .all(submission)
            .iter()
            .filter(|one| one.device == device)
            .collect();
        own.sort_by_key(|one| (one.sequence, one.id));
        let mut through = 0;
        let mut ids: Vec<OperationId> = Vec::new();
        for one in own {
            if one.sequence == through + 1 {
                through += 1;
            } else if one.sequence != through {
                break;
            }
            ids.push(one.id);
        }
        Receipt {
            submission,
            device,
            through,
            hash: receipt_hash(ids),
            revision: self.all(submission).len() as u64,
            set_aside: Vec::new(),
        }
    }

    pub fn all(&self, submission: SubmissionId) -> &[Operation<Edit>] {
        self.held.get(&submission).map_or(&[], Vec::as_slice)
    }

    /// Ids of everything held; panics on a duplicate.
    pub fn ids(&self) -> BTreeSet<OperationId> {
        let mut ids = BTreeSet::new();
        for one in self.held.values().flatten() {
            assert!(ids.insert(one.id), "{:?} is held twice", one.id);
        }
        ids
    }
}
