//! Faults of the disk: full, failing, read-only, locked by another process.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use sea_orm::sqlx;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor};
use tokio::process::Command;
use tokio::time::sleep;

use crate::http::Client;
use crate::process::Server;

/// A small file system with the database and the files of the server on it.
pub struct Disk {
    directory: PathBuf,
    /// Path of the embedded database; none for PostgreSQL.
    database: Option<PathBuf>,
    /// Shell command that starts the database server when it is not there.
    revive: Option<String>,
    /// Is it a mount of its own? Otherwise it is neither filled nor made read-only: others are on it.
    is_mounted: bool,
}

/// What is done to the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Nothing can be added; the journal may still have room.
    Full,
    /// The journal grows until it is to be taken over into the database, which then cannot grow.
    FullAtCheckpoint,
    /// Every write beyond a length fails with an error that is not about space.
    Failing,
    /// Another process holds the write lock.
    Locked,
    /// The server is killed and started while nothing can be written.
    ReadOnly,
    /// Every change waits: another process writes most of the time.
    Slow,
    /// The machine stands still, the server with it.
    Still,
}

/// Bytes left when only the take-over of the journal shall fail: SQLite's takes place at four megabytes.
const JOURNAL: u64 = 5 << 20;

impl Disk {
    /// The disk under a directory.
    pub fn new(directory: &Path, database: &str, revive: Option<String>) -> anyhow::Result<Self> {
        let mounts = std::fs::read_to_string("/proc/mounts").unwrap_or_default();
        let is_mounted = mounts
            .lines()
            .filter_map(|line| line.split(' ').nth(1))
            .any(|place| Path::new(place) == directory);
        Ok(Disk {
            directory: directory.to_owned(),
            database: server::store::sqlite_path(database),
            revive,
            is_mounted,
        })
    }

    /// Faults that this database can meet, in the order in which they come.
    pub fn faults(&self) -> &'static [Fault] {
        match (&self.database, self.is_mounted) {
            (Some(_), true) => &[
                Fault::Full,
                Fault::FullAtCheckpoint,
                Fault::Failing,
                Fault::Locked,
                Fault::ReadOnly,
                Fault::Slow,
                Fault::Still,
            ],
            (Some(_), false) => &[Fault::Failing, Fault::Locked, Fault::Slow, Fault::Still],
            // The rest is the business of its own server.
            (None, true) => &[Fault::Full, Fault::Still],
            (None, false) => &[Fault::Still],
        }
    }

    /// Does it for a while, and takes it away again. Afterwards the server must be well by itself.
    ///
    /// # Errors
    /// When the fault cannot be made, or the server is not well a while after it.
    pub async fn strike(
        &self,
        fault: Fault,
        server: &mut Server,
        random: &mut ChaCha8Rng,
    ) -> anyhow::Result<()> {
        let length = Duration::from_millis(random.random_range(1_000..2_500));
        match fault {
            Fault::Full => self.fill(random.random_range(0..200_000), length).await?,
            Fault::FullAtCheckpoint => self.fill(JOURNAL, length * 2).await?,
            Fault::Failing => self.fail(server, length).await?,
            // Longer and shorter than a statement waits.
            Fault::Locked => self.lock(length * 3).await?,
            Fault::ReadOnly => self.read_only(server).await?,
            Fault::Slow => {
                for _ in 0..5 {
                    self.lock(length / 4).await?;
                    sleep(Duration::from_millis(20)).await;
                }
            }
            Fault::Still => {
                signal(server, "STOP").await?;
                sleep(length).await;
                signal(server, "CONT").await?;
            }
        }
        self.revive().await?;
        well(server)
            .await
            .with_context(|| format!("after {fault:?}"))
    }

    /// Fills the disk but for some bytes.
    async fn fill(&self, left: u64, length: Duration) -> anyhow::Result<()> {
        let filler = self.directory.join("filler");
        let filled = filler.clone();
        tokio::task::spawn_blocking(move || fill_up(&filled, left)).await??;
        sleep(length).await;
        std::fs::remove_file(&filler)?;
        Ok(())
    }

    /// Bounds the length of the files that the server writes. The limit gives an error of input and output, not of
    /// space.
    async fn fail(&self, server: &Server, length: Duration) -> anyhow::Result<()> {
        let database = self.database.as_deref().context("an embedded database")?;
        let journal = PathBuf::from(format!("{}-wal", database.display()));
        let journal = journal.metadata().map_or(0, |found| found.len());
        // Files that people bring are shorter.
        let journal = journal.max(1 << 20);
        limit(server, &journal.to_string()).await?;
        sleep(length).await;
        limit(server, "unlimited").await
    }

    /// Writes from another process, slowly.
    async fn lock(&self, length: Duration) -> anyhow::Result<()> {
        let database = self.database.as_deref().context("an embedded database")?;
        let mut other = SqliteConnectOptions::new()
            .filename(database)
            .busy_timeout(Duration::from_secs(30))
            .connect()
            .await?;
        other.execute("BEGIN IMMEDIATE").await?;
        sleep(length).await;
        other.execute("ROLLBACK").await?;
        Ok(other.close().await?)
    }

    /// Starts the server on a disk that nothing can be written to; it must not say that it is well.
    async fn read_only(&self, server: &mut Server) -> anyhow::Result<()> {
        server.kill().await?;
        self.remount("ro").await?;
        let is_well = server.start_again().await.is_ok() && is_well(server).await;
        server.kill().await?;
        self.remount("rw").await?;
        anyhow::ensure!(!is_well, "the server says that it is well and cannot write");
        server.restart().await
    }

    async fn remount(&self, mode: &str) -> anyhow::Result<()> {
        let done = Command::new("mount")
            .args(["-o", &format!("remount,{mode}")])
            .arg(&self.directory)
            .status()
            .await?;
        anyhow::ensure!(done.success(), "the disk could not be made {mode}");
        Ok(())
    }

    /// A database server that has given up is started by whoever looks after it.
    async fn revive(&self) -> anyhow::Result<()> {
        if let Some(command) = &self.revive {
            let done = Command::new("sh").args(["-c", command]).status().await?;
            anyhow::ensure!(done.success(), "the database server does not start");
        }
        Ok(())
    }
}

fn fill_up(filler: &Path, left: u64) -> std::io::Result<()> {
    let mut file = std::fs::File::create(filler)?;
    let block = vec![0_u8; 64 * 1024];
    // Down to the last page.
    for size in [block.len(), 4096] {
        while file.write_all(&block[..size]).is_ok() {}
    }
    let length = file.metadata()?.len();
    file.set_len(length.saturating_sub(left))
}

async fn limit(server: &Server, bytes: &str) -> anyhow::Result<()> {
    let process = server.id().context("a running server")?;
    let done = Command::new("prlimit")
        .args(["--pid", &process.to_string()])
        .arg(format!("--fsize={bytes}:unlimited"))
        .status()
        .await?;
    anyhow::ensure!(done.success(), "the length of files could not be bounded");
    Ok(())
}

async fn signal(server: &Server, name: &str) -> anyhow::Result<()> {
    let process = server.id().context("a running server")?;
    let done = Command::new("kill")
        .args(["-s", name, &process.to_string()])
        .status()
        .await?;
    anyhow::ensure!(done.success(), "the signal {name} was not given");
    Ok(())
}

async fn is_well(server: &Server) -> bool {
    let answer = Client::new(server.address, "")
        .get(api::paths::HEALTH)
        .await;
    answer.is_ok_and(|answer| answer.status == 200)
}

/// Waits until the server says that it is well.
async fn well(server: &Server) -> anyhow::Result<()> {
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(20) {
        if is_well(server).await {
            return Ok(());
        }
        sleep(Duration::from_millis(50)).await;
    }
    anyhow::bail!("the server does not become well by itself")
}
