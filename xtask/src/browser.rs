//! Finds or installs Chromium for the browser journeys.

use std::path::PathBuf;

use anyhow::Context;

use crate::command::{command, exists, is_root, npm_ci, step};
use crate::workspace;

/// Makes `end2end` ready and returns the browser's path; `None` means Playwright's own.
///
/// # Errors
/// Names what has to be installed by hand.
pub fn prepare() -> anyhow::Result<Option<PathBuf>> {
    let end2end = workspace::root().join("end2end");
    npm_ci(&end2end)?;
    if let Some(path) = system() {
        return Ok(Some(path));
    }
    if is_root() && exists("apt-get") {
        step("apt-get update", command("apt-get").args(["update", "-qq"]))?;
        step(
            "apt-get install chromium",
            command("apt-get")
                .args([
                    "install",
                    "-y",
                    "-qq",
                    "--no-install-recommends",
                    "chromium",
                ])
                .env("DEBIAN_FRONTEND", "noninteractive")
                .stdout(std::process::Stdio::null()),
        )?;
        return system()
            .map(Some)
            .context("chromium was installed but is not to be found");
    }
    step(
        "playwright install chromium",
        command("npx").args(["playwright", "install", "chromium"]).current_dir(&end2end),
    )
    .context("There is no Chromium. Install the package `chromium` of your system, or set CHROMIUM to its path")?;
    Ok(None)
}

fn system() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM") {
        return Some(path.into());
    }
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ]
    .map(PathBuf::from)
    .into_iter()
    .find(|path| path.is_file())
}
