//! Files that people bring: told by content, scanned, kept once by their SHA-256 in an object store.

mod kind;
mod scan;
mod strip;

use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::PathBuf;

use anyhow::Context;
use api::id::MunicipalityId;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};
use sha2::{Digest, Sha256};

use crate::hex::hex;

pub use kind::{FileFault, FileKind};
pub use scan::Scan;

/// Where files are kept, and who looks at them first.
#[derive(Clone, Debug)]
pub struct FileSettings {
    /// Directory of the store; made when the first file comes.
    pub directory: PathBuf,
    /// Command of a virus scanner with its arguments; the path of the file is added. Exit code 0 is clean, 1 is
    /// infected, anything else means that it could not tell.
    pub scanner: Vec<String>,
}

impl FileSettings {
    /// Beside the database: `data/orientir.db` has its files in `data/orientir.db.files`. Other databases have them
    /// in `orientir.files` under the working directory.
    pub fn beside(database: &str) -> Self {
        let path = crate::store::sqlite_path(database).unwrap_or_else(|| PathBuf::from("orientir"));
        FileSettings {
            directory: PathBuf::from(format!("{}.files", path.display())),
            scanner: Vec::new(),
        }
    }
}

/// A file that may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// SHA-256, hex.
    pub hash: String,
    /// What it is by content.
    pub kind: FileKind,
    /// Has a scanner seen it?
    pub scanned: bool,
}

/// Why a file is not kept.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is not what may be brought.
    #[error("the file is of no accepted kind: {0:?}")]
    Fault(FileFault),
    /// The scanner found something.
    #[error("the scanner found something in the file")]
    Infected,
    /// The scanner could not tell: the file is refused rather than believed.
    #[error("the scanner could not tell: {0}")]
    Unscanned(String),
    /// No space is left for it.
    #[error("the store of files is full")]
    Full(#[source] anyhow::Error),
    /// The store failed.
    #[error(transparent)]
    Store(anyhow::Error),
}

impl From<anyhow::Error> for FileError {
    fn from(error: anyhow::Error) -> Self {
        let is_full = error.chain().any(|cause| {
            let kind = cause
                .downcast_ref::<std::io::Error>()
                .map(std::io::Error::kind);
            matches!(
                kind,
                Some(ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
            )
        });
        if is_full {
            FileError::Full(error)
        } else {
            FileError::Store(error)
        }
    }
}

/// Mode of the directory: only the account of the server.
const OWN: u32 = 0o700;

/// Looks at a file and keeps it; a picture without its metadata. The same content is kept once; every municipality has its own shelf.
///
/// # Errors
/// See [`FileError`]; then nothing is kept.
pub async fn keep(
    settings: &FileSettings,
    municipality: MunicipalityId,
    bytes: Vec<u8>,
) -> Result<Kept, FileError> {
    let (kind, hash, bytes) = tokio::task::spawn_blocking(move || {
        let kind = kind::of(&bytes)?;
        let bytes = strip::strip(kind, bytes).ok_or(FileFault::Cut)?;
        Ok((kind, hex(&Sha256::digest(&bytes)), bytes))
    })
    .await
    .context("looking at a file")?
    .map_err(FileError::Fault)?;
    let store = open(settings)?;
    let scanned = match scan::scan(settings, &hash, &bytes).await? {
        Scan::Clean => true,
        Scan::NotConfigured => false,
        Scan::Infected => return Err(FileError::Infected),
        Scan::Unknown(why) => return Err(FileError::Unscanned(why)),
    };
    let path = place(municipality, &hash);
    if store.head(&path).await.is_err() {
        store
            .put(&path, PutPayload::from(bytes))
            .await
            .context("keeping a file")?;
    }
    Ok(Kept {
        hash,
        kind,
        scanned,
    })
}

/// Looks at what was sent for a sheet: is it what its media type says? Pictures come back without what their camera
/// wrote beside the picture (place, time, device).
///
/// # Errors
/// Why it is refused.
pub fn looked_at(bytes: Vec<u8>, media_type: &str) -> Result<Vec<u8>, FileFault> {
    match kind::is(&bytes, media_type)? {
        Some(kind) => strip::strip(kind, bytes).ok_or(FileFault::Cut),
        None => Ok(bytes),
    }
}

/// The content of a kept file, held against its hash.
///
/// # Errors
/// When it is gone or was changed on disk.
pub async fn read(
    settings: &FileSettings,
    municipality: MunicipalityId,
    hash: &str,
) -> anyhow::Result<Vec<u8>> {
    let found = open(settings)?
        .get(&place(municipality, hash))
        .await
        .context("reading a file")?;
    let bytes = found.bytes().await.context("reading a file")?;
    anyhow::ensure!(
        hex(&Sha256::digest(&bytes)) == hash,
        "the stored file {hash} was changed"
    );
    Ok(bytes.to_vec())
}

fn open(settings: &FileSettings) -> anyhow::Result<LocalFileSystem> {
    keep_private(&settings.directory)
        .with_context(|| format!("making {}", settings.directory.display()))?;
    let store = LocalFileSystem::new_with_prefix(&settings.directory)
        .context("opening the store of files")?;
    // What is acknowledged must survive a power cut, like the rows that name it.
    Ok(store.with_fsync(true))
}

/// Makes the directory when it is absent; nobody else on this machine looks into it.
fn keep_private(directory: &std::path::Path) -> std::io::Result<()> {
    if let Ok(found) = directory.metadata() {
        if found.permissions().mode() & 0o077 != 0 {
            let own = std::fs::Permissions::from_mode(OWN);
            if let Err(error) = std::fs::set_permissions(directory, own) {
                tracing::warn!(directory = %directory.display(), %error, "readable by others on this machine");
            }
        }
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true).mode(OWN).create(directory)
}

fn place(municipality: MunicipalityId, hash: &str) -> Path {
    let shelf = hash.get(..2).unwrap_or("__");
    Path::from(format!("{municipality}/{shelf}/{hash}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_disk_is_told_from_other_failures() {
        let failed = |kind| {
            let error = anyhow::Error::from(std::io::Error::from(kind)).context("keeping a file");
            matches!(FileError::from(error), FileError::Full(_))
        };
        assert!(failed(ErrorKind::StorageFull));
        assert!(failed(ErrorKind::QuotaExceeded));
        assert!(!failed(ErrorKind::PermissionDenied));
    }

    #[test]
    fn files_lie_beside_their_database() {
        let directory = |address: &str| FileSettings::beside(address).directory;
        assert_eq!(
            directory("sqlite:data/orientir.db"),
            PathBuf::from("data/orientir.db.files")
        );
        assert_eq!(
            directory("sqlite:///var/o.db?mode=rwc"),
            PathBuf::from("/var/o.db.files")
        );
        assert_eq!(
            directory("postgres://host/base"),
            PathBuf::from("orientir.files")
        );
    }
}
