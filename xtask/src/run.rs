//! `cargo xtask run`: from a clone to the first page.

use std::os::unix::process::CommandExt;

use clap::Args;

use crate::command::command;
use crate::{build, site, toolchain, workspace};

/// Arguments of `run`.
#[derive(Args)]
pub struct RunArguments {
    /// Address to listen at.
    #[arg(long, default_value = "127.0.0.1:3000")]
    listen: String,
    /// Database; the default is a SQLite file in `data/`.
    #[arg(long, env = "DATABASE_URL")]
    database: Option<String>,
    /// Optimise the server, too.
    #[arg(long)]
    release: bool,
    /// Do not fill an empty database with the demo municipality.
    #[arg(long)]
    no_demo: bool,
}

/// Builds what changed and becomes the server.
pub fn run(arguments: &RunArguments) -> anyhow::Result<()> {
    toolchain::check()?;
    let binary = build::server(arguments.release)?;
    let site = site::build(site::Profile::Optimised)?;
    let data = workspace::root().join("data");
    std::fs::create_dir_all(&data)?;
    let database = arguments
        .database
        .clone()
        .unwrap_or_else(|| format!("sqlite:{}", data.join("orientir.sqlite").display()));
    let mut server = command(binary);
    server
        .args([
            "serve",
            "--listen",
            &arguments.listen,
            "--database",
            &database,
            "--site",
        ])
        .arg(site);
    if !arguments.no_demo {
        server.arg("--demo");
    }
    // Becomes the server, so that Ctrl-C and signals reach it directly.
    Err(anyhow::Error::from(server.exec()))
}
