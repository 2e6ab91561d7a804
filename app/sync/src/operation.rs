//! One answer as an operation, and the order in which operations are folded.

use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use uuid::Uuid;

/// Makes a newtype over a UUID that travels as a plain string.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }
    };
}

id!(
    /// Id of an operation: UUIDv7 made by the device, so a repeated delivery is recognised.
    OperationId
);
id!(
    /// Id of the browser profile that made an operation; random, bound to no person.
    DeviceId
);
id!(
    /// Id of a filled form, made by the device that opens it first.
    SubmissionId
);

/// One change of one field of a submission, as the device recorded it.
///
/// `E` is the change itself (an edit of a form). Operations are never altered after they are made;
/// a correction is a further operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Operation<E> {
    /// Unique over all devices.
    pub id: OperationId,
    /// The device that made it.
    pub device: DeviceId,
    /// Position in the device's own log of this submission: 1, 2, 3 … without gaps.
    pub sequence: u64,
    /// The submission it belongs to.
    pub submission: SubmissionId,
    /// Server revision the device had seen when the change was made; 0 before any contact.
    pub base_revision: u64,
    /// Milliseconds since 1970 UTC by the device's clock, which may be wrong.
    pub at_ms: i64,
    /// Minutes east of UTC of the device when the change was made.
    pub zone_minutes: i16,
    /// Version of the form the answer was given to.
    pub form_version: String,
    /// What changed.
    pub change: E,
}

/// Orders operations for folding: by device clock, then by id, so every replica that holds the same
/// set folds it to the same state.
///
/// Inside one device the recorded sequence wins over the clock: a clock that was set back must not
/// let an older answer of the same person come out on top.
pub fn fold_order<E>(operations: &mut [impl Borrow<Operation<E>> + Clone]) {
    // The clock a device effectively had: never behind its own earlier operations.
    let mut latest: std::collections::BTreeMap<DeviceId, i64> = std::collections::BTreeMap::new();
    operations.sort_by_key(|operation| {
        let operation = operation.borrow();
        (operation.device, operation.sequence, operation.id)
    });
    let mut keyed: Vec<(i64, DeviceId, u64, OperationId, usize)> = Vec::new();
    for (index, operation) in operations.iter().enumerate() {
        let operation = operation.borrow();
        let clock = latest
            .entry(operation.device)
            .and_modify(|at| *at = (*at).max(operation.at_ms))
            .or_insert(operation.at_ms);
        keyed.push((
            *clock,
            operation.device,
            operation.sequence,
            operation.id,
            index,
        ));
    }
    keyed.sort_unstable();
    let ordered: Vec<_> = keyed.iter().map(|key| operations[key.4].clone()).collect();
    operations.clone_from_slice(&ordered);
}
