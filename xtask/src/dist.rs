//! `cargo xtask dist`: one archive with everything an operator installs.

use std::path::Path;
use std::process::Command;

use anyhow::Context;
use clap::Args;

use crate::command::step;
use crate::{build, site, workspace};

/// Arguments of `dist`.
#[derive(Args)]
pub struct DistArguments {
    /// How the site is built; the server is optimised unless it is `dev`.
    #[arg(long, value_enum, default_value = "optimised")]
    profile: site::Profile,
}

/// What lies beside the program and the site.
const PIECES: [&str; 6] = [
    "orientir.service",
    "orientir.env",
    "orientir.sysusers",
    "nginx.conf",
    "Caddyfile",
    "Containerfile",
];

/// Guides that go with it.
const GUIDES: [&str; 2] = ["operator.ru.md", "operator.en.md"];

/// Builds and packs everything; prints the archive.
pub fn dist(arguments: &DistArguments) -> anyhow::Result<()> {
    let release = !matches!(arguments.profile, site::Profile::Dev);
    let program = build::server(release)?;
    let site = site::build(arguments.profile)?;
    let name = format!(
        "orientir-{}-linux-{}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::ARCH
    );
    let folder = workspace::target().join("dist").join(&name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    copy(&program, &folder.join("orientir"))?;
    step(
        "copy the site",
        Command::new("cp")
            .arg("-r")
            .arg(&site)
            .arg(folder.join("site")),
    )?;
    let own = workspace::root().join("xtask/dist");
    for piece in PIECES {
        copy(&own.join(piece), &folder.join(piece))?;
    }
    for guide in GUIDES {
        copy(
            &workspace::root().join("docs").join(guide),
            &folder.join(guide),
        )?;
    }
    let archive = workspace::target()
        .join("dist")
        .join(format!("{name}.tar.gz"));
    // Names in order, no owner and one date: the same content is the same archive.
    step(
        "pack",
        Command::new("tar")
            .args([
                "--sort=name",
                "--owner=0",
                "--group=0",
                "--numeric-owner",
                "--mtime=@0",
            ])
            .args(["--use-compress-program=gzip -n", "-cf"])
            .arg(&archive)
            .arg("-C")
            .arg(workspace::target().join("dist"))
            .arg(&name),
    )?;
    println!("{}", archive.display());
    Ok(())
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::copy(from, to)
        .with_context(|| format!("copying {} to {}", from.display(), to.display()))?;
    Ok(())
}
