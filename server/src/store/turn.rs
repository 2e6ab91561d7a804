//! Turns to write: who writes now, and small changes that share one commit.
//!
//! A commit waits for the disk, so a change that commits alone bounds everybody to a few hundred a
//! second. Small changes therefore share a transaction: each is a savepoint in it, kept or undone alone,
//! and each is told that it is durable only after the commit of the whole. Whoever waits for a turn while
//! one is under way joins; nobody waits for company.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sea_orm::{ActiveModelTrait, ConnectionTrait};
use sea_orm::{ConnAcquireErr, DbBackend, DbErr, EntityTrait, IntoActiveModel, QuerySelect};
use tokio::sync::{OwnedMutexGuard, watch};
use uuid::Uuid;

use super::StoreError;
use super::entity::head;
use super::transaction::{Transaction, Writer};
use super::write::{Entries, News};

/// How long a change waits for its turn before it is told that the database is busy.
const TURN_TIMEOUT: Duration = Duration::from_secs(10);

/// One lane a municipality on PostgreSQL, where a change locks its row of `head`; one for all on SQLite,
/// which has one writer.
#[derive(Clone, Default)]
pub(super) struct Lanes(Arc<Mutex<HashMap<Uuid, Lane>>>);

/// The lock is fair: turns come in the order in which they were asked for.
type Lane = Arc<tokio::sync::Mutex<Option<Batch>>>;

/// The right to write in a lane, until dropped.
pub(super) struct Turn {
    lane: OwnedMutexGuard<Option<Batch>>,
    kept: bool,
}

/// A turn with the transaction to write in and the row of `head` it begins from.
pub(super) type Begun = (Turn, Transaction, head::Model);

impl Drop for Turn {
    /// After a change that was not kept nobody joins any more. An error of the disk makes SQLite undo the
    /// whole transaction, and what came after would stand outside of it.
    fn drop(&mut self) {
        if !self.kept
            && let Some(batch) = &mut *self.lane
        {
            batch.doubtful = true;
        }
    }
}

/// How a shared commit ended; none while it has not.
type Ending = Option<Result<(), DbErr>>;

/// A transaction that several changes share.
pub(super) struct Batch {
    // Dropped first, as the inner one.
    shared: Transaction,
    outer: Transaction,
    /// The rows of `head` as they are stored, and as its changes leave them.
    heads: HashMap<Uuid, [head::Model; 2]>,
    /// What its changes tell the two logs.
    entries: Entries,
    /// Municipalities whose live log has grown.
    grown: BTreeSet<Uuid>,
    has_jobs: bool,
    doubtful: bool,
    news: News,
    ended: watch::Sender<Ending>,
}

impl Lanes {
    fn lane(&self, writer: &Writer, municipality: Uuid) -> Lane {
        let key = match writer.connection.get_database_backend() {
            DbBackend::Postgres => municipality,
            _ => Uuid::nil(),
        };
        let mut lanes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lanes.entry(key).or_default().clone()
    }

    /// A turn for a change that is alone in its transaction: one that may be long.
    pub(super) async fn alone(
        &self,
        writer: &Writer,
        municipality: Uuid,
    ) -> Result<Begun, StoreError> {
        let mut turn = take(self.lane(writer, municipality)).await?;
        // Those before it must not wait for a long change.
        close(&mut turn.lane).await;
        let transaction = writer.begin().await?;
        let head = read_head(&transaction, municipality).await?;
        Ok((turn, transaction, head))
    }

    /// A turn for the change that makes a municipality: `prepare` writes what its row of `head` stands on.
    pub(super) async fn founding(
        &self,
        writer: &Writer,
        first: head::Model,
        prepare: impl AsyncFnOnce(&Transaction) -> Result<(), StoreError>,
    ) -> Result<Begun, StoreError> {
        let mut turn = take(self.lane(writer, first.municipality_id)).await?;
        close(&mut turn.lane).await;
        let transaction = writer.begin().await?;
        prepare(&transaction).await?;
        let row = first.clone().into_active_model().reset_all();
        row.insert(&transaction).await?;
        Ok((turn, transaction, first))
    }

    /// A turn for a small change in a transaction shared with those that wait at the same moment.
    pub(super) async fn together(
        &self,
        writer: &Writer,
        municipality: Uuid,
        news: &News,
    ) -> Result<Begun, StoreError> {
        let lane = self.lane(writer, municipality);
        let mut turn = take(lane.clone()).await?;
        if turn.lane.as_ref().is_some_and(|batch| batch.doubtful) {
            close(&mut turn.lane).await;
        }
        let batch = match &mut *turn.lane {
            Some(batch) => batch,
            none => {
                let outer = writer.begin().await?;
                let shared = outer.begin().await?;
                // Queued now, so behind everybody who waits already: they join, then it commits. It needs
                // nobody's care, whatever becomes of the requests.
                tokio::spawn(async move { close(&mut *lane.lock_owned().await).await });
                none.insert(Batch {
                    shared,
                    outer,
                    heads: HashMap::new(),
                    entries: Entries::default(),
                    grown: BTreeSet::new(),
                    has_jobs: false,
                    doubtful: false,
                    news: news.clone(),
                    ended: watch::channel(None).0,
                })
            }
        };
        // An error in here drops the turn, and with it the batch ends.
        let head = match batch.heads.get(&municipality) {
            Some([_, head]) => head.clone(),
            None => {
                let head = read_head(&batch.shared, municipality).await?;
                let both = [head.clone(), head.clone()];
                batch.heads.insert(municipality, both);
                head
            }
        };
        let transaction = batch.shared.begin().await?;
        Ok((turn, transaction, head))
    }
}

/// What a change that was kept leaves to the shared commit.
pub(super) struct Kept {
    pub(super) head: head::Model,
    pub(super) entries: Entries,
    pub(super) has_grown: bool,
    pub(super) has_jobs: bool,
}

/// Hands the turn on and waits until the shared transaction is durable.
///
/// # Errors
/// Those of the shared commit: then nothing of any of its changes happened.
pub(super) async fn wait(mut turn: Turn, kept: Kept) -> Result<(), StoreError> {
    let Some(batch) = &mut *turn.lane else {
        return Err(StoreError::Meaning("a shared change without batch".into()));
    };
    if kept.has_grown {
        batch.grown.insert(kept.head.municipality_id);
    }
    if let Some([_, head]) = batch.heads.get_mut(&kept.head.municipality_id) {
        *head = kept.head;
    }
    batch.entries.extend(kept.entries);
    batch.has_jobs |= kept.has_jobs;
    let mut ended = batch.ended.subscribe();
    turn.kept = true;
    drop(turn);
    let ending = ended.wait_for(Option::is_some).await;
    match ending.as_deref() {
        Ok(Some(Ok(()))) => Ok(()),
        Ok(Some(Err(error))) => Err(error.clone().into()),
        // The runtime is ending; the request is answered by nobody.
        Ok(None) | Err(_) => Err(StoreError::Meaning("the shared commit was given up".into())),
    }
}

/// Does what may not stop half-way, also when the request that asked for it is given up.
///
/// A savepoint that is begun or kept, but whose outcome nobody hears, is undone by the library one level
/// too high: it would take the changes of others with it.
///
/// # Errors
/// Those of the work.
pub(super) async fn unstopped<T: Send + 'static>(
    work: impl Future<Output = Result<T, StoreError>> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::spawn(work).await {
        Ok(done) => done,
        Err(error) => Err(StoreError::Meaning(error.to_string())),
    }
}

async fn take(lane: Lane) -> Result<Turn, StoreError> {
    tokio::time::timeout(TURN_TIMEOUT, lane.lock_owned())
        .await
        .map(|lane| Turn { lane, kept: false })
        .map_err(|_| StoreError::Busy(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)))
}

async fn read_head(
    transaction: &Transaction,
    municipality: Uuid,
) -> Result<head::Model, StoreError> {
    let mut query = head::Entity::find_by_id(municipality);
    if transaction.get_database_backend() == DbBackend::Postgres {
        query = query.lock_exclusive();
    }
    query
        .one(transaction)
        .await?
        .ok_or_else(|| StoreError::Meaning(format!("municipality {municipality} is not known")))
}

/// Writes the row of `head` when it has changed.
pub(super) async fn write_head(
    transaction: &Transaction,
    head: &head::Model,
    stored: &head::Model,
) -> Result<(), DbErr> {
    if head != stored {
        head.clone()
            .into_active_model()
            .reset_all()
            .update(transaction)
            .await?;
    }
    Ok(())
}

/// Commits what is shared so far and tells those who wait for it.
async fn close(lane: &mut Option<Batch>) {
    if let Some(batch) = lane.take() {
        // A task of its own: a request that is given up here must not take the others' commit with it.
        let _ = tokio::spawn(finish(batch)).await;
    }
}

async fn finish(batch: Batch) {
    let Batch {
        shared,
        outer,
        heads,
        entries,
        grown,
        has_jobs,
        news,
        ended,
        ..
    } = batch;
    let done = keep(shared, outer, heads, entries).await;
    if done.is_ok() {
        for municipality in grown {
            news.tell(municipality);
        }
        if has_jobs {
            news.ask();
        }
    }
    // Nobody waits when all their requests were given up.
    ended.send_replace(Some(done));
}

/// Commits the changes with their entries of the two logs.
///
/// The inner transaction ends first: when an error of the disk has undone everything, this fails, and no
/// entry is written for a change that did not happen.
async fn keep(
    shared: Transaction,
    outer: Transaction,
    heads: HashMap<Uuid, [head::Model; 2]>,
    entries: Entries,
) -> Result<(), DbErr> {
    shared.commit().await?;
    entries.write(&outer).await?;
    for [stored, head] in heads.values() {
        write_head(&outer, head, stored).await?;
    }
    outer.commit().await
}
