//! A simulated tablet: the product's outbox on a disk of its own, killed and started again at random.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;
use sync::{
    DeviceId, Moment, OperationId, Outbox, Place, Progress, Stamp, Storage, StoredLog, SubmissionId,
};
use tokio::time::sleep;
use uuid::Uuid;

use super::storage::FileStorage;
use super::transport::HttpTransport;
use crate::filler::Filler;
use crate::world::{Filling, ZONE_MINUTES};

/// The clocks of tablets run this much faster than ours, so that their pauses do not take our time.
const HASTE: f64 = 10.0;
/// Noon of the day, by a tablet's clock.
const NOON_MS: i64 = 1_776_254_400_000;

/// What all tablets share.
pub struct Shared {
    /// An empty form.
    pub blank: Mutex<Filler>,
    /// Version of the form.
    pub form_version: String,
    /// Operations of each tablet.
    pub operations: usize,
    /// Over which time they are made.
    pub duration: Duration,
    /// When it began.
    pub started: Instant,
    /// Faults are over: nobody waits any more.
    pub is_calm: AtomicBool,
    /// Tablets killed so far.
    pub kills: AtomicUsize,
    /// Operations of which a tablet was told, by a receipt that it believed, that the server holds them.
    pub acknowledged: Mutex<BTreeMap<usize, BTreeSet<OperationId>>>,
}

/// A tablet.
pub struct Tablet {
    /// Number.
    pub index: usize,
    /// From which everything random follows.
    pub seed: u64,
    /// What is filled, and by whom.
    pub filling: Filling,
    /// Its disk.
    pub directory: PathBuf,
    /// Its way to the server.
    pub transport: HttpTransport,
    /// What it shares.
    pub shared: Arc<Shared>,
}

impl Tablet {
    /// The device, the same in every life.
    pub fn device(&self) -> DeviceId {
        let mut random = self.random(u64::MAX);
        DeviceId(Uuid::from_u128(random.random()))
    }

    /// Where its log is kept.
    pub fn place(&self) -> Place {
        Place {
            device: self.device(),
            submission: SubmissionId(self.filling.submission.0),
        }
    }

    /// What its disk holds of the log.
    ///
    /// # Errors
    /// Those of the disk.
    pub async fn stored(&self) -> anyhow::Result<Option<StoredLog<Value>>> {
        let storage = FileStorage::open(&self.directory).await?;
        Ok(storage.log(self.place()).await?)
    }

    /// Lives until everything is answered and acknowledged.
    ///
    /// # Errors
    /// Those of the disk, or when the server refuses.
    pub async fn run(self: Arc<Self>) -> anyhow::Result<()> {
        for life in 0.. {
            let mut random = self.random(1_000_000 + life);
            let span = Duration::from_millis(random.random_range(200..12_000));
            let killed = async {
                sleep(span).await;
                // In calm weather nobody is killed, or the last ones would never end.
                while self.shared.is_calm.load(Ordering::Relaxed) {
                    sleep(Duration::from_secs(3600)).await;
                }
            };
            tokio::select! {
                done = self.life(random.clone()) => return done,
                () = killed => {}
            }
            self.shared.kills.fetch_add(1, Ordering::Relaxed);
            sleep(Duration::from_millis(random.random_range(0..500))).await;
        }
        Ok(())
    }

    fn random(&self, salt: u64) -> ChaCha8Rng {
        let own = self.seed ^ (self.index as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ChaCha8Rng::seed_from_u64(own ^ salt.wrapping_mul(0xd1b5_4a32_d192_ed03))
    }

    /// From a start to the end of the work; may be dropped at any point.
    async fn life(&self, mut random: ChaCha8Rng) -> anyhow::Result<()> {
        let storage = FileStorage::open(&self.directory).await?;
        let mut outbox = Outbox::new(self.device());
        sync::restore(&mut outbox, &storage).await?;
        let submission = self.place().submission;
        let mut filler = {
            let blank = &self.shared.blank;
            blank.lock().unwrap_or_else(PoisonError::into_inner).again()
        };
        let mut recorded = 0;
        if let Some(log) = outbox.log(submission) {
            for operation in log.iter() {
                filler.take(&serde_json::from_value(operation.change.clone())?);
            }
            recorded = usize::try_from(log.total())?;
        }
        while self.transport.open(&self.filling).await.is_err() {
            self.pause(Duration::from_millis(300)).await;
        }
        loop {
            let is_calm = self.shared.is_calm.load(Ordering::Relaxed);
            if is_calm {
                outbox.wake();
            }
            if recorded < self.shared.operations && (is_calm || self.is_due(recorded)) {
                let (change, stamp) = self.next(&mut filler, recorded)?;
                let form = (submission, self.shared.form_version.as_str());
                sync::record(&mut outbox, &storage, form, (change, stamp)).await?;
                recorded += 1;
                continue;
            }
            let moment = Moment {
                now_ms: self.clock_ms(),
                jitter: random.random(),
            };
            match sync::step(&mut outbox, &storage, &self.transport, moment).await? {
                Progress::Acknowledged => self.note_acknowledged(&outbox),
                Progress::Failed(sync::Failed::Refused { code }) => {
                    anyhow::bail!("tablet {} is refused: {code}", self.index)
                }
                Progress::SignIn => anyhow::bail!("tablet {} is signed out", self.index),
                Progress::Idle if recorded >= self.shared.operations => return Ok(()),
                Progress::Failed(_) => {}
                Progress::Idle => self.pause(Duration::from_millis(50)).await,
                Progress::Wait(ms) => {
                    let wait = Duration::from_secs_f64(f64::from(ms) / 1_000.0 / HASTE);
                    self.pause(wait.min(Duration::from_millis(200))).await;
                }
            }
        }
    }

    async fn pause(&self, time: Duration) {
        sleep(time.max(Duration::from_millis(1))).await;
    }

    /// Answers are spread over the whole time, each at its planned moment or later.
    fn is_due(&self, number: usize) -> bool {
        let mut random = self.random(number as u64);
        let share = (number as f64 + random.random::<f64>()) / self.shared.operations as f64;
        self.shared.started.elapsed() >= self.shared.duration.mul_f64(share)
    }

    fn next(&self, filler: &mut Filler, number: usize) -> anyhow::Result<(Value, Stamp)> {
        // The same answer in every life, unless an earlier one was lost with its tablet.
        let mut random = self.random(500_000 + number as u64);
        let change = serde_json::to_value(filler.change(&mut random))?;
        let stamp = Stamp {
            id: OperationId(Uuid::now_v7()),
            at_ms: self.clock_ms(),
            zone_minutes: i16::try_from(ZONE_MINUTES)?,
        };
        Ok((change, stamp))
    }

    /// The tablet's own clock: each is wrong by up to a day, and one in four is set back once.
    fn clock_ms(&self) -> i64 {
        let mut random = self.random(2_000_000);
        let wrong_ms = random.random_range(-86_400_000_i64..86_400_000);
        let elapsed = self.shared.started.elapsed();
        let set_back = random.random_bool(0.25) && elapsed > self.shared.duration / 2;
        let back_ms = if set_back { 3_600_000 } else { 0 };
        NOON_MS + wrong_ms - back_ms + (elapsed.as_secs_f64() * 1_000.0 * HASTE) as i64
    }

    fn note_acknowledged(&self, outbox: &Outbox<Value>) {
        let Some(log) = outbox.log(self.place().submission) else {
            return;
        };
        let confirmed = log.standing().confirmed;
        let acknowledged = &self.shared.acknowledged;
        let mut acknowledged = acknowledged.lock().unwrap_or_else(PoisonError::into_inner);
        let own = log
            .iter()
            .filter(|one| one.device == log.device() && one.sequence <= confirmed);
        acknowledged
            .entry(self.index)
            .or_default()
            .extend(own.map(|operation| operation.id));
    }
}
