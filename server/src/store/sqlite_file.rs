//! The file of an embedded database on disk: who may read it, and which server has it.

use std::fs::{File, OpenOptions, Permissions, TryLockError};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::StoreError;

/// Only the account of the server reads and writes.
const OWN: u32 = 0o600;

/// The file of `sqlite:PATH`; none for another kind of database.
pub fn sqlite_path(address: &str) -> Option<PathBuf> {
    let path = address.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    let path = path.split('?').next().unwrap_or(path);
    (!path.is_empty() && !path.contains(":memory:")).then(|| PathBuf::from(path))
}

/// A database file that one server serves, until dropped or until the process ends, however it ends.
#[derive(Debug)]
pub struct Sole {
    _lock: File,
}

impl Sole {
    /// Takes the file of an address for this process. Two servers on one file would not hear of each other's
    /// changes; PostgreSQL tells them, so there this is none.
    ///
    /// # Errors
    /// `Taken` when another server has it, `File` when the lock cannot be written.
    pub fn take(address: &str) -> Result<Option<Sole>, StoreError> {
        let Some(path) = sqlite_path(address) else {
            return Ok(None);
        };
        let file = |error| StoreError::File(path.clone(), error);
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(OWN)
            .open(beside(&path, ".lock"))
            .map_err(file)?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Sole { _lock: lock })),
            Err(TryLockError::WouldBlock) => Err(StoreError::Taken(path)),
            Err(TryLockError::Error(error)) => Err(file(error)),
        }
    }
}

/// Makes the file when it is absent, and closes it and its journal to everybody else on this machine. SQLite gives
/// new journals the mode of the file.
///
/// # Errors
/// `File` when it cannot be made. A file of another owner stays as it is, with a warning.
pub(super) fn keep_private(address: &str) -> Result<(), StoreError> {
    let Some(path) = sqlite_path(address) else {
        return Ok(());
    };
    if address.contains("mode=ro") || address.contains("immutable=1") {
        return Ok(());
    }
    let opened = OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(OWN)
        .open(&path);
    match opened {
        Ok(_) => return Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(StoreError::File(path, error)),
    }
    for file in [path.clone(), beside(&path, "-wal"), beside(&path, "-shm")] {
        let Ok(found) = file.metadata() else {
            continue;
        };
        let is_open_to_others = found.permissions().mode() & 0o077 != 0;
        if is_open_to_others
            && let Err(error) = std::fs::set_permissions(&file, Permissions::from_mode(OWN))
        {
            tracing::warn!(file = %file.display(), %error, "readable by others on this machine");
        }
    }
    Ok(())
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_of_an_address() {
        let path = |address| sqlite_path(address).map(|path| path.display().to_string());
        for (address, expected) in [
            ("sqlite:data/o.db", Some("data/o.db")),
            ("sqlite:///var/o.db?mode=rwc", Some("/var/o.db")),
            ("sqlite://o.db", Some("o.db")),
            ("sqlite::memory:", None),
            ("sqlite:", None),
            ("postgres://host/base", None),
        ] {
            assert_eq!(path(address).as_deref(), expected, "{address}");
        }
    }
}
