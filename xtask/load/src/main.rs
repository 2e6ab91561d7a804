//! Load and faults for the server: what `cargo xtask bench` and `cargo xtask storm` run.
//!
//! The server under load is the real binary in a process of its own; this one fills its database before,
//! plays the clients, and checks afterwards.

mod api_speed;
mod bare;
mod figures;
mod filler;
mod http;
mod live;
mod process;
mod storm;
mod sync_rate;
mod world;

use clap::{Parser, Subcommand};

/// Load and faults for the server of Ориентир.
#[derive(Parser)]
#[command(name = "load")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// How soon a change is seen by everybody who listens.
    Live(live::LiveArguments),
    /// How many whole submissions a second are taken.
    Sync(sync_rate::SyncArguments),
    /// How soon the heat map is answered at a constant rate.
    Api(api_speed::ApiArguments),
    /// Answers every request with the bytes of a file: what a server costs that does nothing.
    Bare(bare::BareArguments),
    /// Tablets under faults: is anything lost?
    Storm(storm::StormArguments),
    /// Everything at once, again and again: is anything lost?
    Chaos(storm::chaos::ChaosArguments),
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        match arguments.verb {
            Verb::Live(arguments) => live::run(&arguments).await,
            Verb::Sync(arguments) => sync_rate::run(&arguments).await,
            Verb::Api(arguments) => api_speed::run(&arguments).await,
            Verb::Bare(arguments) => bare::run(&arguments).await,
            Verb::Storm(arguments) => storm::run(&arguments).await,
            Verb::Chaos(arguments) => storm::chaos::run(&arguments).await,
        }
    })
}
