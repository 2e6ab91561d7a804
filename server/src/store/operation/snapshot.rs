//! A look at a whole database that stands still while others go on writing.

use std::io;
use std::path::Path;

use futures::TryStreamExt;
use sea_orm::sqlx::{self, AssertSqlSafe, Row, SqliteConnection, sqlite::SqliteRow};

use super::connection::failed;
use super::copy::{self, Cell, HEADER, TRAILER};
use super::{Connection, Kind, Shape, shape};
use crate::store::StoreError;

/// Bytes gathered before they are handed on.
const PORTION: usize = 64 * 1024;

/// Why a table did not get where it should.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The other side failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A database that stands still.
pub struct Snapshot(Connection);

impl Snapshot {
    /// Copies the database of a file into another, whole as of one moment, while others write.
    ///
    /// The copy is known to the operating system only: whoever needs it on disk says so.
    ///
    /// # Errors
    /// Those of the database; the copy may then be there in part.
    pub async fn image(from: &Path, image: &Path) -> Result<(), StoreError> {
        let mut connection = Connection::open_file(from).await?;
        let place = image.to_string_lossy().replace('\'', "''");
        connection.run(&format!("VACUUM INTO '{place}'")).await?;
        connection.close().await
    }

    /// Looks at a file that nobody writes to.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn of_image(image: &Path) -> Result<Self, StoreError> {
        Ok(Snapshot(Connection::open_file(image).await?))
    }

    /// Looks at PostgreSQL as it is now; the look is held until dropped.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn of_server(address: &str) -> Result<Self, StoreError> {
        let mut connection = Connection::open(address).await?;
        connection
            .run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            .await?;
        Ok(Snapshot(connection))
    }

    /// Its connection, for questions.
    pub fn connection(&mut self) -> &mut Connection {
        &mut self.0
    }

    /// Its tables.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn shapes(&mut self) -> Result<Vec<Shape>, StoreError> {
        shape::shapes(&mut self.0).await
    }

    /// Hands the rows of a table to `sink`, portion by portion.
    ///
    /// # Errors
    /// Those of the database and of the sink.
    pub async fn rows(&mut self, shape: &Shape, sink: &mut impl Sink) -> Result<(), CopyError> {
        let columns = shape.column_list();
        match &mut self.0 {
            Connection::Sqlite(sqlite) => from_sqlite(sqlite, shape, &columns, sink).await,
            Connection::Postgres(postgres) => {
                let sql = format!(
                    "COPY (SELECT {columns} FROM \"{}\") TO STDOUT (FORMAT binary)",
                    shape.table
                );
                let mut stream = postgres.copy_out_raw(&sql).await.map_err(failed)?;
                while let Some(bytes) = stream.try_next().await.map_err(failed)? {
                    sink.take(bytes.to_vec()).await?;
                }
                Ok(())
            }
        }
    }

    /// Ends the look.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn close(self) -> Result<(), StoreError> {
        self.0.close().await
    }
}

/// Where the bytes of rows go.
pub trait Sink {
    /// Takes a portion.
    fn take(&mut self, bytes: Vec<u8>) -> impl Future<Output = Result<(), CopyError>>;
}

async fn from_sqlite(
    sqlite: &mut SqliteConnection,
    shape: &Shape,
    columns: &str,
    sink: &mut impl Sink,
) -> Result<(), CopyError> {
    let sql = format!("SELECT {columns} FROM \"{}\"", shape.table);
    let mut stream = sqlx::query(AssertSqlSafe(sql)).fetch(sqlite);
    let mut portion = HEADER.to_vec();
    while let Some(row) = stream.try_next().await.map_err(failed)? {
        copy::begin_row(&mut portion, shape.columns.len());
        for (index, column) in shape.columns.iter().enumerate() {
            let cell = cell(&row, index, column.kind).ok_or_else(|| {
                StoreError::Meaning(format!(
                    "a value of {}.{} is no {}",
                    shape.table,
                    column.name,
                    column.kind.word()
                ))
            })?;
            copy::put(&mut portion, cell);
        }
        if portion.len() >= PORTION {
            sink.take(std::mem::take(&mut portion)).await?;
        }
    }
    portion.extend_from_slice(TRAILER);
    sink.take(portion).await
}

/// A value of SQLite, which keeps any kind in any column; none when it is not of the kind.
fn cell(row: &SqliteRow, index: usize, kind: Kind) -> Option<Cell<'_>> {
    use sea_orm::sqlx::{TypeInfo, ValueRef};
    let stored = row.try_get_raw(index).ok()?;
    if stored.is_null() {
        return Some(Cell::Null);
    }
    let class = stored.type_info().name().to_owned();
    let number = || row.try_get_unchecked::<i64, _>(index).ok();
    Some(match (kind, class.as_str()) {
        (Kind::Uuid, "BLOB") => {
            let bytes = row.try_get_unchecked::<&[u8], _>(index).ok()?;
            (bytes.len() == 16).then_some(Cell::Uuid(bytes))?
        }
        (Kind::Bytes, "BLOB") => Cell::Bytes(row.try_get_unchecked(index).ok()?),
        (Kind::Text, "TEXT") => Cell::Text(row.try_get_unchecked(index).ok()?),
        (Kind::Boolean, "INTEGER" | "BOOLEAN") => match number()? {
            0 => Cell::Boolean(false),
            1 => Cell::Boolean(true),
            _ => return None,
        },
        (Kind::Integer, "INTEGER") => Cell::Integer(i32::try_from(number()?).ok()?),
        (Kind::Bigint, "INTEGER") => Cell::Bigint(number()?),
        (Kind::Double, "REAL" | "INTEGER") => Cell::Double(row.try_get_unchecked(index).ok()?),
        _ => return None,
    })
}
