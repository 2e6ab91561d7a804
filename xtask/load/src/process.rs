//! The server under load, in a process of its own.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::Context;
use tokio::process::{Child, Command};

use crate::http::Client;

/// How long a server may take to answer after its start.
const START: Duration = Duration::from_secs(60);

/// What is under load.
#[derive(clap::Args, Clone, Debug)]
pub struct Target {
    /// The binary `orientir`.
    #[arg(long)]
    pub server: PathBuf,
    /// Database; it must be empty.
    #[arg(long)]
    pub database: String,
}

/// A running server; stopped when dropped.
pub struct Server {
    target: Target,
    site: PathBuf,
    /// Where it listens.
    pub address: SocketAddr,
    child: Child,
    /// How far its clock is ahead of this machine's, ms.
    ahead_ms: i64,
}

impl Server {
    /// Starts it on a free port and waits until it answers.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start(target: &Target) -> anyhow::Result<Server> {
        let address = free_address()?;
        let site = scratch("site")?;
        std::fs::write(site.join("site.json"), r#"{"css":"/pkg/none.css"}"#)?;
        let child = spawn(target, &site, address, 0)?;
        let server = Server {
            target: target.clone(),
            site,
            address,
            child,
            ahead_ms: 0,
        };
        server.wait().await?;
        Ok(server)
    }

    /// Kills it without warning (SIGKILL) and waits for its end.
    ///
    /// # Errors
    /// Those of the operating system.
    pub async fn kill(&mut self) -> anyhow::Result<()> {
        self.child.kill().await.context("killing the server")
    }

    /// Starts it again at the same address.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn restart(&mut self) -> anyhow::Result<()> {
        self.child = spawn(&self.target, &self.site, self.address, self.ahead_ms)?;
        self.wait().await
    }

    /// From its next start on its clock is wrong by this.
    pub fn set_clock_ahead(&mut self, ahead_ms: i64) {
        self.ahead_ms = ahead_ms;
    }

    /// Does a second server on the same database end by itself?
    ///
    /// # Errors
    /// When it cannot be started at all.
    pub async fn refuses_another(&self) -> anyhow::Result<bool> {
        let mut child = spawn(&self.target, &self.site, free_address()?, 0)?;
        let ended = tokio::time::timeout(Duration::from_secs(10), child.wait()).await;
        Ok(matches!(ended, Ok(Ok(status)) if !status.success()))
    }

    /// The same for a server that may not come: it is given a few seconds.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start_again(&mut self) -> anyhow::Result<()> {
        self.child = spawn(&self.target, &self.site, self.address, self.ahead_ms)?;
        tokio::time::timeout(Duration::from_secs(3), self.wait())
            .await
            .context("the server did not start")?
    }

    /// Process id, for reading what it costs.
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    async fn wait(&self) -> anyhow::Result<()> {
        let started = Instant::now();
        while started.elapsed() < START {
            let answer = Client::new(self.address, "").get(api::paths::HEALTH).await;
            if answer.is_ok_and(|answer| answer.status == 200) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        anyhow::bail!("the server does not answer at {}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A leftover in the temporary directory harms nobody.
        let _ = std::fs::remove_dir_all(&self.site);
    }
}

/// Seconds of processor time that a process has used.
pub fn processor_seconds(id: Option<u32>) -> f64 {
    let stat = id.and_then(|id| std::fs::read_to_string(format!("/proc/{id}/stat")).ok());
    let ticks: u64 = stat
        .as_deref()
        .and_then(|stat| stat.rsplit_once(')'))
        .map_or(0, |(_, rest)| {
            let fields: Vec<&str> = rest.split_whitespace().collect();
            // utime and stime are the 14th and 15th field; two stand before the parenthesis.
            [11, 12]
                .iter()
                .filter_map(|index| fields.get(*index)?.parse::<u64>().ok())
                .sum()
        });
    // Linux counts in hundredths everywhere that matters.
    ticks as f64 / 100.0
}

/// Starts another program of ours that listens.
///
/// # Errors
/// When it does not start.
pub fn spawn_self(arguments: &[&str]) -> anyhow::Result<Child> {
    Command::new(std::env::current_exe()?)
        .args(arguments)
        .kill_on_drop(true)
        .spawn()
        .context("starting a second process of this program")
}

fn spawn(
    target: &Target,
    site: &Path,
    address: SocketAddr,
    ahead_ms: i64,
) -> anyhow::Result<Child> {
    // A file that grows beyond the limit of the process is an error then, and not its end.
    Command::new("sh")
        .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
        .arg(&target.server)
        .args(["serve", "--database", &target.database])
        .args(["--listen", &address.to_string()])
        .arg("--site")
        .arg(site)
        .arg(format!("--clock-ahead-ms={ahead_ms}"))
        .env("RUST_LOG", "warn")
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("starting {}", target.server.display()))
}

/// A free port of this machine.
///
/// # Errors
/// When there is none.
pub fn free_address() -> anyhow::Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// A new directory in the temporary one.
///
/// # Errors
/// Those of the file system.
pub fn scratch(name: &str) -> anyhow::Result<PathBuf> {
    let directory = std::env::temp_dir().join(format!(
        "orientir-load-{name}-{}",
        uuid::Uuid::now_v7().simple()
    ));
    std::fs::create_dir_all(&directory)?;
    Ok(directory)
}
