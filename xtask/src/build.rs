//! Builds the server and says where the binary is.

use std::path::PathBuf;

use crate::command::{cargo, step};
use crate::workspace;

/// Builds `orientir`; optimised when `release`.
pub fn server(release: bool) -> anyhow::Result<PathBuf> {
    let mut build = cargo(&["build", "-p", "server", "--bin", "orientir"]);
    if release {
        build.arg("--release");
    }
    step("build the server", &mut build)?;
    let profile = if release { "release" } else { "debug" };
    Ok(workspace::target().join(profile).join("orientir"))
}
