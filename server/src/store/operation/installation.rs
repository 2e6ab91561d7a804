//! The installation itself: is it a quiet copy, and when was it backed up?

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder};

use super::Connection;
use crate::store::entity::operation::upkeep::{backup_record, installation};
use crate::store::{Store, StoreError, Write};

/// The installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation {
    /// Version of the program that served it last.
    pub program: String,
    /// When it was restored; absent once somebody said that this is the working server.
    pub restored_ms: Option<i64>,
    /// When the backup was made it came from.
    pub backup_ms: Option<i64>,
}

/// A backup that was read back whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupRecord {
    /// What it shows: the moment of its copy.
    pub at_ms: i64,
    /// When it had been read back.
    pub verified_ms: i64,
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

impl Store {
    /// Notes which program serves the database.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn note_program(&self, version: &str) -> Result<(), StoreError> {
        let row = installation::ActiveModel {
            only_row: Set(1),
            program: Set(version.to_owned()),
            restored_ms: Set(None),
            backup_ms: Set(None),
            activated_ms: Set(None),
        };
        installation::Entity::insert(row)
            .on_conflict(
                OnConflict::column(installation::Column::OnlyRow)
                    .update_column(installation::Column::Program)
                    .to_owned(),
            )
            .exec_without_returning(&self.writer.connection)
            .await?;
        Ok(())
    }

    /// The installation; none before the first start.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn installation(&self) -> Result<Option<Installation>, StoreError> {
        let row = installation::Entity::find_by_id(1)
            .one(&self.reader)
            .await?;
        Ok(row.map(|row| Installation {
            program: row.program,
            restored_ms: row.restored_ms,
            backup_ms: row.backup_ms,
        }))
    }

    /// Is it a restored copy that nobody has called the working server yet? Jobs, letters and external
    /// sign-in wait then.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn is_quiet(&self) -> Result<bool, StoreError> {
        let installation = self.installation().await?;
        Ok(installation.is_some_and(|one| one.restored_ms.is_some()))
    }

    /// The last verified backup.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn last_backup(&self) -> Result<Option<BackupRecord>, StoreError> {
        let row = backup_record::Entity::find()
            .order_by_desc(backup_record::Column::AtMs)
            .one(&self.reader)
            .await?;
        Ok(row.map(|row| BackupRecord {
            at_ms: row.at_ms,
            verified_ms: row.verified_ms,
            bytes: row.bytes.unsigned_abs(),
            rows: row.row_count.unsigned_abs(),
            files: row.files.unsigned_abs(),
            database_only: row.database_only,
            encrypted: row.encrypted,
        }))
    }
}

impl Write {
    /// Says that this is the working server; false when it was already.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn activate(&mut self) -> Result<bool, StoreError> {
        let Some(row) = installation::Entity::find_by_id(1)
            .one(&self.transaction)
            .await?
        else {
            return Ok(false);
        };
        if row.restored_ms.is_none() {
            return Ok(false);
        }
        installation::Entity::update(installation::ActiveModel {
            only_row: Set(1),
            restored_ms: Set(None),
            activated_ms: Set(Some(self.now_ms)),
            ..Default::default()
        })
        .exec(&self.transaction)
        .await?;
        // Waiting jobs go on at once.
        self.has_jobs = true;
        Ok(true)
    }
}

impl Connection {
    /// Marks a copy as quiet.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn mark_restored(&mut self, now_ms: i64, backup_ms: i64) -> Result<(), StoreError> {
        let program = env!("CARGO_PKG_VERSION");
        self.run(&format!(
            "INSERT INTO installation (only_row, program, restored_ms, backup_ms) \
             VALUES (1, '{program}', {now_ms}, {backup_ms}) \
             ON CONFLICT (only_row) DO UPDATE SET program = excluded.program, \
             restored_ms = excluded.restored_ms, backup_ms = excluded.backup_ms"
        ))
        .await
    }

    /// The last backup that was noted; none also where such notes are not kept yet.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn last_row_count(&mut self) -> Result<Option<u64>, StoreError> {
        if !self.has_table("backup_record").await? {
            return Ok(None);
        }
        let rows = self
            .texts("SELECT CAST(row_count AS text) FROM backup_record ORDER BY at_ms DESC LIMIT 1")
            .await?;
        Ok(rows
            .into_iter()
            .flatten()
            .flatten()
            .next()
            .and_then(|count| count.parse().ok()))
    }

    /// Notes a backup that was read back whole. An older schema has no place for the note.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn note_backup(&mut self, record: &BackupRecord) -> Result<(), StoreError> {
        if !self.has_table("backup_record").await? {
            return Ok(());
        }
        let BackupRecord {
            at_ms,
            verified_ms,
            bytes,
            rows,
            files,
            database_only,
            encrypted,
        } = record;
        self.run(&format!(
            "INSERT INTO backup_record VALUES \
             ({at_ms}, {verified_ms}, {bytes}, {rows}, {files}, {database_only}, {encrypted}) \
             ON CONFLICT (at_ms) DO NOTHING"
        ))
        .await
    }
}
