//! `cargo xtask fuzz`: inputs made by mutation, each read as its own truth says or stopped with a place.

use std::process::Command;

use clap::{Args, Subcommand};

use crate::build;
use crate::command::step;

/// What is fuzzed.
#[derive(Subcommand)]
pub enum Fuzz {
    /// Workbooks and tables of results.
    Results(Cases),
}

/// How many cases.
#[derive(Args)]
pub struct Cases {
    /// Number of cases.
    #[arg(long, default_value_t = 2_000)]
    cases: u32,
    /// Seed of the first.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Runs the cases; the last line tells how many passed.
pub fn fuzz(fuzz: &Fuzz) -> anyhow::Result<()> {
    let Fuzz::Results(cases) = fuzz;
    let binary = build::server(false)?;
    step(
        "fuzz results",
        Command::new(binary).args([
            "fuzz-results",
            "--cases",
            &cases.cases.to_string(),
            "--seed",
            &cases.seed.to_string(),
        ]),
    )
}
