//! The state of an installation, for whoever keeps it running.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an administrator looks at before calling the operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SystemState {
    /// Version of the program.
    pub version: String,
    /// `sqlite` or `postgresql`.
    pub database: String,
    /// When this program was started, Unix ms.
    pub started_ms: i64,
    /// The server's clock, Unix ms.
    pub now_ms: i64,
    /// Set on a restored copy that nobody has called the working server yet.
    pub quiet: Option<QuietCopy>,
    /// The last backup that was read back whole; absent where there was none.
    pub backup: Option<LastBackup>,
    /// Jobs of the caller's municipality.
    pub jobs: JobCounts,
    /// Space left where the files are kept, bytes; absent where the system does not tell.
    pub free_bytes: Option<u64>,
}

/// A restored copy: jobs wait until it is called the working server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuietCopy {
    /// When it was restored, Unix ms.
    pub restored_ms: i64,
    /// The moment that its backup shows, Unix ms.
    pub backup_ms: Option<i64>,
}

/// A backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LastBackup {
    /// The moment that it shows, Unix ms.
    pub at_ms: i64,
    /// Size, bytes.
    pub bytes: u64,
    /// Rows of all tables.
    pub rows: u64,
    /// Files.
    pub files: u64,
    /// Were files left out?
    pub database_only: bool,
    /// Is it encrypted?
    pub encrypted: bool,
}

/// Jobs by where they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct JobCounts {
    /// Wait for their turn.
    pub waiting: u64,
    /// Are being done.
    pub running: u64,
    /// Were given up after several attempts, as far as they are still remembered.
    pub failed: u64,
}
