//! Tablets under faults: is anything lost?
//!
//! Everything that is decided follows from the seed: what is answered and when, whom a fault meets, who is
//! killed when. What the machine makes of it in time does not, so two runs differ in detail.

pub mod chaos;
mod check;
mod clerk;
mod disk;
mod editors;
mod proxy;
mod storage;
mod tablet;
mod transport;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context;
use api::access::session::{Role, Scope};
use api::forms::submission::{Operation, ScoreSheet, Submission};
use forms::Form;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sea_orm::ConnectionTrait;
use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use self::check::{Findings, compare, fold};
use self::clerk::Clerk;
use self::disk::Disk;
use self::proxy::{Proxy, Weather};
use self::tablet::{Shared, Tablet};
use self::transport::HttpTransport;
use crate::figures::print_machine;
use crate::filler::Filler;
use crate::http::Client;
use crate::process::{Server, Target, scratch};
use crate::world::{Filling, SHEET, World};

/// Arguments of `storm`.
#[derive(clap::Args)]
pub struct StormArguments {
    #[command(flatten)]
    target: Target,
    /// Tablets.
    #[arg(long, default_value_t = 200)]
    tablets: usize,
    /// Answers on each tablet.
    #[arg(long, default_value_t = 50)]
    operations: usize,
    /// How often the server is killed.
    #[arg(long, default_value_t = 50)]
    kills: usize,
    /// From which everything random follows.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Instead of tablets, so many colleagues edit one submission.
    #[arg(long)]
    editors: Option<usize>,
    /// How long they do, minutes.
    #[arg(long, default_value_t = 2.0)]
    minutes: f64,
    /// So often the disk is filled, fails, is locked or cannot be written to.
    #[arg(long, default_value_t = 0)]
    disk_full: usize,
    /// Each fault of the disk once instead, beside a clock that jumps and a second server.
    #[arg(skip)]
    all_faults: bool,
    /// The small file system with the database on it, for `disk_full`.
    #[arg(long)]
    disk: Option<PathBuf>,
    /// Shell command that starts the database server again when it has given up.
    #[arg(long)]
    revive: Option<String>,
    /// Removes one acknowledged answer from the database before checking: the check must find it.
    #[arg(long, hide = true)]
    forget_one: bool,
}

/// How long the last answers may take to arrive in calm weather.
const DRAIN: Duration = Duration::from_secs(180);
/// A kill, the time until the next, and a start take about this long together.
const KILL_CYCLE: Duration = Duration::from_millis(1_300);

/// A fault of the disk and the time until the server is well again.
const DISK_CYCLE: Duration = Duration::from_millis(3_500);
const HOUR_MS: i64 = 3_600_000;
/// Clerks beside the tablets.
const CLERKS: usize = 4;

/// Runs the storm.
pub async fn run(arguments: &StormArguments) -> anyhow::Result<()> {
    let findings = match arguments.editors {
        Some(editors) => editors::run(arguments, editors).await?,
        None => tablets(arguments).await?,
    };
    print_machine();
    println!("{}", findings.line());
    findings.verdict()
}

async fn tablets(arguments: &StormArguments) -> anyhow::Result<Findings> {
    let began = Instant::now();
    let world = World::found(&arguments.target.database, 50).await?;
    let sheets = world.observers(arguments.tablets).await?;
    let form = Arc::new(world.form(SHEET)?);
    let kind = world.store.kind();
    let municipality = world.municipality;
    let mut write = world.write().await?;
    let (_, coordinator) = world
        .person(&mut write, Role::Coordinator, Scope::Municipality)
        .await?;
    write.commit().await?;
    drop(world);
    let mut server = Server::start(&arguments.target).await?;
    let proxy = Proxy::open(server.address, arguments.seed, Weather::Storm).await?;
    let disks = scratch("tablets")?;
    println!(
        "{} tablets × {} answers, {} kills of the server, {} faults of the disk, seed {} ({kind})",
        arguments.tablets,
        arguments.operations,
        arguments.kills,
        arguments.disk_full,
        arguments.seed
    );

    let duration = KILL_CYCLE * u32::try_from(arguments.kills)?
        + DISK_CYCLE * u32::try_from(arguments.disk_full)?;
    let shared = Arc::new(Shared {
        blank: Mutex::new(Filler::new(&form)),
        form_version: form.version.clone(),
        operations: arguments.operations,
        duration: duration.max(Duration::from_secs(2)),
        started: Instant::now(),
        is_calm: AtomicBool::new(false),
        kills: AtomicUsize::new(0),
        acknowledged: Mutex::default(),
    });
    let tablets: Vec<Arc<Tablet>> = sheets
        .into_iter()
        .enumerate()
        .map(|(index, filling)| {
            Arc::new(Tablet {
                index,
                seed: arguments.seed,
                directory: disks.join(index.to_string()),
                transport: HttpTransport {
                    address: proxy.address,
                    cookie: filling.cookie.clone(),
                },
                filling,
                shared: shared.clone(),
            })
        })
        .collect();
    let mut lives = JoinSet::new();
    for tablet in &tablets {
        lives.spawn(tablet.clone().run());
    }
    let second = if arguments.all_faults {
        second(&arguments.target, &server).await?
    } else {
        None
    };
    let mut clerks = JoinSet::new();
    for index in 0..CLERKS {
        let clerk = Clerk {
            // Some see the network's faults, some the disk's alone, some are at another server.
            address: match (&second, index) {
                (_, 0 | 1) => proxy.address,
                (Some(second), 3) => second.address,
                _ => server.address,
            },
            cookie: coordinator.clone(),
            shared: shared.clone(),
        };
        clerks.spawn(clerk.work());
    }
    let mut random = ChaCha8Rng::seed_from_u64(arguments.seed);
    if arguments.disk_full > 0 || arguments.all_faults {
        disk_faults(arguments, &mut server, &mut random).await?;
    }
    for _ in 0..arguments.kills {
        kill(&mut server, &mut random).await?;
    }
    sleep(shared.duration.saturating_sub(shared.started.elapsed())).await;
    proxy.calm_down();
    shared.is_calm.store(true, Ordering::Relaxed);
    let drained = Instant::now();
    let all = async {
        while let Some(done) = lives.join_next().await {
            done??;
        }
        anyhow::Ok(())
    };
    timeout(DRAIN, all)
        .await
        .context("not everything arrived in calm weather")??;
    let mut told = clerk::Told::default();
    while let Some(done) = clerks.join_next().await {
        told.add(done??);
    }
    // What lives in the memory of the server alone is gone after this.
    server.kill().await?;
    let by_clerks = told
        .compare(&arguments.target.database, municipality)
        .await?;
    server.restart().await?;
    println!("{}", proxy.report());
    println!(
        "{} kills of tablets; {:.0} s of storm, {:.1} s until everything had arrived",
        shared.kills.load(Ordering::Relaxed),
        shared.duration.as_secs_f64(),
        drained.elapsed().as_secs_f64()
    );
    if arguments.forget_one {
        server.kill().await?;
        forget_one(&arguments.target).await?;
        server.restart().await?;
    }
    let mut findings = by_clerks;
    for tablet in &tablets {
        let acknowledged = shared.acknowledged.lock();
        let acknowledged = acknowledged
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&tablet.index)
            .unwrap_or_default();
        let stored = tablet.stored().await?.context("a tablet without log")?;
        let known: Vec<Operation> = stored.own.into_iter().chain(stored.others).collect();
        let held = held(server.address, &tablet.filling).await?;
        let mut found = compare(&acknowledged, &known, &held.operations);
        found.mismatched +=
            usize::from(!same_state(server.address, &tablet.filling, &form, &held, &known).await?);
        findings.add(found);
    }
    std::fs::remove_dir_all(&disks)?;
    println!("{:.0} s in all", began.elapsed().as_secs_f64());
    Ok(findings)
}

/// A second server on the same database; an embedded one refuses it.
async fn second(target: &Target, server: &Server) -> anyhow::Result<Option<Server>> {
    if server::store::sqlite_path(&target.database).is_none() {
        return Server::start(target).await.map(Some);
    }
    anyhow::ensure!(
        server.refuses_another().await?,
        "a second server was started on the same file"
    );
    Ok(None)
}

/// Lets the disk fail again and again; after each fault the server must be well by itself.
async fn disk_faults(
    arguments: &StormArguments,
    server: &mut Server,
    random: &mut ChaCha8Rng,
) -> anyhow::Result<()> {
    let directory = arguments.disk.as_deref().context("a disk to fill")?;
    let database = &arguments.target.database;
    let disk = Disk::new(directory, database, arguments.revive.clone())?;
    let mut struck: BTreeMap<disk::Fault, usize> = BTreeMap::new();
    let count = if arguments.all_faults {
        disk.faults().len()
    } else {
        arguments.disk_full
    };
    for fault in disk.faults().iter().cycle().take(count) {
        if arguments.all_faults {
            // The next server believes that it is another hour.
            server.set_clock_ahead(random.random_range(-6 * HOUR_MS..6 * HOUR_MS));
        }
        sleep(Duration::from_millis(random.random_range(300..1_200))).await;
        disk.strike(*fault, server, random).await?;
        *struck.entry(*fault).or_default() += 1;
    }
    println!("faults of the disk: {struck:?}");
    Ok(())
}

/// Kills the server without warning at some moment, and starts it again a moment later.
async fn kill(server: &mut Server, random: &mut ChaCha8Rng) -> anyhow::Result<()> {
    sleep(Duration::from_millis(random.random_range(150..1_350))).await;
    server.kill().await?;
    sleep(Duration::from_millis(random.random_range(0..400))).await;
    server.restart().await
}

/// The submission as the server gives it to whoever fills it.
async fn held(server: SocketAddr, filling: &Filling) -> anyhow::Result<Submission> {
    Client::new(server, &filling.cookie)
        .get(&api::paths::submission(filling.submission))
        .await?
        .json()
}

/// Do both logs come to the same state, and does the server come to it by itself when it is submitted?
async fn same_state(
    server: SocketAddr,
    filling: &Filling,
    form: &Arc<Form>,
    held: &Submission,
    known: &[Operation],
) -> anyhow::Result<bool> {
    let ours = fold(form, &held.prefill, known);
    let theirs = fold(form, &held.prefill, &held.operations);
    let submit = json!({ "revision": held.revision, "incomplete_reason": "Проверка" });
    let sheet: ScoreSheet = Client::new(server, &filling.cookie)
        .send_json("POST", &api::paths::submit(filling.submission), &submit)
        .await?
        .json()?;
    Ok(ours == theirs && ours.is(&sheet))
}

/// Breaks the database on purpose.
async fn forget_one(target: &Target) -> anyhow::Result<()> {
    let database = sea_orm::Database::connect(&target.database).await?;
    database
        .execute_unprepared(
            "DELETE FROM operation WHERE id IN (SELECT id FROM operation ORDER BY id LIMIT 1)",
        )
        .await?;
    database.close().await?;
    Ok(())
}

/// Operations by id, of several logs of one submission.
fn union(logs: impl IntoIterator<Item = Vec<Operation>>) -> Vec<Operation> {
    let mut all = BTreeMap::new();
    for operation in logs.into_iter().flatten() {
        all.entry(operation.id).or_insert(operation);
    }
    all.into_values().collect()
}
