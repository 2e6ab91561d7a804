//! `cargo xtask test`: everything that must hold before a change is taken.

use std::process::Command;

use clap::Args;

use crate::command::{cargo, command, exists, step};
use crate::{browser, build, load, postgres, program, site, toolchain, workspace};

/// Arguments of `test`.
#[derive(Args)]
pub struct TestArguments {
    /// Leave the browser journeys out.
    #[arg(long)]
    no_browser: bool,
    /// Leave PostgreSQL out.
    #[arg(long)]
    no_postgres: bool,
}

/// `app` is built with `ssr` for the server and with `csr` for the browser; the two exclude each
/// other, so the packages are checked in two groups and never as one workspace.
const NATIVE: [&str; 11] = [
    "compound",
    "forms",
    "objectivity",
    "roadmap",
    "sync",
    "api",
    "app",
    "migrations",
    "server",
    "xtask",
    "load",
];

/// Runs all checks in the order of their price.
pub fn test(arguments: &TestArguments) -> anyhow::Result<()> {
    toolchain::check()?;
    step("formatting", &mut cargo(&["fmt", "--all", "--check"]))?;
    step(
        "clippy",
        native(&["clippy", "--all-targets"]).args([
            "--features",
            "app/ssr",
            "--",
            "-D",
            "warnings",
        ]),
    )?;
    step(
        "clippy for the browser",
        &mut cargo(&[
            "clippy",
            "-p",
            "frontend",
            "-p",
            "app",
            "--features",
            // With the contract, so that the example that is built on demand goes on compiling.
            "app/csr,frontend/contract",
            "--lib",
            "--bins",
            "--examples",
            "--target",
            "wasm32-unknown-unknown",
            "--",
            "-D",
            "warnings",
        ]),
    )?;
    rust_tests(arguments)?;
    load::small_storm()?;
    if arguments.no_browser {
        println!("SKIPPED: the browser journeys (--no-browser)");
        return Ok(());
    }
    journeys()
}

fn native(arguments: &[&str]) -> Command {
    let mut command = cargo(arguments);
    for package in NATIVE {
        command.args(["-p", package]);
    }
    command
}

fn rust_tests(arguments: &TestArguments) -> anyhow::Result<()> {
    let mut tests = if exists("cargo-nextest") {
        native(&["nextest", "run", "--no-fail-fast"])
    } else {
        native(&["test"])
    };
    tests.args(["--features", "app/ssr"]);
    // A check before landing must say the same twice; other seeds are explored by setting the variable.
    if std::env::var_os("PROPTEST_RNG_SEED").is_none() {
        tests.env("PROPTEST_RNG_SEED", "20260420");
    }
    let server = database(arguments)?;
    if let Some(server) = &server {
        tests.env("TEST_DATABASE_URL", &server.url);
    }
    step("tests", &mut tests)
}

/// The PostgreSQL to test on; `None` also where `TEST_DATABASE_URL` names one already.
fn database(arguments: &TestArguments) -> anyhow::Result<Option<postgres::TemporaryPostgres>> {
    if arguments.no_postgres {
        println!("SKIPPED: PostgreSQL (--no-postgres). The server is tested on SQLite only.");
        return Ok(None);
    }
    if std::env::var_os("TEST_DATABASE_URL").is_some() {
        return Ok(None);
    }
    let server = postgres::start()?;
    if server.is_none() {
        println!();
        println!(
            "SKIPPED: PostgreSQL was not found (initdb, pg_ctl) and TEST_DATABASE_URL is not set."
        );
        println!("         THE SERVER IS TESTED ON SQLITE ONLY. Install the package `postgresql`.");
        println!();
    }
    Ok(server)
}

fn journeys() -> anyhow::Result<()> {
    let chromium = browser::prepare()?;
    let binary = build::server(false)?;
    let site = site::build(site::Profile::Optimised)?;
    let mut playwright = command("npx");
    playwright
        .args(["playwright", "test"])
        .current_dir(workspace::root().join("end2end"))
        .env("ORIENTIR_BINARY", binary)
        .env("ORIENTIR_SITE", site);
    if std::env::var_os("ORIENTIR_ALL").is_some() {
        playwright.env("ORIENTIR_CONTRACT", program::contract()?);
    }
    if let Some(chromium) = chromium {
        playwright.env("CHROMIUM", chromium);
    }
    step("browser journeys", &mut playwright)
}
