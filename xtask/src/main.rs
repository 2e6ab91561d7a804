//! Developer commands: `cargo xtask run`, `cargo xtask test` and what they are made of.

mod bench_analyze;
mod browser;
mod build;
mod command;
mod load;
mod postgres;
mod program;
mod run;
mod site;
mod test;
mod toolchain;
mod workspace;

use clap::{Parser, Subcommand};

/// Developer commands of Ориентир.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Builds everything, fills a demo database when empty, and serves it.
    Run(run::RunArguments),
    /// Formatting, clippy, all tests on SQLite and PostgreSQL, and the browser journeys.
    Test(test::TestArguments),
    /// Builds the site (wasm, styles, fonts, shell) into target/site.
    Site(site::SiteArguments),
    /// Prints a table of measurements; never fails on time.
    Bench {
        #[command(subcommand)]
        bench: load::Bench,
    },
    /// Puts tablets and the server under faults and checks that nothing is lost.
    Storm(load::StormArguments),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().verb {
        Verb::Run(arguments) => run::run(&arguments),
        Verb::Test(arguments) => test::test(&arguments),
        Verb::Site(arguments) => site::site(&arguments),
        Verb::Bench { bench } => load::bench(&bench),
        Verb::Storm(arguments) => load::storm(&arguments),
    }
}
