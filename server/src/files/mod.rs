//! Files that people bring: told by content, scanned, kept once by their SHA-256 in an object store.

mod kind;
mod scan;

use std::path::PathBuf;

use anyhow::Context;
use api::id::MunicipalityId;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};
use sha2::{Digest, Sha256};

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
        let path = database
            .strip_prefix("sqlite:")
            .map_or("orientir", |path| path.trim_start_matches("//"));
        let path = path.split('?').next().unwrap_or(path);
        FileSettings {
            directory: PathBuf::from(format!("{path}.files")),
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
    /// The store failed.
    #[error(transparent)]
    Store(#[from] anyhow::Error),
}

/// Looks at a file and keeps it. The same content is kept once; every municipality has its own shelf.
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
    std::fs::create_dir_all(&settings.directory)
        .with_context(|| format!("making {}", settings.directory.display()))?;
    let store = LocalFileSystem::new_with_prefix(&settings.directory)
        .context("opening the store of files")?;
    // What is acknowledged must survive a power cut, like the rows that name it.
    Ok(store.with_fsync(true))
}

fn place(municipality: MunicipalityId, hash: &str) -> Path {
    let shelf = hash.get(..2).unwrap_or("__");
    Path::from(format!("{municipality}/{shelf}/{hash}"))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
