//! Developer commands: `cargo xtask run`, `cargo xtask test` and what they are made of.

mod bench_analyze;
mod browser;
mod build;
mod command;
mod dist;
mod fuzz;
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
    /// Packs the program, the site and what an operator needs beside them into one archive.
    Dist(dist::DistArguments),
    /// Prints a table of measurements; never fails on time.
    Bench {
        #[command(subcommand)]
        bench: load::Bench,
    },
    /// Reads inputs that were made by mutation.
    Fuzz {
        #[command(subcommand)]
        fuzz: fuzz::Fuzz,
    },
    /// Puts tablets and the server under faults and checks that nothing is lost.
    Storm(load::StormArguments),
    /// Everything at once, again and again, on both databases: is anything lost?
    Chaos(load::ChaosArguments),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().verb {
        Verb::Run(arguments) => run::run(&arguments),
        Verb::Test(arguments) => test::test(&arguments),
        Verb::Site(arguments) => site::site(&arguments),
        Verb::Dist(arguments) => dist::dist(&arguments),
        Verb::Bench { bench } => load::bench(&bench),
        Verb::Fuzz { fuzz } => fuzz::fuzz(&fuzz),
        Verb::Storm(arguments) => load::storm(&arguments),
        Verb::Chaos(arguments) => load::chaos(&arguments),
    }
}
