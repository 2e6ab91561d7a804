//! What happens before a database is migrated: a newer one is refused, an older one is backed up.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::backup::{self, backup};
use super::{Seal, Sentence};
use crate::Clock;
use crate::store::operation::{Connection, Schema, sqlite_path};

/// Refuses the database of a newer program, and backs an older one up before it is migrated. Returns the backup.
///
/// Files are left out: a migration does not touch them.
///
/// # Errors
/// A sentence; then nothing was changed.
pub async fn prepare(
    database: &str,
    backups: &Path,
    clock: &Clock,
) -> anyhow::Result<Option<PathBuf>> {
    if let Some(path) = sqlite_path(database)
        && std::fs::metadata(&path).map_or(0, |file| file.len()) == 0
    {
        return Ok(None);
    }
    let mut connection = Connection::open(database)
        .await
        .context("opening the database")?;
    let schema = Schema::of(&mut connection).await?;
    connection.close().await?;
    schema.refuse_newer()?;
    if schema.applied.is_empty() || schema.pending.is_empty() {
        return Ok(None);
    }
    let last = schema.applied.last().map_or("", String::as_str);
    let file = backups.join(format!("before-upgrade-{last}-{}.zip", clock.now_ms()));
    let done = async {
        std::fs::create_dir_all(backups)?;
        let arguments = backup::Arguments {
            file: file.clone(),
            database: database.to_owned(),
            files: None,
            seal: Seal::default(),
            database_only: true,
            without_missing: false,
            smaller: true,
            pack: true,
        };
        backup(&arguments, clock).await
    };
    done.await.with_context(|| {
        let place = backups.display();
        Sentence::new(
            "upgrade.no_backup",
            format!("Перед обновлением базы нужна её копия, а в {place} её не записать. База не изменена; укажите папку, куда можно писать: --backups или ORIENTIR_BACKUPS (для службы — ещё и ReadWritePaths)."),
            format!("The database must be backed up before it is upgraded, and {place} cannot be written. The database was not changed; name a folder that can: --backups or ORIENTIR_BACKUPS (for a service also ReadWritePaths)."),
        )
    })?;
    Ok(Some(file))
}

/// Where backups before an upgrade go: beside the database.
pub fn folder(database: &str) -> PathBuf {
    match sqlite_path(database) {
        Some(path) => super::archive::beside(&path, ".backups"),
        None => PathBuf::from("orientir.backups"),
    }
}
