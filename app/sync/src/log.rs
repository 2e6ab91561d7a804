//! The operations of one submission as this device knows them: its own, and those of others.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{DeviceId, Operation, OperationId, Receipt, SubmissionId, fold_order, receipt_hash};

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

/// Where an own operation is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OperationState {
    /// In memory only: the device has not confirmed that it is stored.
    Volatile,
    /// Stored on this device.
    OnDevice,
    /// On its way; whether it arrived is not known.
    Sent,
    /// The server holds it.
    Acknowledged,
    /// The server holds it and left it out of the state for a person to look at; the code says why.
    SetAside(String),
}

/// Why a person should look at a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Attention {
    /// The server refuses to take operations of this submission; the code of its problem.
    Refused {
        /// Stable code.
        code: String,
    },
    /// The server holds something else under the sequences of this device: a copied browser profile.
    /// The log is kept for good.
    Mismatch,
}

/// What is known about a log beside its operations; stored with them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Highest sequence below which the server said that it misses nothing.
    pub held: u64,
    /// Highest sequence up to which the server's hash was the device's own.
    pub confirmed: u64,
    /// Highest revision of the server that this device has seen.
    pub revision: u64,
    /// When the server last acknowledged, by the device's clock.
    pub acknowledged_ms: Option<i64>,
    /// Is the submission finished for this device, so that its log may be pruned?
    pub is_closed: bool,
    /// Operations that the server keeps but does not fold, with the reason.
    pub set_aside: BTreeMap<OperationId, String>,
    /// Why a person should look at it.
    pub attention: Option<Attention>,
}

/// Numbers for «получено N из N».
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Own operations.
    pub total: u64,
    /// Of these, held by the server.
    pub held: u64,
    /// Of the held ones, set aside for a person.
    pub set_aside: u64,
}

impl Tally {
    /// Own operations that the server does not hold.
    pub fn waiting(self) -> u64 {
        self.total.saturating_sub(self.held)
    }
}

/// An append-only log; the answers are a fold over [`Log::ordered`].
#[derive(Clone, Debug, PartialEq)]
pub struct Log<E> {
    submission: SubmissionId,
    device: DeviceId,
    form_version: String,
    own: BTreeMap<u64, Operation<E>>,
    others: BTreeMap<OperationId, Operation<E>>,
    /// Own sequences that the storage has not confirmed.
    volatile: BTreeSet<u64>,
    /// The storage takes nothing: what is in memory is sent from there.
    is_storage_lost: bool,
    /// Own operations up to this one are on their way.
    sent: u64,
    /// Has everything been sent again after a receipt whose hash was another one?
    is_resent: bool,
    standing: Standing,
}

impl<E: Clone> Log<E> {
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
            volatile: BTreeSet::new(),
            is_storage_lost: false,
            sent: 0,
            is_resent: false,
            standing: Standing::default(),
        }
    }

    /// The submission.
    pub fn submission(&self) -> SubmissionId {
        self.submission
    }

    /// The device whose own operations these are.
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// Version of the form that new operations answer.
    pub fn form_version(&self) -> &str {
        &self.form_version
    }

    /// Sets the version of the form that new operations answer; the old ones keep theirs.
    pub fn set_form_version(&mut self, version: impl Into<String>) {
        self.form_version = version.into();
    }

    /// What is known beside the operations; to be stored with them.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// Appends a change and returns the operation, which is to be stored before it is sent.
    pub fn record(&mut self, change: E, stamp: Stamp) -> &Operation<E> {
        let sequence = self.next_sequence();
        let operation = Operation {
            id: stamp.id,
            device: self.device,
            sequence,
            submission: self.submission,
            base_revision: self.standing.revision,
            at_ms: stamp.at_ms,
            zone_minutes: stamp.zone_minutes,
            form_version: self.form_version.clone(),
            change,
        };
        self.volatile.insert(sequence);
        self.own.entry(sequence).or_insert(operation)
    }

    /// The storage has confirmed an own operation.
    pub fn stored(&mut self, id: OperationId) {
        self.is_storage_lost = false;
        let sequence = self
            .volatile
            .iter()
            .copied()
            .find(|sequence| self.own.get(sequence).is_some_and(|own| own.id == id));
        if let Some(sequence) = sequence {
            self.volatile.remove(&sequence);
        }
    }

    /// The storage takes nothing any more; sending from memory is the only way left.
    pub fn storage_lost(&mut self) {
        self.is_storage_lost = true;
    }

    /// Another tab of this device was quicker with a sequence: its operations are adopted, those of this
    /// tab that are not stored yet move behind them. Returns the moved ones, which are to be stored anew.
    ///
    /// They have not left the device, so nobody knows them under the old sequence.
    pub fn give_way(&mut self, stored: Vec<Operation<E>>) -> Vec<Operation<E>> {
        let mut moved = Vec::new();
        for sequence in std::mem::take(&mut self.volatile) {
            moved.extend(self.own.remove(&sequence));
        }
        // One of them may be stored without this tab having heard of it.
        moved.retain(|one| stored.iter().all(|other| other.id != one.id));
        for operation in stored {
            self.adopt(operation);
        }
        for operation in &mut moved {
            operation.sequence = self.next_sequence();
            self.volatile.insert(operation.sequence);
            self.own.insert(operation.sequence, operation.clone());
        }
        moved
    }

    /// Takes in an operation made elsewhere: by a colleague, by another tab, or by this device before a
    /// reload. Says whether it was new; an operation of another submission is not.
    pub fn adopt(&mut self, operation: Operation<E>) -> bool {
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

    /// Takes in what the server says it holds of this device; says whether that was more than before.
    ///
    /// `is_latest`: it answers the last request this device made. Only then a smaller number means that
    /// the server holds less (a restored backup), and the rest is sent again; otherwise an answer was
    /// overtaken and takes nothing back.
    pub fn receive(&mut self, receipt: &Receipt, is_latest: bool, now_ms: i64) -> bool {
        if receipt.submission != self.submission || receipt.device != self.device {
            return false;
        }
        let before = self.standing.held;
        self.see_revision(receipt.revision);
        self.standing.acknowledged_ms = Some(now_ms);
        if is_latest {
            self.standing.set_aside.clear();
        }
        for refusal in &receipt.set_aside {
            let code = refusal.code.clone();
            self.standing.set_aside.insert(refusal.operation, code);
        }
        let is_equal = self.own_hash(receipt.through).as_ref() == Some(&receipt.hash);
        if is_equal {
            self.standing.confirmed = if is_latest {
                receipt.through
            } else {
                self.standing.confirmed.max(receipt.through)
            };
            if self.standing.confirmed >= receipt.through {
                self.settle();
            }
        } else if is_latest {
            if !self.is_resent {
                // Operations are known by their ids: sending all of them again brings in what is missing.
                self.is_resent = true;
                self.standing.held = 0;
                self.standing.confirmed = 0;
                self.sent = 0;
                return true;
            }
            self.standing.attention = Some(Attention::Mismatch);
        }
        if receipt.through > self.standing.held || is_latest {
            self.standing.held = receipt.through;
        }
        self.sent = self.sent.max(self.standing.held);
        self.standing.held != before
    }

    /// Takes in the whole log as the server has it: operations and revision. Says whether an operation
    /// was new. What the server turns out to lack is sent again.
    pub fn see_snapshot(&mut self, operations: Vec<Operation<E>>, revision: u64) -> bool {
        let mut held = BTreeSet::new();
        let mut is_new = false;
        for operation in operations {
            if operation.device == self.device {
                held.insert(operation.id);
            }
            is_new |= self.adopt(operation);
        }
        let mut through = 0;
        while let Some(own) = self.own.get(&(through + 1)) {
            if !held.contains(&own.id) {
                break;
            }
            through += 1;
        }
        self.standing.held = through;
        self.standing.confirmed = through;
        self.settle();
        self.see_revision(revision);
        is_new
    }

    /// Takes up what was known before a reload.
    pub fn restore(&mut self, standing: Standing) {
        self.standing = standing;
    }

    /// The sequence of the next own operation.
    pub fn next_sequence(&self) -> u64 {
        self.last().max(self.standing.held).saturating_add(1)
    }

    /// Notes the highest revision of the server that this device has seen.
    pub fn see_revision(&mut self, revision: u64) {
        self.standing.revision = self.standing.revision.max(revision);
    }

    /// Notes that the submission is finished for this device.
    pub fn close(&mut self) {
        self.standing.is_closed = true;
    }

    /// The server refuses this submission, or no longer does.
    pub fn refuse(&mut self, code: Option<String>) {
        match code {
            Some(code) => self.standing.attention = Some(Attention::Refused { code }),
            None => {
                if matches!(self.standing.attention, Some(Attention::Refused { .. })) {
                    self.standing.attention = None;
                }
            }
        }
    }

    /// Own operations that the server has not acknowledged, ascending, at most `limit`. Those that are
    /// not on the device yet are held back, as long as the device stores at all.
    pub fn pending(&self, limit: usize) -> Vec<Operation<E>> {
        self.own
            .range(self.standing.held.saturating_add(1)..)
            .take_while(|(sequence, _)| self.is_storage_lost || !self.volatile.contains(sequence))
            .take(limit)
            .map(|(_, operation)| operation.clone())
            .collect()
    }

    /// Notes that own operations up to this one are on their way.
    pub(crate) fn note_sent(&mut self, through: u64) {
        self.sent = self.sent.max(through);
    }

    /// Where an own operation is; `None` for one that is not of this device.
    pub fn state(&self, id: OperationId) -> Option<OperationState> {
        let (sequence, _) = self.own.iter().find(|(_, own)| own.id == id)?;
        Some(if *sequence <= self.standing.held {
            match self.standing.set_aside.get(&id) {
                Some(code) => OperationState::SetAside(code.clone()),
                None => OperationState::Acknowledged,
            }
        } else if *sequence <= self.sent {
            OperationState::Sent
        } else if self.volatile.contains(sequence) {
            OperationState::Volatile
        } else {
            OperationState::OnDevice
        })
    }

    /// Numbers for the person.
    pub fn tally(&self) -> Tally {
        Tally {
            total: self.total(),
            held: self.held(),
            set_aside: self.standing.set_aside.len() as u64,
        }
    }

    /// Number of own operations.
    pub fn total(&self) -> u64 {
        self.own.len() as u64
    }

    /// Number of own operations that the server holds.
    pub fn held(&self) -> u64 {
        self.standing.held.min(self.last())
    }

    /// Own operations that the storage has not confirmed.
    pub fn unstored(&self) -> u64 {
        self.volatile.len() as u64
    }

    /// Highest revision of the server that this device has seen.
    pub fn revision(&self) -> u64 {
        self.standing.revision
    }

    /// May the log be forgotten? Only when the submission is finished, every operation was confirmed by
    /// an equal hash, nobody has to look at it, and `retention_ms` passed since the last receipt.
    ///
    /// A log is forgotten as a whole: half a log would fold to something that nobody wrote.
    pub fn is_prunable(&self, now_ms: i64, retention_ms: i64) -> bool {
        let is_over = self
            .standing
            .acknowledged_ms
            .is_some_and(|at| now_ms.saturating_sub(at) >= retention_ms);
        is_over
            && self.standing.is_closed
            && self.standing.attention.is_none()
            && self.standing.confirmed >= self.last()
            && self.volatile.is_empty()
    }

    /// All operations in the order in which they are folded.
    pub fn ordered(&self) -> Vec<&Operation<E>> {
        let mut operations: Vec<&Operation<E>> =
            self.own.values().chain(self.others.values()).collect();
        fold_order(&mut operations);
        operations
    }

    /// Number of operations of others.
    pub fn others(&self) -> u64 {
        self.others.len() as u64
    }

    /// All operations, own ones first.
    pub fn iter(&self) -> impl Iterator<Item = &Operation<E>> {
        self.own.values().chain(self.others.values())
    }

    /// The newest own operation.
    pub fn newest(&self) -> Option<&Operation<E>> {
        self.own.last_key_value().map(|(_, operation)| operation)
    }

    /// When the newest own operation was made.
    pub fn latest_ms(&self) -> Option<i64> {
        self.newest().map(|operation| operation.at_ms)
    }

    fn last(&self) -> u64 {
        self.own.last_key_value().map_or(0, |(last, _)| *last)
    }

    /// The server holds what the device holds: there is nothing to look at any more.
    fn settle(&mut self) {
        self.is_resent = false;
        if self.standing.attention == Some(Attention::Mismatch) {
            self.standing.attention = None;
        }
    }

    /// Hash over the own operations 1 … `through`; `None` when one of them is not known here.
    fn own_hash(&self, through: u64) -> Option<String> {
        let known = || self.own.values().take_while(|own| own.sequence <= through);
        (known().count() as u64 == through).then(|| receipt_hash(known().map(|own| own.id)))
    }
}
