//! What a machine must have; installs what may be installed and names the rest.

use std::process::Command;

use anyhow::{Context, bail};

use crate::command::{command, exists, step};

const TARGET: &str = "wasm32-unknown-unknown";

/// Checks Rust, the wasm target and Node; adds the target where rustup is at hand.
///
/// # Errors
/// Names what is missing and how to install it.
pub fn check() -> anyhow::Result<()> {
    wasm_target()?;
    node()
}

fn wasm_target() -> anyhow::Result<()> {
    let sysroot = Command::new("rustc")
        .args(["--print", "sysroot"])
        .output()
        .context("rustc is missing: install Rust 1.95 or newer with rustup")?;
    let sysroot = String::from_utf8_lossy(&sysroot.stdout).trim().to_owned();
    let library = std::path::Path::new(&sysroot)
        .join("lib/rustlib")
        .join(TARGET)
        .join("lib");
    if library.is_dir() {
        return Ok(());
    }
    if !exists("rustup") {
        bail!(
            "The Rust target {TARGET} is missing and there is no rustup to add it. Install the standard library for it with your package manager."
        );
    }
    step(
        "rustup target add",
        command("rustup").args(["target", "add", TARGET]),
    )
}

fn node() -> anyhow::Result<()> {
    let output = Command::new("node")
        .arg("--version")
        .output()
        .context("Node.js is missing: install version 20 or newer (it brings the type face, wasm-opt and the browser tests)")?;
    let version = String::from_utf8_lossy(&output.stdout);
    let major: u32 = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse().ok())
        .with_context(|| format!("cannot read the version of Node.js from {version:?}"))?;
    if major < 20 {
        bail!(
            "Node.js {} is too old: version 20 or newer is needed",
            version.trim()
        );
    }
    Ok(())
}
