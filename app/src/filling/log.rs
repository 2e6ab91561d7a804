//! The operations of one submission as this device knows them: its own, and those of others.

use std::collections::BTreeMap;

use api::submission::Operation;
use serde_json::Value;
use sync::{DeviceId, OperationId, Receipt, SubmissionId, fold_order};

/// What only a device can give: an id, a clock and a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// UUIDv7 of the new operation.
    pub id: OperationId,
    /// Milliseconds since 1970 UTC by the device's clock.
    pub at_ms: i64,
    /// Minutes east of UTC.
    pub zone_minutes: i16,
}

/// An append-only log; the answers are a fold over [`Log::ordered`].
#[derive(Clone, Debug, PartialEq)]
pub struct Log {
    submission: SubmissionId,
    device: DeviceId,
    form_version: String,
    own: BTreeMap<u64, Operation>,
    others: BTreeMap<OperationId, Operation>,
    held: u64,
    revision: u64,
}

impl Log {
    /// The log of a submission of which this device knows nothing yet.
    pub fn new(
        submission: SubmissionId,
        device: DeviceId,
        form_version: impl Into<String>,
    ) -> Self {
        Log {
            submission,
            device,
            form_version: form_version.into(),
            own: BTreeMap::new(),
            others: BTreeMap::new(),
            held: 0,
            revision: 0,
        }
    }

    /// The device whose own operations these are.
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// Appends a change and returns the operation to store and send.
    pub fn record(&mut self, change: Value, stamp: Stamp) -> &Operation {
        let sequence = self.next_sequence();
        let operation = Operation {
            id: stamp.id,
            device: self.device,
            sequence,
            submission: self.submission,
            base_revision: self.revision,
            at_ms: stamp.at_ms,
            zone_minutes: stamp.zone_minutes,
            form_version: self.form_version.clone(),
            change,
        };
        self.own.entry(sequence).or_insert(operation)
    }

    /// Takes in an operation made elsewhere: by a colleague, by another tab, or by this device before a
    /// reload. Says whether it was new; an operation of another submission is not.
    pub fn adopt(&mut self, operation: Operation) -> bool {
        if operation.submission != self.submission {
            return false;
        }
        if operation.device == self.device {
            let sequence = operation.sequence;
            let known = self.own.contains_key(&sequence);
            self.own.entry(sequence).or_insert(operation);
            return !known;
        }
        self.others.insert(operation.id, operation).is_none()
    }

    /// Takes in what the server says it holds of this device.
    ///
    /// An answer that overtook a later one never takes anything back.
    pub fn receive(&mut self, receipt: &Receipt) {
        if receipt.submission == self.submission && receipt.device == self.device {
            self.held = self.held.max(receipt.through);
            self.see_revision(receipt.revision);
        }
    }

    /// Takes up what was known before a reload: the highest acknowledged sequence and revision.
    pub fn restore(&mut self, held: u64, revision: u64) {
        self.held = self.held.max(held);
        self.see_revision(revision);
    }

    /// The sequence of the next own operation.
    pub fn next_sequence(&self) -> u64 {
        self.own.last_key_value().map_or(0, |(last, _)| *last) + 1
    }

    /// Notes the highest revision of the server that this device has seen.
    pub fn see_revision(&mut self, revision: u64) {
        self.revision = self.revision.max(revision);
    }

    /// Own operations that the server has not acknowledged, ascending, at most `limit`.
    pub fn pending(&self, limit: usize) -> Vec<Operation> {
        self.own
            .range(self.held + 1..)
            .take(limit)
            .map(|(_, operation)| operation.clone())
            .collect()
    }

    /// Number of own operations.
    pub fn total(&self) -> u64 {
        self.own.len() as u64
    }

    /// Number of own operations that the server holds.
    pub fn held(&self) -> u64 {
        self.held
            .min(self.own.last_key_value().map_or(0, |(last, _)| *last))
    }

    /// Highest revision of the server that this device has seen.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// All operations in the order in which they are folded.
    pub fn ordered(&self) -> Vec<&Operation> {
        let mut operations: Vec<&Operation> =
            self.own.values().chain(self.others.values()).collect();
        fold_order(&mut operations);
        operations
    }

    /// Operations on one field in folding order: the history of an answer, the last one holds.
    pub fn history(&self, path: &Value) -> Vec<&Operation> {
        self.ordered()
            .into_iter()
            .filter(|operation| operation.change.get("path") == Some(path))
            .collect()
    }

    /// Has anybody answered this field?
    pub fn holds(&self, path: &Value) -> bool {
        let mut all = self.own.values().chain(self.others.values());
        all.any(|operation| operation.change.get("path") == Some(path))
    }

    /// Field of the newest own operation.
    pub fn last_path(&self) -> Option<String> {
        let (_, operation) = self.own.last_key_value()?;
        operation.change.get("path")?.as_str().map(str::to_owned)
    }

    /// When the newest own operation was made.
    pub fn latest_ms(&self) -> Option<i64> {
        self.own
            .last_key_value()
            .map(|(_, operation)| operation.at_ms)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn stamp(number: u128) -> Stamp {
        Stamp {
            id: OperationId(Uuid::from_u128(number)),
            at_ms: number as i64 * 1_000,
            zone_minutes: 180,
        }
    }

    fn log() -> Log {
        Log::new(
            SubmissionId(Uuid::from_u128(1)),
            DeviceId(Uuid::from_u128(2)),
            "1.0.0",
        )
    }

    fn receipt(log: &Log, through: u64, revision: u64) -> Receipt {
        Receipt {
            submission: log.submission,
            device: log.device,
            through,
            hash: String::new(),
            revision,
            set_aside: Vec::new(),
        }
    }

    #[test]
    fn sequence_grows_without_gaps() {
        let mut log = log();
        for number in 1..=3 {
            log.record(json!({"path": "a", "edit": number}), stamp(number));
        }
        let sequences: Vec<u64> = log.pending(10).iter().map(|one| one.sequence).collect();
        assert_eq!(sequences, [1, 2, 3]);
    }

    #[test]
    fn acknowledged_operations_are_not_sent_again() {
        let mut log = log();
        for number in 1..=3 {
            log.record(json!({"path": "a"}), stamp(number));
        }
        log.receive(&receipt(&log, 2, 2));
        assert_eq!(log.pending(10).len(), 1);
        assert_eq!((log.held(), log.total()), (2, 3));
    }

    #[test]
    fn late_receipt_takes_nothing_back() {
        let mut log = log();
        log.record(json!({"path": "a"}), stamp(1));
        log.receive(&receipt(&log, 1, 7));
        log.receive(&receipt(&log, 0, 3));
        assert_eq!((log.held(), log.revision()), (1, 7));
    }

    #[test]
    fn adopting_twice_changes_nothing() {
        let mut log = log();
        let mut other = Log::new(log.submission, DeviceId(Uuid::from_u128(9)), "1.0.0");
        let operation = other.record(json!({"path": "a"}), stamp(5)).clone();
        assert!(log.adopt(operation.clone()));
        assert!(!log.adopt(operation));
        assert_eq!(log.ordered().len(), 1);
        assert_eq!(log.total(), 0, "a colleague's answer is not ours to send");
    }

    #[test]
    fn operation_of_another_tab_keeps_its_place() {
        let mut first = log();
        let mut second = log();
        let operation = first.record(json!({"path": "a"}), stamp(1)).clone();
        assert!(second.adopt(operation));
        assert_eq!(second.record(json!({"path": "b"}), stamp(2)).sequence, 2);
    }

    #[test]
    fn operation_of_another_submission_is_left_out() {
        let mut log = log();
        let mut foreign = Log::new(
            SubmissionId(Uuid::from_u128(77)),
            DeviceId(Uuid::from_u128(9)),
            "1.0.0",
        );
        let operation = foreign.record(json!({"path": "a"}), stamp(5)).clone();
        assert!(!log.adopt(operation));
    }

    #[test]
    fn history_holds_the_answers_of_one_field() {
        let mut log = log();
        log.record(json!({"path": "a", "edit": 1}), stamp(1));
        log.record(json!({"path": "b", "edit": 2}), stamp(2));
        log.record(json!({"path": "a", "edit": 3}), stamp(3));
        let edits: Vec<_> = log
            .history(&json!("a"))
            .iter()
            .map(|operation| operation.change["edit"].clone())
            .collect();
        assert_eq!(edits, [json!(1), json!(3)]);
    }
}
