//! A change: one transaction of one municipality, with its audit entries and live changes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use api::id::{EventId, MunicipalityId, OrganisationId, PersonId};
use api::live::LiveChange;
use sea_orm::DbErr;
use sha2::{Digest, Sha256};
use tokio::sync::{Notify, broadcast};
use uuid::Uuid;

use super::StoreError;
use super::access::callers::Callers;
use super::entity::{audit, head, live_change};
use super::forms::submission::{FormDocuments, KeptLogs, SubmissionLog};
use super::rows;
use super::transaction::Transaction;
use super::turn::{self, Turn};
use crate::hex::hex;

/// Who makes a change, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Author {
    /// Municipality that is changed.
    pub municipality: MunicipalityId,
    /// Person; absent for the system itself.
    pub person: Option<PersonId>,
}

impl Author {
    /// The system itself.
    pub fn system(municipality: MunicipalityId) -> Self {
        Author {
            municipality,
            person: None,
        }
    }
}

/// Whom a store tells that something was committed. Cheap to clone.
#[derive(Clone)]
pub(super) struct News {
    /// Municipalities whose live log has grown; the hub reads the log itself.
    pub(super) grown: broadcast::Sender<Uuid>,
    /// A job was asked for in this process.
    pub(super) asked: Arc<Notify>,
    /// Changes of this process that left neither an audit entry nor a live change.
    pub(super) silent: Arc<AtomicU64>,
}

impl News {
    pub(super) fn new() -> Self {
        News {
            grown: broadcast::channel(1024).0,
            asked: Arc::new(Notify::new()),
            silent: Arc::default(),
        }
    }

    /// Tells that a municipality's live log has grown.
    pub(super) fn tell(&self, municipality: Uuid) {
        // Nobody listening is no error.
        let _ = self.grown.send(municipality);
    }

    /// Tells that a job was asked for.
    pub(super) fn ask(&self) {
        self.asked.notify_one();
    }
}

/// What a store keeps in memory, and whom it tells, for a change.
pub(super) struct Shelves {
    pub(super) news: News,
    pub(super) callers: Callers,
    pub(super) form_documents: FormDocuments,
    pub(super) kept_logs: KeptLogs,
}

/// A change under way. Dropped without [`Write::commit`], nothing of it happened.
pub struct Write {
    // Dropped before the turn, so that the next change does not meet a half one.
    pub(super) transaction: Transaction,
    pub(super) municipality: Uuid,
    pub(super) person: Option<Uuid>,
    pub(super) now_ms: i64,
    head: head::Model,
    stored_head: head::Model,
    entries: Entries,
    /// The submission this change is about, read once.
    pub(super) submission_log: Option<SubmissionLog>,
    /// Was a job asked for?
    pub(super) has_jobs: bool,
    /// Was a session ended, a person blocked, or a role given or taken?
    pub(super) has_callers: bool,
    pub(super) form_documents: FormDocuments,
    pub(super) kept_logs: KeptLogs,
    news: News,
    callers: Callers,
    company: Company,
    turn: Turn,
}

/// Entries of the two logs, written in one go before the commit.
#[derive(Default)]
pub(super) struct Entries {
    audit: Vec<audit::Model>,
    live: Vec<live_change::Model>,
}

impl Entries {
    /// Adds those of a later change.
    pub(super) fn extend(&mut self, later: Entries) {
        self.audit.extend(later.audit);
        self.live.extend(later.live);
    }

    /// Writes all of them.
    ///
    /// # Errors
    /// Those of the database.
    pub(super) async fn write(self, transaction: &Transaction) -> Result<(), DbErr> {
        rows::insert::<audit::Entity>(transaction, self.audit).await?;
        rows::insert::<live_change::Entity>(transaction, self.live).await
    }
}

/// Has a change its transaction to itself?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Company {
    Alone,
    Shared,
}

impl Write {
    pub(super) fn begin(
        (turn, transaction, head): turn::Begun,
        company: Company,
        author: Author,
        now_ms: i64,
        shelves: Shelves,
    ) -> Self {
        Write {
            transaction,
            municipality: author.municipality.0,
            person: author.person.map(|person| person.0),
            now_ms,
            stored_head: head.clone(),
            head,
            entries: Entries::default(),
            submission_log: None,
            has_jobs: false,
            has_callers: false,
            form_documents: shelves.form_documents,
            kept_logs: shelves.kept_logs,
            news: shelves.news,
            callers: shelves.callers,
            company,
            turn,
        }
    }

    /// Adds an entry to the audit log, to be written with the commit. `action` is spelled like the permission,
    /// `object` is kind and id, `details` hold no personal data.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn audit(
        &mut self,
        action: &str,
        object: String,
        details: serde_json::Value,
    ) -> Result<(), StoreError> {
        let sequence = self.head.audit_sequence + 1;
        let details = details.to_string();
        let hash = chain(
            &self.head.audit_hash,
            self.municipality,
            sequence,
            self.now_ms,
            self.person,
            action,
            &object,
            &details,
        );
        self.entries.audit.push(audit::Model {
            municipality_id: self.municipality,
            sequence,
            at_ms: self.now_ms,
            person_id: self.person,
            action: action.to_owned(),
            object,
            details,
            hash: hash.clone(),
        });
        self.head.audit_sequence = sequence;
        self.head.audit_hash = hash;
        Ok(())
    }

    /// Adds a change to the live log, to be written with the commit and heard after it. Whom it concerns follows from
    /// `organisation` and `event`; neither means readers of the whole municipality.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn announce(
        &mut self,
        organisation: Option<OrganisationId>,
        event: Option<EventId>,
        change: &LiveChange,
    ) -> Result<u64, StoreError> {
        let sequence = self.head.live_sequence + 1;
        self.entries.live.push(live_change::Model {
            municipality_id: self.municipality,
            sequence,
            at_ms: self.now_ms,
            organisation_id: organisation.map(|id| id.0),
            event_id: event.map(|id| id.0),
            change: serde_json::to_string(change)?,
        });
        self.head.live_sequence = sequence;
        Ok(sequence.unsigned_abs())
    }

    /// Makes the change durable and wakes the listeners.
    ///
    /// # Errors
    /// Those of the database; then nothing of the change happened.
    pub async fn commit(self) -> Result<(), StoreError> {
        let silent = (self.head == self.stored_head).then(|| self.news.silent.clone());
        self.end().await?;
        // Counted when it can be seen: whoever read before the commit finds the number changed.
        if let Some(silent) = silent {
            silent.fetch_add(1, Ordering::Release);
        }
        Ok(())
    }

    /// Ends a change that found nothing to do. What it has seen is durable afterwards: in a shared
    /// transaction that may be another's change which is not committed yet.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn commit_unchanged(self) -> Result<(), StoreError> {
        self.end().await
    }

    async fn end(self) -> Result<(), StoreError> {
        turn::unstopped(self.finish()).await
    }

    async fn finish(mut self) -> Result<(), StoreError> {
        self.write_row().await?;
        let has_grown = self.head.live_sequence != self.stored_head.live_sequence;
        let done = match self.company {
            Company::Shared => {
                self.transaction.commit().await?;
                let kept = turn::Kept {
                    head: self.head,
                    entries: self.entries,
                    has_grown,
                    has_jobs: self.has_jobs,
                };
                turn::wait(self.turn, kept).await
            }
            Company::Alone => {
                self.entries.write(&self.transaction).await?;
                turn::write_head(&self.transaction, &self.head, &self.stored_head).await?;
                self.transaction.commit().await?;
                if has_grown {
                    self.news.tell(self.municipality);
                }
                if self.has_jobs {
                    self.news.ask();
                }
                Ok(())
            }
        };
        if self.has_callers {
            self.callers.forget();
        }
        if done.is_ok()
            && let Some(log) = self.submission_log
        {
            self.kept_logs.keep(log);
        }
        done
    }

    /// Milliseconds since 1970 UTC that this change is dated with.
    pub fn now_ms(&self) -> i64 {
        self.now_ms
    }
}

/// Hash of an audit entry together with the one before it: hex of SHA-256 over a JSON array.
#[allow(clippy::too_many_arguments)] // The fields of one row, named at the only two calls.
pub(super) fn chain(
    before: &str,
    municipality: Uuid,
    sequence: i64,
    at_ms: i64,
    person: Option<Uuid>,
    action: &str,
    object: &str,
    details: &str,
) -> String {
    let entry = serde_json::json!([
        before,
        municipality,
        sequence,
        at_ms,
        person,
        action,
        object,
        details
    ]);
    hex(&Sha256::digest(entry.to_string().as_bytes()))
}
