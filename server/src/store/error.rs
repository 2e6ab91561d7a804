//! What can go wrong in the store, by what the caller can do about it.

use std::path::PathBuf;

use sea_orm::sqlx::error::{DatabaseError, ErrorKind};
use sea_orm::{DbErr, RuntimeErr, sqlx};

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else writes for too long, or a deadlock was broken: the same request may succeed soon.
    #[error("the database is busy")]
    Busy(#[source] DbErr),
    /// No space is left. Nothing of the transaction was kept, everything before it is.
    #[error("the database is full")]
    Full(#[source] DbErr),
    /// The database cannot be reached or read.
    #[error("the database is not available")]
    Unavailable(#[source] DbErr),
    /// A key exists already.
    #[error("the row exists already")]
    Duplicate(#[source] DbErr),
    /// A row names another that does not exist.
    #[error("a row refers to another that does not exist")]
    Dangling(#[source] DbErr),
    /// A stored value has no meaning to this version.
    #[error("stored value not understood: {0}")]
    Meaning(String),
    /// The library of SQLite is too old to be trusted with data.
    #[error("SQLite {found} may lose committed data; {required} or newer is needed")]
    OldSqlite {
        /// Version found.
        found: String,
        /// Version needed.
        required: &'static str,
    },
    /// A newer program has changed the tables; this one would not understand them.
    #[error(
        "the database was made by a newer program: {found}; this one is {own}. Install the newer program, or restore the backup that was made before the upgrade"
    )]
    NewerSchema {
        /// Version and last migration of that program.
        found: String,
        /// The same of this program.
        own: String,
    },
    /// The database address is of no known kind.
    #[error(
        "database address must begin with sqlite: or postgres:, and an SQLite one must name a file"
    )]
    Address,
    /// Another server serves the file of the database.
    #[error(
        "another server has the database {0}; stop it first, or give this one a database of its own"
    )]
    Taken(PathBuf),
    /// A file of the database cannot be made or locked.
    #[error("the file {0} of the database cannot be made or locked")]
    File(PathBuf, #[source] std::io::Error),
    /// Anything else.
    #[error(transparent)]
    Database(DbErr),
}

/// Sorts by the codes of the two databases, never by message text.
///
/// # Source
/// SQLite result codes (sqlite.org/rescode.html), PostgreSQL error codes (appendix A of its manual).
impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        enum Sort {
            Busy,
            Full,
            Unavailable,
            Duplicate,
            Dangling,
            Other,
        }
        let sort = match cause(&error) {
            Some(sqlx::Error::PoolTimedOut) => Sort::Busy,
            Some(sqlx::Error::Io(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed) => {
                Sort::Unavailable
            }
            Some(sqlx::Error::Database(database)) => match database.kind() {
                ErrorKind::UniqueViolation => Sort::Duplicate,
                ErrorKind::ForeignKeyViolation => Sort::Dangling,
                _ => match code(database.as_ref()) {
                    Code::Sqlite(5 | 6) => Sort::Busy,
                    Code::Sqlite(13) => Sort::Full,
                    Code::Sqlite(8 | 10 | 11 | 14 | 26) => Sort::Unavailable,
                    Code::Postgres(code) => match (code.get(..2), code.as_str()) {
                        (_, "53100") => Sort::Full,
                        (Some("40" | "53"), _) | (_, "55P03") => Sort::Busy,
                        (Some("08" | "57" | "58"), _) => Sort::Unavailable,
                        _ => Sort::Other,
                    },
                    _ => Sort::Other,
                },
            },
            _ if matches!(error, DbErr::ConnectionAcquire(_)) => Sort::Busy,
            _ => Sort::Other,
        };
        match sort {
            Sort::Busy => StoreError::Busy(error),
            Sort::Full => StoreError::Full(error),
            Sort::Unavailable => StoreError::Unavailable(error),
            Sort::Duplicate => StoreError::Duplicate(error),
            Sort::Dangling => StoreError::Dangling(error),
            Sort::Other => StoreError::Database(error),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        StoreError::Meaning(error.to_string())
    }
}

pub(super) fn cause(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => Some(cause),
        _ => None,
    }
}

enum Code {
    /// Primary result code: the low byte of the extended one.
    Sqlite(u32),
    Postgres(String),
    None,
}

fn code(error: &dyn DatabaseError) -> Code {
    let Some(code) = error.code() else {
        return Code::None;
    };
    if error
        .try_downcast_ref::<sqlx::sqlite::SqliteError>()
        .is_some()
    {
        return code
            .parse::<u32>()
            .map_or(Code::None, |extended| Code::Sqlite(extended & 0xff));
    }
    Code::Postgres(code.into_owned())
}
