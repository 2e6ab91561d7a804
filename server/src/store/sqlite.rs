//! The embedded database: one writer, several readers, nothing lost on power failure.

use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{Connection, Executor};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};

use super::StoreError;
use super::transaction::{Doubt, Writer};

/// Oldest version that does not lose committed data when a writer and a checkpointer meet.
pub const REQUIRED: &str = "3.51.3";

/// How long a statement waits for another process that writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a request waits for its turn to write or read.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
const READERS: u32 = 4;
/// Pages that the writer keeps, in KiB with a minus as SQLite wants it: a shared commit touches some thousand pages.
const WRITER_CACHE: &str = "-65536";
/// Statements kept prepared on a connection: more than the product has.
const STATEMENTS: usize = 500;

/// Opens the file of `url`, creating it when absent: the writer and the pool of readers.
///
/// # Errors
/// `Address` for a database in memory (readers would see another one), `OldSqlite`, `Unavailable`.
pub(super) async fn connect(url: &str) -> Result<(Writer, DatabaseConnection), StoreError> {
    if url.contains(":memory:") || url.trim_end_matches('/') == "sqlite:" {
        return Err(StoreError::Address);
    }
    super::sqlite_file::keep_private(url)?;
    let doubt = Doubt::default();
    let mut writing = options(url, 1, false);
    let noted = doubt.clone();
    writing.map_sqlx_sqlite_pool_opts(move |pool| {
        let noted = noted.clone();
        pool.after_release(move |connection, _| {
            let is_doubtful = noted.take();
            Box::pin(async move { Ok(!is_doubtful && is_idle(connection).await) })
        })
        // A savepoint in a transaction of nobody would be taken for a transaction.
        .before_acquire(|connection, _| {
            Box::pin(async move { Ok(!connection.is_in_transaction()) })
        })
    });
    let writer = Writer {
        connection: Database::connect(writing).await?,
        doubt,
    };
    check_version(&version(&writer.connection).await?)?;
    let reader = Database::connect(options(url, READERS, true)).await?;
    Ok((writer, reader))
}

/// Is no transaction open, neither by the count of the driver nor by SQLite's own? A connection that is not idle when
/// it is given back is closed, and with it whatever it has open is undone.
async fn is_idle(connection: &mut SqliteConnection) -> bool {
    // Behind the undoing of what was dropped, which waits in the connection's queue.
    connection.ping().await.is_ok()
        && !connection.is_in_transaction()
        // Refused inside of a transaction.
        && connection.execute("BEGIN; ROLLBACK").await.is_ok()
}

fn options(url: &str, connections: u32, read_only: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .sqlx_logging(false)
        // Statements carry personal data in their parameters.
        .record_stmt_in_spans(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            let sqlite = sqlite
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .statement_cache_capacity(STATEMENTS)
                .busy_timeout(BUSY_TIMEOUT);
            // A reader that tried to write would bypass the one writer.
            if read_only {
                sqlite.pragma("query_only", "ON")
            } else {
                // Savepoints of shared commits note what they may have to undo; on disk that is a file more.
                sqlite
                    .pragma("cache_size", WRITER_CACHE)
                    .pragma("temp_store", "MEMORY")
            }
        });
    options
}

async fn version(connection: &DatabaseConnection) -> Result<String, StoreError> {
    let row = connection
        .query_one_raw(Statement::from_string(
            connection.get_database_backend(),
            "SELECT sqlite_version() AS version",
        ))
        .await?
        .ok_or_else(|| StoreError::Meaning("sqlite_version() gave no row".into()))?;
    Ok(row.try_get("", "version")?)
}

/// Refuses a library older than [`REQUIRED`].
///
/// # Errors
/// `OldSqlite`, also for a version that cannot be read.
pub fn check_version(found: &str) -> Result<(), StoreError> {
    fn numbers(version: &str) -> Option<Vec<u32>> {
        version.split('.').map(|part| part.parse().ok()).collect()
    }
    match (numbers(found), numbers(REQUIRED)) {
        (Some(found), Some(required)) if found >= required => Ok(()),
        _ => Err(StoreError::OldSqlite {
            found: found.to_owned(),
            required: REQUIRED,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::check_version;

    #[test]
    fn older_sqlite_is_refused() {
        for found in ["3.46.0", "3.51.2", "3.9.9", "2.99", "", "abc"] {
            assert!(check_version(found).is_err(), "{found}");
        }
        for found in ["3.51.3", "3.51.10", "3.52.0", "4.0.0"] {
            assert!(check_version(found).is_ok(), "{found}");
        }
    }
}
