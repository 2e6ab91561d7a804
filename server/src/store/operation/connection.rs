//! One plain connection to either database, for work on whole tables.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::sqlx::{
    self, AssertSqlSafe, ConnectOptions, Connection as _, Executor, PgConnection, Row,
    SqliteConnection,
};
use sea_orm::{DbErr, RuntimeErr};

use crate::store::StoreError;

/// How long a statement waits for another process that writes.
const BUSY_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(10);

/// A connection to one of the two databases.
pub enum Connection {
    /// SQLite.
    Sqlite(SqliteConnection),
    /// PostgreSQL.
    Postgres(PgConnection),
}

impl Connection {
    /// Opens what an address names. Nothing is created and nothing is migrated.
    ///
    /// # Errors
    /// `Address`, or `Unavailable` when there is no such database.
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        match sqlite_path(address) {
            Some(path) => Self::open_file(&path).await,
            None if is_postgres(address) => Ok(Connection::Postgres(
                PgConnection::connect(address).await.map_err(unreached)?,
            )),
            None => Err(StoreError::Address),
        }
    }

    /// Opens a file of SQLite that exists.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn open_file(path: &Path) -> Result<Self, StoreError> {
        let connection = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(false)
            .busy_timeout(BUSY_TIMEOUT)
            // Tables are filled in any order; what dangles is looked for at the end.
            .foreign_keys(false)
            .disable_statement_logging()
            .connect()
            .await
            .map_err(unreached)?;
        Ok(Connection::Sqlite(connection))
    }

    /// Opens a file of SQLite for reading alone: nothing of it changes, nor of the files beside it.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn look(path: &Path) -> Result<Self, StoreError> {
        let connection = SqliteConnectOptions::new()
            .filename(path)
            .read_only(true)
            .disable_statement_logging()
            .connect()
            .await
            .map_err(unreached)?;
        Ok(Connection::Sqlite(connection))
    }

    /// Runs statements that give no rows.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn run(&mut self, sql: &str) -> Result<(), StoreError> {
        match self {
            Connection::Sqlite(sqlite) => {
                sqlite.execute(AssertSqlSafe(sql)).await.map_err(failed)?;
            }
            Connection::Postgres(postgres) => {
                postgres.execute(AssertSqlSafe(sql)).await.map_err(failed)?;
            }
        }
        Ok(())
    }

    /// Rows of texts and numbers cast to text; the statement casts.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn texts(&mut self, sql: &str) -> Result<Vec<Vec<Option<String>>>, StoreError> {
        let sql = AssertSqlSafe(sql.to_owned());
        Ok(match self {
            Connection::Sqlite(sqlite) => sqlx::query(sql)
                .fetch_all(sqlite)
                .await
                .map_err(failed)?
                .iter()
                .map(|row| {
                    (0..row.len())
                        .map(|index| row.get_unchecked(index))
                        .collect()
                })
                .collect(),
            Connection::Postgres(postgres) => sqlx::query(sql)
                .fetch_all(postgres)
                .await
                .map_err(failed)?
                .iter()
                .map(|row| {
                    (0..row.len())
                        .map(|index| row.get_unchecked(index))
                        .collect()
                })
                .collect(),
        })
    }

    /// How many rows a table has.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn count(&mut self, table: &str) -> Result<u64, StoreError> {
        let rows = self
            .texts(&format!("SELECT CAST(count(*) AS text) FROM \"{table}\""))
            .await?;
        rows.first()
            .and_then(|row| row.first()?.as_deref()?.parse().ok())
            .ok_or_else(|| StoreError::Meaning(format!("{table} was not counted")))
    }

    /// All tables with their columns.
    ///
    /// # Errors
    /// Those of the database; `Meaning` for a type the schema never had.
    pub async fn shapes(&mut self) -> Result<Vec<super::Shape>, StoreError> {
        super::shape::shapes(self).await
    }

    /// Is there such a table?
    ///
    /// # Errors
    /// Those of the database.
    pub async fn has_table(&mut self, name: &str) -> Result<bool, StoreError> {
        Ok(super::shape::tables(self).await?.contains(name))
    }

    /// Which database this is: `sqlite` or `postgresql`.
    pub fn kind(&self) -> &'static str {
        match self {
            Connection::Sqlite(_) => "sqlite",
            Connection::Postgres(_) => "postgresql",
        }
    }

    /// Closes it, so that a file of SQLite is whole by itself.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn close(self) -> Result<(), StoreError> {
        match self {
            Connection::Sqlite(sqlite) => sqlite.close().await.map_err(failed),
            Connection::Postgres(postgres) => postgres.close().await.map_err(failed),
        }
    }
}

/// The file of an address of SQLite.
pub fn sqlite_path(address: &str) -> Option<PathBuf> {
    let path = address.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    Some(PathBuf::from(path.split('?').next().unwrap_or(path)))
}

pub(super) fn is_postgres(address: &str) -> bool {
    address.starts_with("postgres:") || address.starts_with("postgresql:")
}

/// The same server and database, with the tables of another schema in sight.
pub(super) fn in_schema(address: &str, schema: &str) -> Result<PgConnectOptions, StoreError> {
    Ok(PgConnectOptions::from_str(address)
        .map_err(unreached)?
        .options([("search_path", schema)])
        .application_name("orientir")
        .disable_statement_logging())
}

pub(super) fn failed(error: sqlx::Error) -> StoreError {
    DbErr::Query(RuntimeErr::SqlxError(error.into())).into()
}

pub(super) fn unreached(error: sqlx::Error) -> StoreError {
    DbErr::Conn(RuntimeErr::SqlxError(error.into())).into()
}
