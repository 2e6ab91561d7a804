//! .
#![allow(dead_code)]
mod analyze;
mod demo;
mod import;

use clap::Parser;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Analyses result files without a database.
    Analyze(analyze::Arguments),
}

fn main() -> std::process::ExitCode {
    match Cli::parse().command {
        Command::Analyze(arguments) => analyze::run(&arguments).into(),
    }
}
