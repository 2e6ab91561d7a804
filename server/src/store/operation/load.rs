//! A database filled under another name. It takes its real place in one step, or never existed.

use std::io::Read;
use std::path::{Path, PathBuf};

use migrations::Migrator;
use sea_orm::sqlx::postgres::{PgCopyIn, PgPoolOptions};
use sea_orm::sqlx::{self, AssertSqlSafe, PgConnection, SqliteConnection};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, SqlxPostgresConnector};
use sea_orm_migration::MigratorTrait;

use super::connection::{failed, in_schema, sqlite_path, unreached};
use super::copy::{Cell, CopyReader, Row};
use super::snapshot::{CopyError, Sink};
use super::{Connection, Shape, Snapshot, schema, shape};
use crate::store::StoreError;

/// Parameters of one statement that SQLite takes.
const PARAMETERS: usize = 30_000;
/// Rows of one statement.
const ROWS: usize = 200;
/// Bytes handed to PostgreSQL at a time.
const PORTION: usize = 256 * 1024;

/// What stands at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// No database, or one without tables.
    Nothing,
    /// Our tables without any municipality.
    Empty,
    /// Municipalities, by name.
    Taken(Vec<String>),
    /// Something that is no database of ours; what was seen.
    Strange(String),
}

impl Target {
    /// Looks at a place without changing anything.
    ///
    /// # Errors
    /// `Address`; `Unavailable` when a server does not answer.
    pub async fn at(address: &str) -> Result<Self, StoreError> {
        let Some(path) = sqlite_path(address) else {
            let mut connection = Connection::open(address).await?;
            return content(&mut connection).await;
        };
        let size = |path: &Path| std::fs::metadata(path).map_or(0, |file| file.len());
        let leftover = companions(&path).find(|beside| size(beside) > 0);
        if size(&path) == 0 {
            return Ok(match leftover {
                Some(journal) => Target::Strange(journal.display().to_string()),
                None => Target::Nothing,
            });
        }
        let looked = async {
            let mut connection = Connection::look(&path).await?;
            content(&mut connection).await
        };
        Ok(looked
            .await
            .unwrap_or_else(|error| Target::Strange(error.to_string())))
    }
}

async fn content(connection: &mut Connection) -> Result<Target, StoreError> {
    let tables = shape::tables(connection).await?;
    if tables.is_empty() {
        return Ok(Target::Nothing);
    }
    if !tables.contains("municipality") || !tables.contains("seaql_migrations") {
        let some: Vec<&str> = tables.iter().map(String::as_str).take(5).collect();
        return Ok(Target::Strange(some.join(", ")));
    }
    let names = connection
        .texts("SELECT name_ru FROM municipality ORDER BY name_ru")
        .await?;
    Ok(match names.is_empty() {
        true => Target::Empty,
        false => Target::Taken(names.into_iter().flatten().flatten().collect()),
    })
}

/// Files that SQLite keeps beside a database.
pub(super) fn companions(path: &Path) -> impl Iterator<Item = PathBuf> {
    ["-wal", "-shm", "-journal"].into_iter().map({
        let path = path.as_os_str().to_owned();
        move |end| {
            let mut beside = path.clone();
            beside.push(end);
            PathBuf::from(beside)
        }
    })
}

/// A database under another name.
pub enum Stage {
    /// A file of SQLite.
    File {
        /// Where it will stand.
        path: PathBuf,
        /// Where it is filled.
        staging: PathBuf,
    },
    /// A schema of PostgreSQL.
    Schema {
        /// The server and database.
        address: String,
        /// The schema whose tables they will be.
        schema: String,
        /// The schema in which they are filled.
        staging: String,
    },
}

impl Stage {
    /// Chooses the other name and clears what an earlier try left there.
    ///
    /// # Errors
    /// Those of the database; `Unavailable` without the right to make a schema or a file.
    pub async fn begin(address: &str) -> Result<Self, StoreError> {
        if let Some(path) = sqlite_path(address) {
            let mut staging = path.as_os_str().to_owned();
            staging.push(".restoring");
            let stage = Stage::File {
                path,
                staging: PathBuf::from(staging),
            };
            stage.discard_file();
            return Ok(stage);
        }
        let mut connection = Connection::open(address).await?;
        let rows = connection.texts("SELECT current_schema()::text").await?;
        let schema = rows
            .into_iter()
            .flatten()
            .flatten()
            .next()
            .ok_or(StoreError::Address)?;
        let staging = format!("{schema}_restoring");
        connection
            .run(&format!(
                "DROP SCHEMA IF EXISTS \"{staging}\" CASCADE; CREATE SCHEMA \"{staging}\""
            ))
            .await?;
        Ok(Stage::Schema {
            address: address.to_owned(),
            schema,
            staging,
        })
    }

    /// Makes the tables as these migrations left them, without rows and, on PostgreSQL, without references.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn build(&self, applied: &[String]) -> Result<References, StoreError> {
        let pool = self.pool().await?;
        schema::build(&pool, applied).await?;
        pool.close().await?;
        let mut connection = self.connection().await?;
        let mut references = Vec::new();
        if matches!(connection, Connection::Postgres(_)) {
            for row in connection
                .texts(
                    "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) \
                     FROM pg_constraint WHERE contype = 'f' \
                     AND connamespace = current_schema()::regnamespace",
                )
                .await?
            {
                if let [Some(table), Some(name), Some(text)] = &row[..] {
                    connection
                        .run(&format!("ALTER TABLE {table} DROP CONSTRAINT {name}"))
                        .await?;
                    references.push(format!("ALTER TABLE {table} ADD CONSTRAINT {name} {text}"));
                }
            }
        }
        for table in shape::tables(&mut connection).await? {
            connection.run(&format!("DELETE FROM \"{table}\"")).await?;
        }
        connection.close().await?;
        Ok(References(references))
    }

    /// A connection to it as it is filled.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn connection(&self) -> Result<Connection, StoreError> {
        match self {
            Stage::File { staging, .. } => Connection::open_file(staging).await,
            Stage::Schema {
                address, staging, ..
            } => {
                use sea_orm::sqlx::ConnectOptions as _;
                let options = in_schema(address, staging)?;
                Ok(Connection::Postgres(
                    options.connect().await.map_err(unreached)?,
                ))
            }
        }
    }

    /// Brings it to the schema of this program.
    ///
    /// # Errors
    /// Those of the migrations.
    pub async fn upgrade(&self) -> Result<(), StoreError> {
        let pool = self.pool().await?;
        Migrator::up(&pool, None).await?;
        Ok(pool.close().await?)
    }

    async fn pool(&self) -> Result<DatabaseConnection, StoreError> {
        match self {
            Stage::File { staging, .. } => {
                let mut options =
                    ConnectOptions::new(format!("sqlite:{}?mode=rwc", staging.display()));
                options.max_connections(1).sqlx_logging(false);
                Ok(Database::connect(options).await?)
            }
            Stage::Schema {
                address, staging, ..
            } => {
                let pool = PgPoolOptions::new()
                    .max_connections(1)
                    .connect_with(in_schema(address, staging)?)
                    .await
                    .map_err(unreached)?;
                Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool))
            }
        }
    }

    /// Lets it take its real place. What stands there must have been found empty, or moved away.
    ///
    /// # Errors
    /// Those of the database and of the file system.
    pub async fn settle(self) -> Result<(), CopyError> {
        match &self {
            Stage::File { path, staging } => {
                std::fs::File::open(staging)?.sync_all()?;
                for old in companions(path) {
                    let _ = std::fs::remove_file(old);
                }
                std::fs::rename(staging, path)?;
                let folder = path
                    .parent()
                    .filter(|folder| !folder.as_os_str().is_empty());
                std::fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
            }
            Stage::Schema {
                schema, staging, ..
            } => {
                let mut connection = self.connection().await?;
                let tables = shape::tables(&mut connection).await?;
                connection.run("BEGIN").await?;
                for table in &tables {
                    connection
                        .run(&format!(
                            "DROP TABLE IF EXISTS \"{schema}\".\"{table}\" CASCADE"
                        ))
                        .await?;
                }
                for table in &tables {
                    connection
                        .run(&format!(
                            "ALTER TABLE \"{staging}\".\"{table}\" SET SCHEMA \"{schema}\""
                        ))
                        .await?;
                }
                connection
                    .run(&format!("DROP SCHEMA \"{staging}\""))
                    .await?;
                connection.run("COMMIT").await?;
                connection.close().await?;
            }
        }
        Ok(())
    }

    /// Removes it.
    pub async fn discard(self) {
        self.discard_file();
        if let Stage::Schema { staging, .. } = &self
            && let Ok(mut connection) = self.connection().await
        {
            let dropped = connection
                .run(&format!("DROP SCHEMA IF EXISTS \"{staging}\" CASCADE"))
                .await;
            if let Err(error) = dropped {
                tracing::warn!(%error, staging, "a half restored schema was left behind");
            }
        }
    }

    fn discard_file(&self) {
        if let Stage::File { staging, .. } = self {
            for old in companions(staging).chain([staging.clone()]) {
                let _ = std::fs::remove_file(old);
            }
        }
    }
}

/// References that were taken off while rows come in any order.
pub struct References(Vec<String>);

impl References {
    /// Puts them back; rows that refer to nothing are an error.
    ///
    /// # Errors
    /// `Dangling`, or those of the database.
    pub async fn restore(&self, connection: &mut Connection) -> Result<(), StoreError> {
        for sql in &self.0 {
            connection.run(sql).await?;
        }
        if let Connection::Postgres(_) = connection {
            connection.run("ANALYZE").await?;
        }
        Ok(())
    }
}

impl Connection {
    /// Fills a table from its bytes.
    ///
    /// # Errors
    /// Those of the database and of the bytes.
    pub async fn fill(
        &mut self,
        shape: &Shape,
        from: &mut (dyn Read + Send),
    ) -> Result<(), CopyError> {
        match self {
            Connection::Sqlite(sqlite) => fill_sqlite(sqlite, shape, from).await,
            Connection::Postgres(postgres) => {
                let mut copy = copy_in(postgres, shape).await?;
                loop {
                    let mut portion = Vec::new();
                    let limit = u64::try_from(PORTION).unwrap_or(u64::MAX);
                    let read = Read::take(&mut *from, limit).read_to_end(&mut portion);
                    match read {
                        Ok(0) => break,
                        Ok(_) => {
                            copy.send(portion).await.map_err(failed)?;
                        }
                        Err(error) => {
                            copy.abort("the archive cannot be read")
                                .await
                                .map_err(failed)?;
                            return Err(error.into());
                        }
                    }
                }
                copy.finish().await.map_err(failed)?;
                Ok(())
            }
        }
    }

    /// Fills a table of PostgreSQL from a database that stands still.
    ///
    /// # Errors
    /// Those of both databases.
    pub async fn fill_from(
        &mut self,
        shape: &Shape,
        snapshot: &mut Snapshot,
    ) -> Result<(), CopyError> {
        let Connection::Postgres(postgres) = self else {
            return Err(StoreError::Address.into());
        };
        let mut copy = CopyIn(copy_in(postgres, shape).await?);
        match snapshot.rows(shape, &mut copy).await {
            Ok(()) => {
                copy.0.finish().await.map_err(failed)?;
                Ok(())
            }
            Err(error) => {
                copy.0
                    .abort("the source cannot be read")
                    .await
                    .map_err(failed)?;
                Err(error)
            }
        }
    }
}

struct CopyIn<'a>(PgCopyIn<&'a mut PgConnection>);

impl Sink for CopyIn<'_> {
    async fn take(&mut self, bytes: Vec<u8>) -> Result<(), CopyError> {
        self.0.send(bytes).await.map_err(failed)?;
        Ok(())
    }
}

async fn copy_in<'a>(
    postgres: &'a mut PgConnection,
    shape: &Shape,
) -> Result<PgCopyIn<&'a mut PgConnection>, StoreError> {
    let sql = format!(
        "COPY \"{}\" ({}) FROM STDIN (FORMAT binary)",
        shape.table,
        shape.column_list()
    );
    postgres.copy_in_raw(&sql).await.map_err(failed)
}

async fn fill_sqlite(
    sqlite: &mut SqliteConnection,
    shape: &Shape,
    from: &mut (dyn Read + Send),
) -> Result<(), CopyError> {
    let columns = shape.columns.len();
    let most = (PARAMETERS / columns.max(1)).clamp(1, ROWS);
    let mut reader = CopyReader::new(from, columns)?;
    let mut rows: Vec<Row> = Vec::with_capacity(most);
    let mut row = Row::default();
    while reader.next(&mut row)? {
        rows.push(std::mem::take(&mut row));
        if rows.len() == most {
            insert(sqlite, shape, &rows).await?;
            rows.clear();
        }
    }
    if !rows.is_empty() {
        insert(sqlite, shape, &rows).await?;
    }
    Ok(())
}

async fn insert(
    sqlite: &mut SqliteConnection,
    shape: &Shape,
    rows: &[Row],
) -> Result<(), CopyError> {
    let one = format!("({})", vec!["?"; shape.columns.len()].join(","));
    let sql = format!(
        "INSERT INTO \"{}\" ({}) VALUES {}",
        shape.table,
        shape.column_list(),
        vec![one.as_str(); rows.len()].join(",")
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for row in rows {
        for (index, column) in shape.columns.iter().enumerate() {
            query = match row.cell(index, column.kind)? {
                Cell::Null => query.bind(None::<i64>),
                Cell::Uuid(bytes) | Cell::Bytes(bytes) => query.bind(bytes.to_vec()),
                Cell::Text(text) => query.bind(text.to_owned()),
                Cell::Boolean(value) => query.bind(value),
                Cell::Integer(value) => query.bind(value),
                Cell::Bigint(value) => query.bind(value),
                Cell::Double(value) => query.bind(value),
            };
        }
    }
    query.execute(sqlite).await.map_err(failed)?;
    Ok(())
}
