//! Measurements and storms: builds the optimised server and the program that puts load on it, gives them an
//! empty database, and takes that away again.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};

use crate::command::{cargo, command, step};
use crate::{build, postgres, workspace};

/// Which database a measurement runs on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Database {
    /// A file, with the product's durability.
    #[default]
    Sqlite,
    /// A temporary server of its own, durable as installed.
    Postgres,
}

/// Measurements. They print tables and never fail on time.
#[derive(Subcommand)]
pub enum Bench {
    /// An import of 31,022 pupils, beside a bare insert of the same rows.
    Import,
    /// The engine on files of 10,000 to 2,000,000 works, beside pandas and Polars.
    Analyze(crate::bench_analyze::Limits),
    /// How soon a change is seen by everybody who listens.
    Live {
        /// Event-stream clients, each a manager with a session of their own.
        #[arg(long, default_value_t = 1_000)]
        clients: u32,
        /// Changes, each one answer of an observer.
        #[arg(long, default_value_t = 100)]
        changes: u32,
        /// Database.
        #[arg(long, value_enum, default_value_t)]
        database: Database,
    },
    /// How many whole submissions a second are taken; fails when one is lost.
    Sync {
        /// Submissions of 38 answers.
        #[arg(long, default_value_t = 3_000)]
        submissions: u32,
        /// Tablets that send at the same time.
        #[arg(long, default_value_t = 64)]
        tablets: u32,
        /// Database.
        #[arg(long, value_enum, default_value_t)]
        database: Database,
    },
    /// How soon the heat map is answered at a constant rate, beside a server that does nothing.
    Api {
        /// Schools; the map has 12 columns.
        #[arg(long, default_value_t = 1_000)]
        schools: u32,
        /// Requests a second.
        #[arg(long, default_value_t = 200.0)]
        rate: f64,
        /// Database.
        #[arg(long, value_enum, default_value_t)]
        database: Database,
    },
}

/// Arguments of `storm`.
#[derive(Args)]
pub struct StormArguments {
    /// Tablets.
    #[arg(long, default_value_t = 200)]
    tablets: u32,
    /// Answers on each tablet.
    #[arg(long, default_value_t = 50)]
    operations: u32,
    /// How often the server is killed.
    #[arg(long, default_value_t = 50)]
    kills: u32,
    /// From which everything random follows.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Instead of tablets, so many colleagues edit one submission.
    #[arg(long)]
    editors: Option<u32>,
    /// How long they do, minutes.
    #[arg(long, default_value_t = 2.0)]
    minutes: f64,
    /// Database.
    #[arg(long, value_enum, default_value_t)]
    database: Database,
    /// So often the disk is full, fails, is locked or cannot be written to, on a small file system of its own.
    #[arg(long, default_value_t = 0)]
    disk_full: u32,
    /// Removes one acknowledged answer before checking: the storm must fail then.
    #[arg(long, hide = true)]
    forget_one: bool,
}

/// Options of the program that puts load on.
#[derive(Default)]
struct Options(Vec<String>);

impl Options {
    fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.0.extend([format!("--{name}"), value.to_string()]);
        self
    }
}

/// Runs one of the measurements.
pub fn bench(bench: &Bench) -> anyhow::Result<()> {
    let options = Options::default();
    match bench {
        Bench::Import => import(),
        Bench::Analyze(limits) => crate::bench_analyze::bench(limits),
        Bench::Live {
            clients,
            changes,
            database,
        } => {
            let options = options.with("clients", clients).with("changes", changes);
            load("live", *database, &options, true)
        }
        Bench::Sync {
            submissions,
            tablets,
            database,
        } => {
            let options = options
                .with("submissions", submissions)
                .with("tablets", tablets);
            load("sync", *database, &options, true)
        }
        Bench::Api {
            schools,
            rate,
            database,
        } => {
            let options = options.with("schools", schools).with("rate", rate);
            load("api", *database, &options, true)
        }
    }
}

/// Tablets under faults; fails when anything is lost, duplicated or different.
pub fn storm(arguments: &StormArguments) -> anyhow::Result<()> {
    let mut options = Options::default()
        .with("tablets", arguments.tablets)
        .with("operations", arguments.operations)
        .with("kills", arguments.kills)
        .with("seed", arguments.seed)
        .with("minutes", arguments.minutes)
        .with("disk-full", arguments.disk_full);
    if let Some(editors) = arguments.editors {
        options = options.with("editors", editors);
    }
    if arguments.forget_one {
        options.0.push("--forget-one".to_owned());
    }
    if arguments.disk_full > 0 {
        return on_a_small_disk("storm", arguments.database, options, true);
    }
    load("storm", arguments.database, &options, true)
}

/// Arguments of `chaos`.
#[derive(Args)]
pub struct ChaosArguments {
    /// How long, minutes; half of it on each database.
    #[arg(long, default_value_t = 60.0)]
    minutes: f64,
    /// From which everything random follows.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Leave PostgreSQL out.
    #[arg(long)]
    no_postgres: bool,
}

/// Kills, cuts, disk faults, jumps of the clock and two servers, on both databases.
pub fn chaos(arguments: &ChaosArguments) -> anyhow::Result<()> {
    rounds(arguments, true)
}

fn rounds(arguments: &ChaosArguments, release: bool) -> anyhow::Result<()> {
    let databases: &[Database] = if arguments.no_postgres {
        &[Database::Sqlite]
    } else {
        &[Database::Sqlite, Database::Postgres]
    };
    for database in databases {
        let options = Options::default()
            .with("minutes", arguments.minutes / databases.len() as f64)
            .with("seed", arguments.seed);
        on_a_small_disk("chaos", *database, options, release)?;
    }
    Ok(())
}

/// Runs with a database on a small file system of its own.
fn on_a_small_disk(
    verb: &str,
    database: Database,
    options: Options,
    release: bool,
) -> anyhow::Result<()> {
    let (server, program) = programs(release)?;
    let disk = SmallDisk::mount(match database {
        Database::Sqlite => 64,
        // Its own journal alone takes some dozen megabytes.
        Database::Postgres => 256,
    })?;
    let temporary = match database {
        Database::Sqlite => None,
        Database::Postgres => {
            let durable = postgres::start_durable_in(&disk.directory)?;
            Some(durable.context("PostgreSQL was not found (initdb, pg_ctl)")?)
        }
    };
    let mut options = options.with("disk", disk.directory.display());
    let address = match &temporary {
        None => format!("sqlite:{}", disk.directory.join("load.db").display()),
        Some(server) => {
            options = options.with("revive", server.revival());
            server.url.clone()
        }
    };
    step(
        verb,
        command(program)
            .arg(verb)
            .arg("--server")
            .arg(server)
            .args(["--database", &address])
            .current_dir(&disk.directory)
            .args(&options.0),
    )
}

/// A small file system in memory, unmounted when dropped.
struct SmallDisk {
    directory: PathBuf,
    is_mounted: bool,
}

impl SmallDisk {
    fn mount(megabytes: u32) -> anyhow::Result<Self> {
        let name = format!("orientir-disk-{}", std::process::id());
        let directory = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&directory)?;
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o"])
            .arg(format!("size={megabytes}m,mode=755"))
            .arg("tmpfs")
            .arg(&directory)
            .status();
        let is_mounted = mounted.is_ok_and(|status| status.success());
        if !is_mounted {
            println!(
                "SKIPPED: a full and a read-only disk (nothing may be mounted; root is needed)"
            );
        }
        Ok(SmallDisk {
            directory,
            is_mounted,
        })
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        if !self.is_mounted {
            // A leftover in the temporary directory harms nobody.
            let _ = std::fs::remove_dir_all(&self.directory);
            return;
        }
        let gone = Command::new("umount").arg(&self.directory).status();
        if gone.is_ok_and(|status| status.success()) {
            // A leftover in the temporary directory harms nobody.
            let _ = std::fs::remove_dir(&self.directory);
        } else {
            eprintln!("{} is still mounted", self.directory.display());
        }
    }
}

/// A small storm, for every test run.
pub fn small_storm() -> anyhow::Result<()> {
    let options = Options::default()
        .with("tablets", 8)
        .with("operations", 10)
        .with("kills", 3);
    load("storm", Database::Sqlite, &options, false)
}

fn load(verb: &str, database: Database, options: &Options, release: bool) -> anyhow::Result<()> {
    let (server, program) = programs(release)?;
    let directory = std::env::temp_dir().join(format!("orientir-{verb}-{}", std::process::id()));
    std::fs::create_dir_all(&directory)?;
    let temporary = match database {
        Database::Sqlite => None,
        Database::Postgres => {
            let durable = postgres::start_durable()?;
            Some(durable.context("PostgreSQL was not found (initdb, pg_ctl)")?)
        }
    };
    let address = temporary.as_ref().map_or_else(
        || format!("sqlite:{}", directory.join("load.db").display()),
        |server| server.url.clone(),
    );
    let done = step(
        verb,
        command(program)
            .arg(verb)
            .arg("--server")
            .arg(server)
            .args(["--database", &address])
            .args(&options.0),
    );
    std::fs::remove_dir_all(&directory)?;
    done
}

/// The server and the program that puts load on it.
fn programs(release: bool) -> anyhow::Result<(PathBuf, PathBuf)> {
    let mut build: Command = cargo(&["build", "-p", "server", "-p", "load", "--bins"]);
    if release {
        build.arg("--release");
    }
    step("build the server and its load", &mut build)?;
    let profile = if release { "release" } else { "debug" };
    let directory = workspace::target().join(profile);
    Ok((directory.join("orientir"), directory.join("load")))
}

fn import() -> anyhow::Result<()> {
    let shared = std::env::var_os("ORIENTIR_SHARED")
        .map_or_else(|| workspace::root().join("../shared"), PathBuf::from);
    let file = shared.join("data/chem97_results.csv.gz");
    anyhow::ensure!(
        file.is_file(),
        "the file to import is missing: {} (ORIENTIR_SHARED names its directory)",
        file.display()
    );
    let binary = build::server(true)?;
    let database =
        std::env::temp_dir().join(format!("orientir-bench-{}.sqlite", std::process::id()));
    let done = step(
        "bench import",
        command(binary)
            .arg("bench-import")
            .arg("--database")
            .arg(format!("sqlite:{}", database.display()))
            .arg(file),
    );
    for suffix in ["", "-wal", "-shm"] {
        // A leftover in the temporary directory harms nobody.
        let _ = std::fs::remove_file(format!("{}{suffix}", database.display()));
    }
    done
}
