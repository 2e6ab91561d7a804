//! What a device still has to deliver, over all its submissions.

use std::collections::BTreeMap;

use crate::{
    Backoff, Delivered, DeviceId, Failed, Log, Operation, Standing, StoredLog, SubmissionId,
};

/// Most operations in a batch. A link that fails gets smaller ones, down to a single operation.
const LARGEST_BATCH: usize = 200;

/// The logs of one device, and whose turn it is to be delivered.
///
/// One batch is under way at a time. A link that fails holds back everything; a refusal holds back only
/// its own submission. Nothing here forgets an operation before [`Log::is_prunable`].
#[derive(Clone, Debug, PartialEq)]
pub struct Outbox<E> {
    device: DeviceId,
    queues: BTreeMap<SubmissionId, Queue<E>>,
    link: Backoff,
    is_signed_out: bool,
    flight: Option<Flight>,
    attempts: u64,
    batch: usize,
}

#[derive(Clone, Debug, PartialEq)]
struct Queue<E> {
    log: Log<E>,
    is_urgent: bool,
    refusals: Backoff,
    /// Attempt in which it was served last: the longest unserved comes first.
    served: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Flight {
    attempt: u64,
    submission: SubmissionId,
}

/// A batch to deliver.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch<E> {
    /// Number of the attempt, to be given back with its outcome.
    pub attempt: u64,
    /// The submission.
    pub submission: SubmissionId,
    /// Its next operations, ascending.
    pub operations: Vec<Operation<E>>,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
pub enum Next<E> {
    /// Deliver this.
    Deliver(Batch<E>),
    /// A batch is under way.
    Busy,
    /// Ask again after so many milliseconds.
    Wait(u32),
    /// Someone has to sign in first.
    SignIn,
    /// The server holds everything.
    Idle,
}

impl<E: Clone> Outbox<E> {
    /// An outbox without logs.
    pub fn new(device: DeviceId) -> Self {
        Outbox {
            device,
            queues: BTreeMap::new(),
            link: Backoff::default(),
            is_signed_out: false,
            flight: None,
            attempts: 0,
            batch: LARGEST_BATCH,
        }
    }

    /// The device.
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// Takes up a stored log; one that is known already takes in what it lacks.
    pub fn take_up(&mut self, stored: StoredLog<E>) {
        let version = stored
            .own
            .last()
            .map(|operation| operation.form_version.clone())
            .unwrap_or_default();
        let is_new = !self.queues.contains_key(&stored.submission);
        let log = self.log_mut(stored.submission, &version);
        for operation in stored.own.into_iter().chain(stored.others) {
            log.adopt(operation);
        }
        if is_new {
            log.restore(stored.standing);
        } else {
            log.see_revision(stored.standing.revision);
        }
    }

    /// The log of a submission; begun when there is none. New operations answer that form version.
    pub fn log_mut(&mut self, submission: SubmissionId, form_version: &str) -> &mut Log<E> {
        let device = self.device;
        let queue = self.queues.entry(submission).or_insert_with(|| Queue {
            log: Log::new(submission, device, form_version),
            is_urgent: false,
            refusals: Backoff::default(),
            served: 0,
        });
        if !form_version.is_empty() {
            queue.log.set_form_version(form_version);
        }
        &mut queue.log
    }

    /// The log of a submission, if there is one.
    pub fn log(&self, submission: SubmissionId) -> Option<&Log<E>> {
        self.queues.get(&submission).map(|queue| &queue.log)
    }

    /// The log of a submission, if there is one, to change it.
    pub fn known_log_mut(&mut self, submission: SubmissionId) -> Option<&mut Log<E>> {
        self.queues.get_mut(&submission).map(|queue| &mut queue.log)
    }

    /// All logs.
    pub fn logs(&self) -> impl Iterator<Item = &Log<E>> {
        self.queues.values().map(|queue| &queue.log)
    }

    /// This submission holds an alarm: it goes before all others until it is delivered.
    pub fn hurry(&mut self, submission: SubmissionId) {
        if let Some(queue) = self.queues.get_mut(&submission) {
            queue.is_urgent = true;
            queue.refusals.wake();
            self.link.wake();
        }
    }

    /// Something around changed (network, focus, the person's tap): pauses are over.
    pub fn wake(&mut self) {
        self.link.wake();
        for queue in self.queues.values_mut() {
            queue.refusals.wake();
        }
    }

    /// Someone is signed in (again).
    pub fn signed_in(&mut self) {
        self.is_signed_out = false;
        self.wake();
    }

    /// Does delivery wait for someone to sign in?
    pub fn is_signed_out(&self) -> bool {
        self.is_signed_out
    }

    /// Failures of the link in a row.
    pub fn failures(&self) -> u32 {
        self.link.failures()
    }

    /// Own operations that the server does not hold, over all submissions.
    pub fn waiting(&self) -> u64 {
        self.logs().map(|log| log.tally().waiting()).sum()
    }

    /// Hands out the next batch, or says why there is none.
    pub fn next(&mut self, now_ms: i64) -> Next<E> {
        if self.flight.is_some() {
            return Next::Busy;
        }
        let mut waits = Vec::new();
        let mut ready: Vec<(bool, u64, SubmissionId)> = Vec::new();
        for (submission, queue) in &self.queues {
            if queue.log.pending(1).is_empty() {
                continue;
            }
            match queue.refusals.wait_ms(now_ms) {
                0 => ready.push((!queue.is_urgent, queue.served, *submission)),
                wait_ms => waits.push(wait_ms),
            }
        }
        if (!ready.is_empty() || !waits.is_empty()) && self.is_signed_out {
            return Next::SignIn;
        }
        let Some((_, _, submission)) = ready.into_iter().min() else {
            return waits.into_iter().min().map_or(Next::Idle, Next::Wait);
        };
        match self.link.wait_ms(now_ms) {
            0 => self.take_off(submission),
            wait_ms => Next::Wait(wait_ms),
        }
    }

    fn take_off(&mut self, submission: SubmissionId) -> Next<E> {
        let Some(queue) = self.queues.get_mut(&submission) else {
            return Next::Idle;
        };
        self.attempts += 1;
        queue.served = self.attempts;
        let operations = queue.log.pending(self.batch);
        if let Some(last) = operations.last() {
            queue.log.note_sent(last.sequence);
        }
        self.flight = Some(Flight {
            attempt: self.attempts,
            submission,
        });
        Next::Deliver(Batch {
            attempt: self.attempts,
            submission,
            operations,
        })
    }

    /// Takes the answer to a batch in. Returns what is to be stored: the standing of the log and the
    /// operations of others that were new.
    ///
    /// An answer that was overtaken by a later attempt counts too, but takes nothing back.
    pub fn delivered(
        &mut self,
        attempt: u64,
        answer: Delivered<E>,
        now_ms: i64,
        jitter: f64,
    ) -> Option<(Standing, Vec<Operation<E>>)> {
        let is_latest = self.land(attempt);
        self.link.succeed();
        self.is_signed_out = false;
        self.batch = self.batch.saturating_mul(2).min(LARGEST_BATCH);
        let queue = self.queues.get_mut(&answer.receipt.submission)?;
        let is_progress = queue.log.receive(&answer.receipt, is_latest, now_ms);
        if is_progress {
            queue.refusals.succeed();
            queue.log.refuse(None);
        } else if is_latest {
            // Repeating at once what brought nothing new would never end.
            queue.refusals.fail(now_ms, jitter, None);
        }
        if queue.log.tally().waiting() == 0 {
            queue.is_urgent = false;
        }
        let mut new = Vec::new();
        for operation in answer.others {
            if queue.log.adopt(operation.clone()) {
                new.push(operation);
            }
        }
        Some((queue.log.standing().clone(), new))
    }

    /// Notes that a batch was not acknowledged. `jitter` is a random number in 0–1.
    pub fn failed(
        &mut self,
        attempt: u64,
        submission: SubmissionId,
        failed: &Failed,
        now_ms: i64,
        jitter: f64,
    ) {
        if !self.land(attempt) {
            return;
        }
        match failed {
            Failed::Away { retry_after_s } => {
                self.link.fail(now_ms, jitter, *retry_after_s);
                self.batch = (self.batch / 2).max(1);
            }
            Failed::SignedOut => self.is_signed_out = true,
            Failed::Refused { code } => {
                self.link.succeed();
                if let Some(queue) = self.queues.get_mut(&submission) {
                    queue.log.refuse(Some(code.clone()));
                    queue.refusals.fail(now_ms, jitter, None);
                }
            }
        }
    }

    /// Submissions whose logs may be forgotten now.
    pub fn prunable(&self, now_ms: i64, retention_ms: i64) -> Vec<SubmissionId> {
        self.logs()
            .filter(|log| log.is_prunable(now_ms, retention_ms))
            .map(Log::submission)
            .collect()
    }

    /// Forgets a log, after the storage has.
    pub fn forget(&mut self, submission: SubmissionId) {
        self.queues.remove(&submission);
    }

    /// Ends the flight of that attempt; says whether it was the one under way.
    fn land(&mut self, attempt: u64) -> bool {
        let is_latest = self.flight.is_some_and(|flight| flight.attempt == attempt);
        if is_latest {
            self.flight = None;
        }
        is_latest
    }
}
