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
    /// How soon a change is seen by everybody who listens.
    Live(Passed),
    /// How many whole submissions a second are taken; fails when one is lost.
    Sync(Passed),
    /// How soon the heat map is answered at a constant rate, beside a server that does nothing.
    Api(Passed),
}

/// Arguments of a measurement.
#[derive(Args)]
pub struct Passed {
    /// Database.
    #[arg(long, value_enum, default_value_t)]
    database: Database,
    /// Passed on; `--help` after `--` lists them.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// Arguments of `storm`: those after the database are passed on.
#[derive(Args)]
pub struct StormArguments {
    /// Database.
    #[arg(long, value_enum, default_value_t)]
    database: Database,
    /// Passed on: `--tablets 200 --operations 50 --kills 50 --seed 1`, or `--editors 8 --minutes 2`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// Runs one of the measurements.
pub fn bench(bench: &Bench) -> anyhow::Result<()> {
    match bench {
        Bench::Import => import(),
        Bench::Live(passed) => load("live", passed.database, &passed.rest, true),
        Bench::Sync(passed) => load("sync", passed.database, &passed.rest, true),
        Bench::Api(passed) => load("api", passed.database, &passed.rest, true),
    }
}

/// Tablets under faults; fails when anything is lost, duplicated or different.
pub fn storm(arguments: &StormArguments) -> anyhow::Result<()> {
    load("storm", arguments.database, &arguments.rest, true)
}

/// A small storm, for every test run.
pub fn small_storm() -> anyhow::Result<()> {
    let rest = ["--tablets", "8", "--operations", "10", "--kills", "3"];
    load("storm", Database::Sqlite, &rest.map(str::to_owned), false)
}

fn load(verb: &str, database: Database, rest: &[String], release: bool) -> anyhow::Result<()> {
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
            .args(rest),
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
