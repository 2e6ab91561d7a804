//! Work that outlives a request: asked for inside a change, done by a worker after its commit.

pub mod run;

use std::sync::Arc;
use std::time::Duration;

use api::id::{MunicipalityId, RunId};
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use tokio::task::JoinHandle;

use crate::Clock;
use crate::store::{Store, StoreError, TakenJob};

/// What can be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// Compute a run of the objectivity engine that is queued.
    Recompute {
        /// The run.
        run: RunId,
    },
}

impl Job {
    /// Name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Job::Recompute { .. } => "recompute",
        }
    }
}

/// Does jobs; called by one worker at a time for each.
pub trait Runner: Send + Sync + 'static {
    /// Does one job. Doing it twice must be harmless: a worker may die after the work and before the
    /// note of it.
    fn run<'a>(
        &'a self,
        municipality: MunicipalityId,
        job: &'a Job,
    ) -> BoxFuture<'a, anyhow::Result<()>>;
}

/// How often a worker looks for jobs of other processes.
const LOOK: Duration = Duration::from_secs(2);
/// How often a worker gives a sign of life.
const KEEP: Duration = Duration::from_secs(10);
/// How often old rows are removed.
const HOUSEKEEPING_MS: i64 = 3_600_000;
/// How long live changes can be resumed, ms.
const LIVE_MS: i64 = 24 * 3_600_000;
/// How long ended jobs are kept, ms.
const JOBS_MS: i64 = 30 * 24 * 3_600_000;
/// A file that nobody confirmed for so long is forgotten.
const IMPORTS_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// A photo or file whose last bytes did not come for so long is forgotten; tablets keep theirs until it is held.
const ATTACHMENTS_MS: i64 = 30 * 24 * 3_600_000;

/// The worker of a process; stops when dropped.
pub struct Worker(JoinHandle<()>);

impl Drop for Worker {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Worker {
    /// Starts the worker; call inside a tokio runtime.
    pub fn start(store: Store, clock: Clock, runner: impl Runner) -> Self {
        Worker(tokio::spawn(work(store, clock, Arc::new(runner))))
    }
}

async fn work(store: Store, clock: Clock, runner: Arc<impl Runner>) {
    let mut housekeeping_ms = i64::MIN;
    loop {
        let asked = store.jobs_asked();
        let now_ms = clock.now_ms();
        if now_ms.saturating_sub(housekeeping_ms) >= HOUSEKEEPING_MS {
            housekeeping_ms = now_ms;
            if let Err(error) = keep_house(&store, now_ms).await {
                tracing::warn!(%error, "old rows not removed; tried again in an hour");
            }
        }
        match next_job(&store, now_ms).await {
            Ok(Some(taken)) => {
                do_one(&store, &clock, runner.as_ref(), &taken).await;
                continue;
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "jobs not read"),
        }
        tokio::select! {
            () = asked => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// A restored copy does nothing by itself until somebody says that it is the working server.
async fn next_job(store: &Store, now_ms: i64) -> Result<Option<TakenJob>, StoreError> {
    if store.is_quiet().await? {
        return Ok(None);
    }
    store.take_job(now_ms).await
}

async fn do_one(store: &Store, clock: &Clock, runner: &impl Runner, taken: &TakenJob) {
    tracing::info!(
        job = taken.job.kind(),
        attempt = taken.attempt,
        "job begins"
    );
    let sign = || async {
        if let Err(error) = store.keep_job(taken, clock.now_ms()).await {
            tracing::warn!(%error, "sign of life not written");
        }
    };
    let running = runner.run(taken.municipality, &taken.job);
    let outcome = beside(running, KEEP, sign).await;
    let outcome = outcome.map_err(|error| {
        tracing::error!(
            job = taken.job.kind(),
            error = format!("{error:#}"),
            "job failed"
        );
        format!("{error:#}")
    });
    if let Err(error) = store.finish_job(taken, outcome, clock.now_ms()).await {
        tracing::error!(%error, "end of a job not noted; it will be done again");
    }
}

/// Does the work, with a sign of life every so often: beside it and never instead of it, because work that holds the turn
/// to write must go on to give it back to the sign.
async fn beside<T, S: Future<Output = ()>>(
    work: impl Future<Output = T>,
    every: Duration,
    sign: impl Fn() -> S,
) -> T {
    let signs = async {
        let mut moments = tokio::time::interval(every);
        moments.tick().await;
        loop {
            moments.tick().await;
            sign().await;
        }
    };
    tokio::select! {
        done = work => done,
        never = signs => never,
    }
}

async fn keep_house(store: &Store, now_ms: i64) -> Result<(), StoreError> {
    store.prune_sessions(now_ms).await?;
    store.prune_sign_in_attempts(now_ms).await?;
    store.prune_live_changes(now_ms - LIVE_MS).await?;
    store.prune_jobs(now_ms - JOBS_MS).await?;
    store.prune_imports(now_ms - IMPORTS_MS, now_ms).await?;
    store.prune_table_imports(now_ms - IMPORTS_MS).await?;
    store
        .prune_attachments(now_ms - ATTACHMENTS_MS, now_ms)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use tokio::sync::Mutex;

    use super::*;

    #[tokio::test]
    async fn a_sign_that_waits_for_what_the_work_holds_does_not_stop_it() {
        let turn = Mutex::new(0_u32);
        let every = Duration::from_millis(1);
        let work = async {
            let mut held = turn.lock().await;
            for _ in 0..20 {
                tokio::time::sleep(every).await;
            }
            *held += 1;
        };
        let sign = || async {
            drop(turn.lock().await);
        };
        beside(work, every, sign).await;
        assert_eq!(*turn.lock().await, 1);
    }
}
