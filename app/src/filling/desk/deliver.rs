//! Delivery: answers first, then hand-ins, then photos, again and again until the server holds them.

use std::time::Duration;

use api::forms::submission::{
    MAX_OPERATIONS, OperationsReceipt, PutOperations, ScoreSheet, Submission, Submit,
};
use leptos::prelude::*;
use serde_json::Value;
use sync::{Batch, Change, Delivered, Durability, Failed, Next, SubmissionId};

use super::{Arrival, Desk, SUBMIT};
use crate::client::Failure;
use crate::device;
use crate::filling::save_state::Link;

/// What the loop does after a round.
enum Round {
    /// At once again.
    Again,
    /// After so many milliseconds.
    After(u32),
    /// When something happens.
    Rest,
}

impl Desk {
    /// Something around changed: pauses are over.
    pub fn wake(self) {
        self.inner.update_value(|inner| {
            inner.outbox.wake();
            inner.wish_pause.wake();
        });
        self.deliver();
    }

    /// Someone has signed in (again).
    pub fn signed_in(self) {
        self.inner.update_value(|inner| inner.outbox.signed_in());
        self.tell_all(&Arrival::Link(Link::Open));
        self.wake();
    }

    /// Sends what waits, unless something is on its way already.
    pub fn deliver(self) {
        let mut begins = false;
        self.inner.update_value(|inner| {
            begins = !std::mem::replace(&mut inner.is_delivering, true);
            if begins && let Some(timer) = inner.timer.take() {
                timer.clear();
            }
        });
        if begins {
            leptos::task::spawn_local(async move {
                let rest = loop {
                    match self.round().await {
                        Round::Again => {}
                        Round::After(wait_ms) => break Some(wait_ms),
                        Round::Rest => break None,
                    }
                };
                self.rest(rest);
            });
        }
    }

    fn rest(self, wait_ms: Option<u32>) {
        self.count();
        self.inner.update_value(|inner| {
            inner.is_delivering = false;
            inner.timer = wait_ms.and_then(|wait_ms| {
                let pause = Duration::from_millis(u64::from(wait_ms));
                set_timeout_with_handle(move || self.deliver(), pause).ok()
            });
        });
    }

    async fn round(self) -> Round {
        let next = self
            .inner
            .try_update_value(|inner| inner.outbox.next(device::now_ms()));
        match next {
            Some(Next::Deliver(batch)) => {
                self.deliver_batch(batch).await;
                Round::Again
            }
            // Whoever is under way goes on by itself; signing in wakes the desk.
            Some(Next::Busy | Next::SignIn) | None => Round::Rest,
            Some(Next::Wait(wait_ms)) => match self.deliver_rest().await {
                Round::Again => Round::Again,
                Round::After(other_ms) => Round::After(wait_ms.min(other_ms)),
                Round::Rest => Round::After(wait_ms),
            },
            Some(Next::Idle) => self.deliver_rest().await,
        }
    }

    async fn deliver_batch(self, batch: Batch<Value>) {
        let Batch {
            attempt,
            submission,
            mut operations,
        } = batch;
        operations.truncate(MAX_OPERATIONS);
        let path = api::paths::operations(submission.0.into());
        let body = PutOperations { operations };
        let answer = self.client.put::<OperationsReceipt>(&path, &body).await;
        let (now_ms, jitter) = (device::now_ms(), js_sys::Math::random());
        match answer {
            Ok(OperationsReceipt { receipt, others }) => {
                let answer = Delivered { receipt, others };
                let news = self
                    .inner
                    .try_update_value(|inner| {
                        inner.outbox.delivered(attempt, answer, now_ms, jitter)
                    })
                    .flatten();
                if let Some((standing, others)) = news {
                    let others = others.into_iter().map(Change::Other);
                    let changes = others.chain([Change::Standing(standing)]).collect();
                    self.store(submission, changes, Durability::Relaxed);
                }
                self.tell_all(&Arrival::Link(Link::Open));
                self.tell(submission, Arrival::Log);
                self.count();
            }
            Err(failure) => {
                let (failed, link) = outcome(&failure);
                self.inner.update_value(|inner| {
                    inner
                        .outbox
                        .failed(attempt, submission, &failed, now_ms, jitter);
                });
                match link {
                    Link::Refused(_) => self.tell(submission, Arrival::Link(link)),
                    link => self.tell_all(&Arrival::Link(link)),
                }
            }
        }
    }

    /// Hand-ins whose answers the server holds, then photos.
    async fn deliver_rest(self) -> Round {
        let (wish, wait_ms) = self.inner.with_value(|inner| {
            let wish = inner.notes.iter().find_map(|(submission, notes)| {
                let reason = notes.get(SUBMIT)?;
                let log = inner.outbox.log(*submission)?;
                (log.tally().waiting() == 0).then(|| (*submission, reason.clone(), log.revision()))
            });
            (wish, inner.wish_pause.wait_ms(device::now_ms()))
        });
        let is_signed_out = self.inner.with_value(|inner| inner.outbox.is_signed_out());
        if is_signed_out {
            return Round::Rest;
        }
        match wish {
            Some(_) if wait_ms > 0 => Round::After(wait_ms),
            Some((submission, reason, revision)) => {
                self.hand_in(submission, &reason, revision).await
            }
            None if wait_ms > 0 => Round::After(wait_ms),
            None => match self.deliver_photo().await {
                Some(Ok(())) => Round::Again,
                Some(Err(failure)) => self.pause(&failure),
                None => Round::Rest,
            },
        }
    }

    async fn hand_in(self, submission: SubmissionId, reason: &str, revision: u64) -> Round {
        let body = Submit {
            revision,
            incomplete_reason: serde_json::from_str(reason).unwrap_or_default(),
        };
        let path = api::paths::submit(submission.0.into());
        match self.client.post::<ScoreSheet>(&path, &body).await {
            Ok(score) => {
                self.inner.update_value(|inner| inner.wish_pause.succeed());
                self.set_note(submission, SUBMIT, None);
                self.close(submission);
                self.tell(submission, Arrival::Submitted(Box::new(score)));
                Round::Again
            }
            Err(failure) => {
                if matches!(outcome(&failure).1, Link::Refused(_)) {
                    // It must not stand between the person and the form.
                    self.set_note(submission, SUBMIT, None);
                    self.tell(submission, Arrival::SubmitRefused(failure));
                    return Round::Again;
                }
                self.pause(&failure)
            }
        }
    }

    fn pause(self, failure: &Failure) -> Round {
        let (failed, link) = outcome(failure);
        let retry_after_s = match failed {
            Failed::Away { retry_after_s } => retry_after_s,
            _ => None,
        };
        self.tell_all(&Arrival::Link(link));
        let mut wait_ms = 0;
        self.inner.update_value(|inner| {
            let now_ms = device::now_ms();
            let jitter = js_sys::Math::random();
            inner.wish_pause.fail(now_ms, jitter, retry_after_s);
            wait_ms = inner.wish_pause.wait_ms(now_ms);
        });
        Round::After(wait_ms)
    }

    /// Asks the server for a submission as it is now; nothing without an answer.
    pub async fn fetch(self, submission: SubmissionId) -> Option<Submission> {
        let path = api::paths::submission(submission.0.into());
        self.client.get(&path).await.ok()
    }
}

/// What a failure means for the outbox, and what the person is told.
pub(in crate::filling) fn outcome(failure: &Failure) -> (Failed, Link) {
    let away = |retry_after_s| (Failed::Away { retry_after_s }, Link::Away);
    match failure {
        Failure::Offline => away(None),
        Failure::Problem(problem) if problem.status == 401 => (Failed::SignedOut, Link::SignedOut),
        Failure::Problem(problem) if matches!(problem.status, 429 | 500..) => {
            away(problem.retry_after_s)
        }
        Failure::Problem(problem) => {
            let code = problem.code.clone();
            (Failed::Refused { code: code.clone() }, Link::Refused(code))
        }
        Failure::Unreadable { status } if *status >= 500 => away(None),
        Failure::Unreadable { status } => {
            let code = status.to_string();
            (Failed::Refused { code: code.clone() }, Link::Refused(code))
        }
    }
}
