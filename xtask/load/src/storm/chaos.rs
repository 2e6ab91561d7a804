//! Everything at once, again and again: kills, cuts, a full, failing, slow and read-only disk, a clock that jumps,
//! two servers.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use sea_orm::ConnectionTrait;

use super::StormArguments;
use super::check::Findings;
use crate::process::Target;

/// Arguments of `chaos`.
#[derive(clap::Args)]
pub struct ChaosArguments {
    #[command(flatten)]
    target: Target,
    /// How long, minutes; at least one round.
    #[arg(long, default_value_t = 60.0)]
    minutes: f64,
    /// From which everything random follows.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The file system with the database on it.
    #[arg(long)]
    disk: PathBuf,
    /// Shell command that starts the database server again when it has given up.
    #[arg(long)]
    revive: Option<String>,
}

/// Runs rounds until the time is over.
pub async fn run(arguments: &ChaosArguments) -> anyhow::Result<()> {
    let length = Duration::from_secs_f64(arguments.minutes * 60.0);
    let began = Instant::now();
    let mut all = Findings::default();
    let mut round = 0;
    while round == 0 || began.elapsed() < length {
        let storm = StormArguments {
            target: Target {
                server: arguments.target.server.clone(),
                database: database(arguments, round).await?,
            },
            tablets: 10,
            operations: 20,
            kills: 2,
            seed: arguments.seed + round,
            editors: None,
            minutes: 0.0,
            // Each fault of the disk once.
            disk_full: 0,
            all_faults: true,
            disk: Some(arguments.disk.clone()),
            revive: arguments.revive.clone(),
            forget_one: false,
        };
        let found = super::tablets(&storm).await?;
        println!("round {}: {}", round + 1, found.line());
        all.add(found);
        found.verdict()?;
        clear(arguments, &storm.target.database).await?;
        round += 1;
    }
    println!("{}", all.line());
    all.verdict()
}

/// An empty database for a round.
async fn database(arguments: &ChaosArguments, round: u64) -> anyhow::Result<String> {
    let address = &arguments.target.database;
    if address.starts_with("sqlite:") {
        return Ok(format!("{address}.{round}"));
    }
    let connection = sea_orm::Database::connect(address).await?;
    connection
        .execute_unprepared(&format!("CREATE DATABASE round{round}"))
        .await?;
    connection.close().await?;
    let (server, _) = address.rsplit_once('/').unwrap_or((address, ""));
    Ok(format!("{server}/round{round}"))
}

/// Gives the space of a round back.
async fn clear(arguments: &ChaosArguments, database: &str) -> anyhow::Result<()> {
    let files = server::files::FileSettings::beside(database).directory;
    if files.is_dir() {
        std::fs::remove_dir_all(files)?;
    }
    if let Some(path) = server::store::sqlite_path(database) {
        for suffix in ["", "-wal", "-shm", ".lock"] {
            let file = format!("{}{suffix}", path.display());
            // Which of them there are is the database's business.
            let _ = std::fs::remove_file(file);
        }
        return Ok(());
    }
    let name = database.rsplit('/').next().unwrap_or_default();
    let connection = sea_orm::Database::connect(&arguments.target.database).await?;
    connection
        .execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)"))
        .await?;
    Ok(connection.close().await?)
}
