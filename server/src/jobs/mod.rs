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
const KEEP: Duration = Duration::from_secs(60);
/// How often old rows are removed.
const HOUSEKEEPING_MS: i64 = 3_600_000;
/// How long live changes can be resumed, ms.
const LIVE_MS: i64 = 24 * 3_600_000;
/// How long ended jobs are kept, ms.
const JOBS_MS: i64 = 30 * 24 * 3_600_000;

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
        match store.take_job(now_ms).await {
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

async fn do_one(store: &Store, clock: &Clock, runner: &impl Runner, taken: &TakenJob) {
    tracing::info!(
        job = taken.job.kind(),
        attempt = taken.attempt,
        "job begins"
    );
    let outcome = {
        let mut running = runner.run(taken.municipality, &taken.job);
        let mut alive = tokio::time::interval(KEEP);
        alive.tick().await;
        loop {
            tokio::select! {
                outcome = &mut running => break outcome,
                _ = alive.tick() => {
                    if let Err(error) = store.keep_job(taken, clock.now_ms()).await {
                        tracing::warn!(%error, "sign of life not written");
                    }
                }
            }
        }
    };
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

async fn keep_house(store: &Store, now_ms: i64) -> Result<(), StoreError> {
    store.prune_sessions(now_ms).await?;
    store.prune_sign_in_attempts(now_ms).await?;
    store.prune_live_changes(now_ms - LIVE_MS).await?;
    store.prune_jobs(now_ms - JOBS_MS).await?;
    Ok(())
}
