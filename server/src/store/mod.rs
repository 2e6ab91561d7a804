//! The only place that knows the database: entities stay here, `api` types and rows of ours leave.
//!
//! Reads go through [`Store`], changes through a [`Write`]: one transaction of one municipality, with
//! its audit entries and live changes inside. Every query names the municipality first.

mod audit;
mod campaign;
mod document;
mod entity;
mod error;
mod event;
mod evidence;
mod file;
mod form;
mod import;
mod invitation;
mod job;
mod live_change;
mod mechanism;
mod municipality;
mod name;
mod organisation;
mod person;
mod postgres;
mod procedure;
mod result;
mod run;
mod school_record;
mod session;
mod sign_in_attempt;
mod sqlite;
mod submission;
mod write;

use std::sync::Arc;

use migrations::Migrator;
use sea_orm::{
    DatabaseConnection, DbBackend, EntityTrait, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use sea_orm_migration::MigratorTrait;
use tokio::sync::{Notify, broadcast};
use uuid::Uuid;

pub use audit::AuditChain;
pub use campaign::NewCampaign;
pub use error::StoreError;
pub use event::{EventFilter, LiveCell};
pub use evidence::EvidenceOwner;
pub use form::NewForm;
pub use import::NewImport;
pub use invitation::Entry;
pub use job::TakenJob;
pub use live_change::LiveEntry;
pub use mechanism::CellAnswer;
pub use municipality::Municipality;
pub use person::{Login, NewPerson, login_key};
pub use result::{MISSING_ITEM, StoredPaper, StoredResult};
pub use run::{CellColumn, ObservedSheet, RunResult, StoredCell};
pub use school_record::{NewRecord, RecordKind, SchoolRecord};
pub use session::Lifetime;
pub use sign_in_attempt::AttemptKey;
pub use sqlite::check_version as check_sqlite_version;
pub use submission::{FoldInput, Folded, SubmissionPlace};
pub use write::{Author, Write};

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
    address: Arc<str>,
    /// Municipalities whose live log has grown; the hub reads the log itself.
    grown: broadcast::Sender<Uuid>,
    /// A job was asked for in this process.
    asked: Arc<Notify>,
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://…` and migrates it.
    ///
    /// # Errors
    /// `Address`, `OldSqlite`, `Unavailable`, or what a migration said.
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        let (writer, reader) = if address.starts_with("sqlite:") {
            let (writer, reader) = sqlite::connect(address).await?;
            Migrator::up(&writer, None).await?;
            (writer, reader)
        } else if address.starts_with("postgres:") || address.starts_with("postgresql:") {
            let pool = postgres::connect(address).await?;
            postgres::migrate(&pool).await?;
            (pool.clone(), pool)
        } else {
            return Err(StoreError::Address);
        };
        Ok(Store {
            writer,
            reader,
            address: address.into(),
            grown: broadcast::channel(1024).0,
            asked: Arc::new(Notify::new()),
        })
    }

    /// Which database this is: `sqlite` or `postgresql`.
    pub fn kind(&self) -> &'static str {
        match self.writer.get_database_backend() {
            DbBackend::Postgres => "postgresql",
            _ => "sqlite",
        }
    }

    /// Does the database answer?
    ///
    /// # Errors
    /// Those of the database.
    pub async fn ping(&self) -> Result<(), StoreError> {
        entity::municipality::Entity::find()
            .one(&self.reader)
            .await?;
        Ok(())
    }

    /// Begins a change of one municipality: its only writer until committed or dropped.
    ///
    /// SQLite takes the write lock at once (IMMEDIATE), PostgreSQL the municipality's row of `head`, so
    /// a change never meets another half-way and the two logs have no gaps.
    ///
    /// # Errors
    /// `Busy` when the turn does not come; `Dangling` never.
    pub async fn write(&self, author: Author, now_ms: i64) -> Result<Write, StoreError> {
        let transaction = self.begin().await?;
        Write::begin(
            transaction,
            author,
            now_ms,
            self.grown.clone(),
            self.asked.clone(),
        )
        .await
    }

    /// A plain write transaction, for what belongs to no municipality.
    async fn begin(&self) -> Result<sea_orm::DatabaseTransaction, StoreError> {
        Ok(self
            .writer
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            })
            .await?)
    }

    /// Where to hear that a municipality's live log has grown in this process.
    pub fn grown(&self) -> broadcast::Receiver<Uuid> {
        self.grown.subscribe()
    }

    /// Ends when a job was asked for in this process.
    pub fn jobs_asked(&self) -> impl Future<Output = ()> + use<> {
        let asked = self.asked.clone();
        async move { asked.notified().await }
    }

    /// The address it was opened with; it may hold a password.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The writing connection, for tests that damage the database on purpose.
    #[doc(hidden)]
    pub fn connection_for_tests(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// The address, for tests that open the database a second time.
    #[doc(hidden)]
    pub fn address_for_tests(&self) -> &str {
        &self.address
    }
}
