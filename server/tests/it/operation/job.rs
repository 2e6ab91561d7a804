//! Jobs: done after their commit, tried again, taken over from the dead.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use api::id::{MunicipalityId, RunId};
use futures::FutureExt;
use futures::future::BoxFuture;
use server::Clock;
use server::jobs::{Job, Runner, Worker};
use server::store::Author;
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::world::{World, fact};

const MINUTE_MS: i64 = 60_000;

fn job() -> Job {
    Job::Recompute {
        run: RunId(Uuid::now_v7()),
    }
}

async fn enqueue(world: &World, job: &Job) {
    let mut write = world
        .store
        .write(Author::system(world.home.municipality), world.now_ms())
        .await
        .expect("write");
    write.enqueue(job).await.expect("enqueued");
    write.commit().await.expect("commit");
}

/// Fails once, then tells what it was given.
struct Second {
    calls: Arc<AtomicU32>,
    done: mpsc::UnboundedSender<Job>,
}

impl Runner for Second {
    fn run<'a>(
        &'a self,
        _municipality: MunicipalityId,
        job: &'a Job,
    ) -> BoxFuture<'a, anyhow::Result<()>> {
        async move {
            if self.calls.fetch_add(1, Ordering::Relaxed) == 0 {
                anyhow::bail!("the first attempt fails");
            }
            self.done.send(job.clone()).map_err(anyhow::Error::from)
        }
        .boxed()
    }
}

fact!(
    async fn a_job_that_fails_is_tried_again(world: World) {
        let (done, mut finished) = mpsc::unbounded_channel();
        let calls = Arc::new(AtomicU32::new(0));
        let told = world.clock.clone();
        // Each look at the clock is a minute later, so the second attempt is due at once.
        let clock = Clock::new(move || told.fetch_add(MINUTE_MS, Ordering::Relaxed));
        let wanted = job();
        enqueue(&world, &wanted).await;
        let runner = Second {
            calls: calls.clone(),
            done,
        };
        let _worker = Worker::start(world.store.clone(), clock, runner);
        assert_eq!(finished.recv().await, Some(wanted));
        assert_eq!(calls.load(Ordering::Relaxed), 2);
    }
);

fact!(
    async fn a_job_has_one_worker_until_that_one_dies(world: World) {
        let wanted = job();
        enqueue(&world, &wanted).await;
        let now_ms = world.now_ms();
        let first = world.store.take_job(now_ms).await.expect("taken");
        assert_eq!(first.as_ref().map(|taken| &taken.job), Some(&wanted));
        assert_eq!(world.store.take_job(now_ms).await.expect("asked"), None);
        let later = now_ms + 6 * MINUTE_MS;
        let second = world
            .store
            .take_job(later)
            .await
            .expect("taken")
            .expect("taken over");
        assert_eq!(second.attempt, 2);
        world
            .store
            .finish_job(&second, Ok(()), later)
            .await
            .expect("noted");
        assert_eq!(
            world
                .store
                .take_job(later + 60 * MINUTE_MS)
                .await
                .expect("asked"),
            None
        );
    }
);

fact!(
    async fn a_job_of_a_killed_server_is_taken_up_at_once(world: World) {
        enqueue(&world, &job()).await;
        let now_ms = world.now_ms();
        let first = world.store.take_job(now_ms).await.expect("taken");
        assert!(first.is_some());
        assert_eq!(world.store.free_jobs().await.expect("freed"), 1);
        let second = world.store.take_job(now_ms).await.expect("taken");
        assert_eq!(second.map(|taken| taken.attempt), Some(2));
    }
);

fact!(
    async fn a_clock_that_is_set_back_does_not_hold_a_job(world: World) {
        enqueue(&world, &job()).await;
        let now_ms = world.now_ms();
        let first = world.store.take_job(now_ms).await.expect("taken");
        assert!(first.is_some());
        let yesterday = now_ms - 24 * 60 * MINUTE_MS;
        // Asked for today, so it waits; what was begun does not.
        let second = world.store.take_job(yesterday).await.expect("taken");
        assert_eq!(second.map(|taken| taken.attempt), Some(2));
    }
);

fact!(
    async fn a_change_that_is_dropped_asks_for_nothing(world: World) {
        let mut write = world
            .store
            .write(Author::system(world.home.municipality), world.now_ms())
            .await
            .expect("write");
        write.enqueue(&job()).await.expect("enqueued");
        drop(write);
        let now_ms = world.now_ms();
        assert_eq!(world.store.take_job(now_ms).await.expect("asked"), None);
    }
);
