//! The hook for a virus scanner: a configured command that is shown the file before it is kept.

use std::process::Stdio;
use std::time::Duration;

use anyhow::Context;
use tokio::process::Command;

use super::FileSettings;

/// Longest time a scanner may take.
const LONGEST: Duration = Duration::from_secs(60);

/// What the scanner said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scan {
    /// No scanner is configured.
    NotConfigured,
    /// Nothing found.
    Clean,
    /// Something found.
    Infected,
    /// It could not tell, with the reason.
    Unknown(String),
}

/// Shows the file to the scanner.
///
/// # Errors
/// When the file cannot be laid out for it.
pub(super) async fn scan(
    settings: &FileSettings,
    hash: &str,
    bytes: &[u8],
) -> anyhow::Result<Scan> {
    let Some((program, arguments)) = settings.scanner.split_first() else {
        return Ok(Scan::NotConfigured);
    };
    let waiting = settings.directory.join("waiting");
    tokio::fs::create_dir_all(&waiting)
        .await
        .with_context(|| format!("making {}", waiting.display()))?;
    // Two people may bring the same content at the same moment.
    let path = waiting.join(format!("{hash}-{}", uuid::Uuid::now_v7().simple()));
    tokio::fs::write(&path, bytes)
        .await
        .with_context(|| format!("writing {}", path.display()))?;
    let running = Command::new(program)
        .args(arguments)
        .arg(&path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .status();
    let said = match tokio::time::timeout(LONGEST, running).await {
        Ok(Ok(status)) => match status.code() {
            Some(0) => Scan::Clean,
            Some(1) => Scan::Infected,
            other => Scan::Unknown(format!("{program} ended with {other:?}")),
        },
        Ok(Err(error)) => Scan::Unknown(format!("{program}: {error}")),
        Err(_) => Scan::Unknown(format!("{program} took longer than {LONGEST:?}")),
    };
    tokio::fs::remove_file(&path)
        .await
        .with_context(|| format!("removing {}", path.display()))?;
    Ok(said)
}
