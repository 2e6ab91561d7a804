//! Colleagues who edit one submission at the same time, through cuts and a restart of the server.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context;
use api::forms::submission::{Operation, Submission};
use api::live::{LiveChange, LiveMessage};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;
use sync::{
    Change, DeviceId, Durability, Moment, OperationId, Outbox, Place, Progress, Stamp, Storage,
    SubmissionId,
};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use super::check::{Findings, compare, fold};
use super::proxy::{Proxy, Weather};
use super::storage::FileStorage;
use super::transport::HttpTransport;
use super::{DRAIN, StormArguments, held, kill, same_state, union};
use crate::figures::Times;
use crate::filler::Filler;
use crate::http::{Client, read_chunk};
use crate::process::{Server, scratch};
use crate::world::{Filling, SELF_ASSESSMENT, World, ZONE_MINUTES};

/// A colleague answers about this often.
const PACE: std::ops::Range<u64> = 400..1_600;

/// What colleagues share with the harness.
struct Shared {
    until: Instant,
    is_calm: AtomicBool,
    /// Colleagues whose last answer the server holds.
    drained: AtomicUsize,
    editors: usize,
    /// When each operation was made.
    made: Mutex<BTreeMap<OperationId, Instant>>,
    seen: Mutex<Times>,
    form_version: String,
}

/// What a stream has told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Told {
    /// Newest revision told of.
    revision: u64,
    /// How often it was interrupted; something may have been missed.
    breaks: u64,
}

/// One colleague at one screen.
struct Editor {
    index: usize,
    seed: u64,
    filling: Filling,
    directory: PathBuf,
    /// Through the faulty network.
    transport: HttpTransport,
    shared: Arc<Shared>,
}

/// Runs the colleagues and compares all sides.
pub async fn run(arguments: &StormArguments, editors: usize) -> anyhow::Result<Findings> {
    let world = World::found(&arguments.target.database, 2).await?;
    let colleagues = world.colleagues(editors).await?;
    let form = Arc::new(world.form(SELF_ASSESSMENT)?);
    let kind = world.store.kind();
    drop(world);
    let mut server = Server::start(&arguments.target).await?;
    let proxy = Proxy::open(server.address, arguments.seed, Weather::Breeze).await?;
    let disks = scratch("editors")?;
    let length = Duration::from_secs_f64(arguments.minutes * 60.0);
    println!(
        "{editors} colleagues edit one submission for {:.0} s through cuts and a restart, seed {} ({kind})",
        length.as_secs_f64(),
        arguments.seed
    );
    let filling = colleagues[0].clone();
    let opener = HttpTransport {
        address: server.address,
        cookie: filling.cookie.clone(),
    };
    let opened = opener.open(&filling).await;
    let opened = opened.map_err(|failed| anyhow::anyhow!("not opened: {failed:?}"))?;
    let shared = Arc::new(Shared {
        until: Instant::now() + length,
        is_calm: AtomicBool::new(false),
        drained: AtomicUsize::new(0),
        editors,
        made: Mutex::default(),
        seen: Mutex::default(),
        form_version: form.version.clone(),
    });
    let mut streams = JoinSet::new();
    let mut working = JoinSet::new();
    let blank = Filler::new(&form);
    for (index, filling) in colleagues.into_iter().enumerate() {
        let editor = Editor {
            index,
            seed: arguments.seed,
            directory: disks.join(index.to_string()),
            transport: HttpTransport {
                address: proxy.address,
                cookie: filling.cookie.clone(),
            },
            filling,
            shared: shared.clone(),
        };
        // Each screen hears by a stream of its own.
        let (told, hear) = watch::channel(Told {
            revision: opened.revision,
            breaks: 0,
        });
        let client = Client::new(server.address, &editor.filling.cookie);
        streams.spawn(listen(client, told));
        let address = server.address;
        let filler = blank.again();
        working.spawn(async move { editor.work(address, hear, filler).await });
    }
    let mut random = ChaCha8Rng::seed_from_u64(arguments.seed);
    sleep(length / 2).await;
    kill(&mut server, &mut random).await?;
    sleep(shared.until.saturating_duration_since(Instant::now())).await;
    proxy.calm_down();
    shared.is_calm.store(true, Ordering::Relaxed);
    let mut logs = Vec::new();
    let all = async {
        while let Some(done) = working.join_next().await {
            logs.push(done??);
        }
        anyhow::Ok(())
    };
    timeout(DRAIN, all)
        .await
        .context("not everybody came to an end in calm weather")??;
    streams.abort_all();
    println!("{}", proxy.report());
    {
        let seen = shared.seen.lock().unwrap_or_else(PoisonError::into_inner);
        println!("{}", Times::head());
        println!("{}", seen.line("an answer at another screen"));
        println!(
            "target: p95 below 500 ms; here {:.0} ms",
            seen.percentile(0.95).as_secs_f64() * 1_000.0
        );
    }

    let held = held(server.address, &filling).await?;
    let own = |log: &EditorLog| -> Vec<Operation> {
        let own = log.known.iter();
        own.filter(|one| one.device == log.device)
            .cloned()
            .collect()
    };
    let history = union(logs.iter().map(own));
    let acknowledged = history.iter().map(|operation| operation.id).collect();
    let mut findings = compare(&acknowledged, &history, &held.operations);
    let theirs = fold(&form, &held.prefill, &held.operations);
    for log in &logs {
        let is_same = fold(&form, &held.prefill, &log.known) == theirs;
        findings.mismatched += usize::from(!is_same || log.waiting > 0);
    }
    let by_server = same_state(server.address, &filling, &form, &held, &history).await?;
    findings.mismatched += usize::from(!by_server);
    std::fs::remove_dir_all(&disks)?;
    Ok(findings)
}

/// What one screen knows in the end.
struct EditorLog {
    device: DeviceId,
    known: Vec<Operation>,
    waiting: u64,
}

impl Editor {
    async fn work(
        self,
        server: SocketAddr,
        mut hear: watch::Receiver<Told>,
        mut filler: Filler,
    ) -> anyhow::Result<EditorLog> {
        let mut random =
            ChaCha8Rng::seed_from_u64(self.seed ^ (self.index as u64 + 1).wrapping_mul(0x9e37));
        let device = DeviceId(Uuid::from_u128(random.random()));
        let submission = SubmissionId(self.filling.submission.0);
        let place = Place { device, submission };
        let storage = FileStorage::open(&self.directory).await?;
        let mut outbox = Outbox::new(device);
        outbox.log_mut(submission, &self.shared.form_version);
        let mut next = Instant::now();
        let (mut breaks, mut is_drained) = (0, false);
        loop {
            let is_over = Instant::now() >= self.shared.until;
            if !is_over && Instant::now() >= next {
                let stamp = Stamp {
                    id: OperationId(Uuid::now_v7()),
                    at_ms: now_ms()?,
                    zone_minutes: i16::try_from(ZONE_MINUTES)?,
                };
                let change = serde_json::to_value(filler.change(&mut random))?;
                let made = Instant::now();
                let form = (submission, self.shared.form_version.as_str());
                sync::record(&mut outbox, &storage, form, (change, stamp)).await?;
                let all = &self.shared.made;
                all.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .insert(stamp.id, made);
                next = Instant::now() + Duration::from_millis(random.random_range(PACE));
            }
            let moment = Moment {
                now_ms: now_ms()?,
                jitter: random.random(),
            };
            let before = known(&outbox, submission).len();
            let progress = sync::step(&mut outbox, &storage, &self.transport, moment).await?;
            if let Progress::Failed(sync::Failed::Refused { code }) = &progress {
                anyhow::bail!("colleague {} is refused: {code}", self.index);
            }
            if known(&outbox, submission).len() != before {
                self.note_seen(&outbox, submission, before, &mut filler);
            }
            let revision = outbox.log(submission).map_or(0, |log| log.revision());
            let told = *hear.borrow_and_update();
            let is_behind = told.revision > revision || told.breaks != breaks;
            let is_calm = self.shared.is_calm.load(Ordering::Relaxed);
            if is_behind || (is_calm && progress == Progress::Idle) {
                let all_drained =
                    self.shared.drained.load(Ordering::Acquire) == self.shared.editors;
                let fetched = self
                    .fetch(server, &mut outbox, &storage, place, &mut filler)
                    .await?;
                if fetched {
                    breaks = told.breaks;
                }
                let log = outbox.log(submission).context("a log")?;
                if is_calm && is_over && !is_drained && log.tally().waiting() == 0 {
                    is_drained = true;
                    self.shared.drained.fetch_add(1, Ordering::Release);
                }
                // Fetched after everybody's last answer had arrived: this is all there is.
                if fetched && all_drained {
                    return Ok(EditorLog {
                        device,
                        known: log.iter().cloned().collect(),
                        waiting: log.tally().waiting(),
                    });
                }
            }
            let until_next = next.saturating_duration_since(Instant::now());
            let wait = match progress {
                Progress::Acknowledged | Progress::Failed(_) => continue,
                Progress::Wait(ms) => Duration::from_millis(u64::from(ms)),
                Progress::Idle | Progress::SignIn => Duration::from_millis(200),
            };
            let wait = if is_over { wait } else { wait.min(until_next) };
            let wait = wait.clamp(Duration::from_millis(1), Duration::from_millis(200));
            tokio::select! {
                _ = hear.changed() => {}
                () = sleep(wait) => {}
            }
        }
    }

    /// Fetches what others did; says whether the server answered.
    async fn fetch(
        &self,
        server: SocketAddr,
        outbox: &mut Outbox<Value>,
        storage: &FileStorage,
        place: Place,
        filler: &mut Filler,
    ) -> anyhow::Result<bool> {
        let path = api::paths::submission(self.filling.submission);
        let answer = Client::new(server, &self.filling.cookie).get(&path).await;
        // The server may be down just now; the next message or moment tries again.
        let Ok(submission) = answer.map_err(Into::into).and_then(|answer| answer.json()) else {
            sleep(Duration::from_millis(50)).await;
            return Ok(false);
        };
        let Submission {
            operations,
            revision,
            ..
        } = submission;
        let before = known(outbox, place.submission).len();
        let others = operations
            .iter()
            .filter(|operation| operation.device != place.device)
            .cloned()
            .map(Change::Other)
            .collect();
        storage.commit(place, others, Durability::Relaxed).await?;
        let log = outbox.log_mut(place.submission, &self.shared.form_version);
        log.see_snapshot(operations, revision);
        self.note_seen(outbox, place.submission, before, filler);
        Ok(true)
    }

    /// Notes how long the answers of others were on their way, and shows them.
    fn note_seen(
        &self,
        outbox: &Outbox<Value>,
        submission: SubmissionId,
        before: usize,
        filler: &mut Filler,
    ) {
        let Some(log) = outbox.log(submission) else {
            return;
        };
        if known(outbox, submission).len() == before {
            return;
        }
        let now = Instant::now();
        let made = &self.shared.made;
        let made = made.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = &self.shared.seen;
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        for operation in log.iter().filter(|one| one.device != log.device()) {
            if !filler.is_new(operation.id.0) {
                continue;
            }
            if let Some(made) = made.get(&operation.id) {
                seen.add(now.duration_since(*made));
            }
            if let Ok(change) = serde_json::from_value(operation.change.clone()) {
                filler.take(&change);
            }
        }
    }
}

fn known(outbox: &Outbox<Value>, submission: SubmissionId) -> Vec<&Operation> {
    outbox
        .log(submission)
        .map(|log| log.iter().collect())
        .unwrap_or_default()
}

/// Hears of new revisions for as long as it may; a stream that ends is opened again.
async fn listen(client: Client, told: watch::Sender<Told>) {
    loop {
        if let Ok(mut stream) = client.open_stream(api::paths::LIVE).await {
            while let Ok(Some(chunk)) = read_chunk(&mut stream).await {
                let text = String::from_utf8_lossy(&chunk);
                for line in text.lines().filter_map(|line| line.strip_prefix("data: ")) {
                    let message = serde_json::from_str::<LiveMessage>(line);
                    if let Ok(LiveChange::Submission { revision, .. }) =
                        message.map(|message| message.change)
                    {
                        told.send_if_modified(|known| {
                            let is_new = revision > known.revision;
                            known.revision = revision.max(known.revision);
                            is_new
                        });
                    }
                }
            }
        }
        sleep(Duration::from_millis(100)).await;
        // What was missed meanwhile is fetched.
        told.send_modify(|known| known.breaks += 1);
    }
}

fn now_ms() -> anyhow::Result<i64> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
    Ok(i64::try_from(since.as_millis())?)
}
