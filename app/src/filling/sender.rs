//! Delivery: what the device holds goes to the server, again and again until it is acknowledged.

use std::time::Duration;

use api::submission::{
    MAX_OPERATIONS, OperationsReceipt, PutOperations, ScoreSheet, Submission, Submit,
};
use leptos::prelude::*;

use super::live::Filling;
use super::retry::pause_ms;
use super::save_state::Link;
use crate::client::Failure;
use crate::device;

impl Filling {
    /// Sends what waits, unless something is on its way already.
    pub fn send(self) {
        let mut begins = false;
        self.inner.try_update_value(|inner| {
            begins = !std::mem::replace(&mut inner.is_sending, true);
            if let Some(retry) = inner.retry.take() {
                retry.clear();
            }
        });
        if begins {
            leptos::task::spawn_local(self.deliver());
        }
    }

    /// Delivers until nothing waits or something fails. The page may end meanwhile: then the answers stay
    /// on the device and go with the next opening.
    async fn deliver(self) {
        loop {
            let Some((id, operations, revision)) = self.inner.try_with_value(|inner| {
                let pending = inner.log.pending(MAX_OPERATIONS);
                (inner.id, pending, inner.log.revision())
            }) else {
                return;
            };
            let outcome = if !operations.is_empty() {
                let body = PutOperations { operations };
                let path = api::paths::operations(id);
                match self.client.put::<OperationsReceipt>(&path, &body).await {
                    Ok(receipt) => self.acknowledged(receipt),
                    Err(failure) => Err(failure),
                }
            } else if let Some(incomplete_reason) = self.wish_to_submit() {
                let body = Submit {
                    revision,
                    incomplete_reason,
                };
                let path = api::paths::submit(id);
                match self.client.post::<ScoreSheet>(&path, &body).await {
                    Ok(score) => {
                        if self.is_open() {
                            self.submitted(score);
                        }
                        Ok(true)
                    }
                    Err(failure) => Err(failure),
                }
            } else {
                self.rest();
                return;
            };
            if !self.is_open() {
                return;
            }
            match outcome {
                Ok(true) => {}
                // The server acknowledged nothing new: repeating at once would not end.
                Ok(false) => return self.failed(&Failure::Unreadable { status: 0 }),
                Err(failure) => return self.failed(&failure),
            }
        }
    }

    /// Asks the server for the submission as it is now.
    pub fn fetch(self) {
        let client = self.client;
        let Some(path) = self
            .inner
            .try_with_value(|inner| api::paths::submission(inner.id))
        else {
            return;
        };
        leptos::task::spawn_local(async move {
            // Without an answer the page goes on with what the device holds.
            if let Ok(submission) = client.get::<Submission>(&path).await
                && self.is_open()
            {
                self.receive(submission);
            }
        });
    }

    fn rest(self) {
        self.inner.update_value(|inner| inner.is_sending = false);
    }

    /// Takes a receipt in; says whether it acknowledged anything new.
    fn acknowledged(self, answer: OperationsReceipt) -> Result<bool, Failure> {
        let mut is_progress = false;
        let is_alive = self.inner.try_update_value(|inner| {
            let before = inner.log.held();
            inner.log.receive(&answer.receipt);
            is_progress = inner.log.held() > before;
            inner.failures = 0;
        });
        if is_alive.is_none() {
            return Ok(true);
        }
        let has_strangers = self.has_strangers(&answer.others);
        self.adopt(answer.others);
        if has_strangers {
            self.fetch();
        }
        self.facts.update(|facts| {
            facts.accepted_ms = Some(device::now_ms());
            facts.link = Link::Open;
        });
        self.note_log();
        Ok(is_progress)
    }

    fn failed(self, failure: &Failure) {
        let (link, retry_after_s) = match failure {
            Failure::Offline => (Link::Away, None),
            Failure::Problem(problem) if problem.status == 401 => (Link::SignedOut, None),
            Failure::Problem(problem) if matches!(problem.status, 429 | 503) => {
                (Link::Away, problem.retry_after_s)
            }
            Failure::Problem(problem) => (Link::Refused(problem.code.clone()), None),
            Failure::Unreadable { status } if *status >= 500 => (Link::Away, None),
            Failure::Unreadable { status } => (Link::Refused(status.to_string()), None),
        };
        // A refused wish to submit must not stand between the person and the form.
        if matches!(link, Link::Refused(_)) && self.wish_to_submit().is_some() {
            self.take_back_submit();
            self.refusal.set(Some(failure.clone()));
            self.fetch();
        }
        self.facts.update(|facts| facts.link = link);
        self.inner.update_value(|inner| {
            inner.is_sending = false;
            inner.failures = inner.failures.saturating_add(1);
            let pause = pause_ms(inner.failures, js_sys::Math::random(), retry_after_s);
            inner.retry = set_timeout_with_handle(
                move || self.send(),
                Duration::from_millis(u64::from(pause)),
            )
            .ok();
        });
    }
}
