//! The only place that knows the database: entities stay here, `api` types and rows of ours leave.
//!
//! Reads go through [`Store`], changes through a [`Write`]: one transaction of one municipality, with
//! its audit entries and live changes inside. Every query names the municipality first.

mod access;
mod assessment;
mod forms;
mod management;
mod observation;
pub mod operation;
mod papers;
mod procedures;
mod registry;
mod results;
mod schools;

mod audit;
mod entity;
mod error;
mod live_change;
mod name;
mod postgres;
mod rows;
mod sqlite;
mod sqlite_file;
mod transaction;
mod turn;
mod write;

use std::sync::Arc;
use std::sync::atomic::Ordering;

use migrations::Migrator;
use sea_orm::{DatabaseConnection, DbBackend, EntityTrait};
use sea_orm_migration::MigratorTrait;
use tokio::sync::broadcast;
use uuid::Uuid;

pub use access::account::StoredPerson;
pub use access::entry_link::FoundEntry;
pub use access::invitation::Entry;
pub use access::person::{Login, NewPerson, login_key};
pub use access::session::Lifetime;
pub use access::sign_in_attempt::AttemptKey;
pub use assessment::approved::ApprovedScore;
pub use assessment::campaign::NewCampaign;
pub use assessment::campaign_step::{AsideOperation, NewStep};
pub use assessment::evidence::EvidenceOwner;
pub use assessment::expert::{AssignedExpert, SchoolSubmission};
pub use assessment::mechanism::CellAnswer;
pub use audit::AuditChain;
pub use error::StoreError;
pub use forms::attachment::Chunk;
pub use forms::form::NewForm;
pub use forms::form_draft::{FormUse, StoredDraft};
pub use forms::submission::{FoldInput, Folded, Opening, SubmissionPlace};
pub use live_change::{LiveEntry, LogHeads};
pub use management::case::{CriticalItem, PlacedCase, date_text, day_of};
pub use management::programme::{
    EarlierTerm, GivenDate, LineEdit, NewLine, NewProgramme, NewRow, StoredLine, StoredProgramme,
    StoredReport,
};
pub use management::review::{NewReviewEntry, Opened, Settled, StoredReview};
pub use management::support::StoredSupport;
pub use observation::act::{ActPapers, EarlierSignature, Signing};
pub use observation::day::DEFAULT_POLICY;
pub use observation::observer::ObserverProfile;
pub use observation::staffing::Clash;
pub use operation::job::TakenJob;
pub use procedures::batch::Undoing;
pub use procedures::event::EventFilter;
pub use registry::municipality::Municipality;
pub use registry::setup_code::CodeState;
pub use registry::table_import::{NewTable, RowCounts, SchoolEffect, StoredTable};
pub use results::import::NewImport;
pub use results::layer::{MarkPair, SchoolMarks};
pub use results::live_cell::LiveCell;
pub use results::result::{MISSING_ITEM, PupilKey, StoredPaper, StoredResult};
pub use results::run::{CellColumn, ObservedSheet, RunResult, StoredCell};
pub use schools::school_record::{NewRecord, RecordKind, SchoolRecord};
pub use sqlite::check_version as check_sqlite_version;
pub use sqlite_file::{Sole, sqlite_path};
pub use write::{Author, Write};

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    writer: transaction::Writer,
    reader: DatabaseConnection,
    address: Arc<str>,
    lanes: turn::Lanes,
    news: write::News,
    callers: access::callers::Callers,
    form_documents: forms::submission::FormDocuments,
    kept_logs: forms::submission::KeptLogs,
    pulse: operation::health::Pulse,
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://…` and migrates it.
    ///
    /// # Errors
    /// `Address`, `OldSqlite`, `Unavailable`, or what a migration said.
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        let (writer, reader) = if address.starts_with("sqlite:") {
            let (writer, reader) = sqlite::connect(address).await?;
            operation::refuse_newer(&reader).await?;
            Migrator::up(&writer.connection, None).await?;
            (writer, reader)
        } else if address.starts_with("postgres:") || address.starts_with("postgresql:") {
            let pool = postgres::connect(address).await?;
            operation::refuse_newer(&pool).await?;
            postgres::migrate(&pool).await?;
            let writer = transaction::Writer {
                connection: pool.clone(),
                doubt: transaction::Doubt::default(),
            };
            (writer, pool)
        } else {
            return Err(StoreError::Address);
        };
        Ok(Store {
            writer,
            reader,
            address: address.into(),
            lanes: turn::Lanes::default(),
            news: write::News::new(),
            callers: access::callers::Callers::default(),
            form_documents: forms::submission::FormDocuments::default(),
            kept_logs: forms::submission::KeptLogs::default(),
            pulse: operation::health::Pulse::default(),
        })
    }

    /// Which database this is: `sqlite` or `postgresql`.
    pub fn kind(&self) -> &'static str {
        match self.writer.connection.get_database_backend() {
            DbBackend::Postgres => "postgresql",
            _ => "sqlite",
        }
    }

    /// Does the database answer?
    ///
    /// # Errors
    /// Those of the database.
    pub async fn ping(&self) -> Result<(), StoreError> {
        entity::registry::municipality::Entity::find()
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
        let turn = self
            .lanes
            .alone(&self.writer, author.municipality.0)
            .await?;
        Ok(self.begun(turn, write::Company::Alone, author, now_ms))
    }

    /// Begins a small change, which may share its commit with others that wait at the same moment. It
    /// keeps or undoes its own part alone; only a commit that fails takes all of them with it.
    ///
    /// # Errors
    /// `Busy` when the turn does not come.
    pub async fn write_together(&self, author: Author, now_ms: i64) -> Result<Write, StoreError> {
        let (lanes, writer, news) = (self.lanes.clone(), self.writer.clone(), self.news.clone());
        let municipality = author.municipality.0;
        let turn =
            turn::unstopped(async move { lanes.together(&writer, municipality, &news).await })
                .await?;
        Ok(self.begun(turn, write::Company::Shared, author, now_ms))
    }

    fn begun(
        &self,
        turn: turn::Begun,
        company: write::Company,
        author: Author,
        now_ms: i64,
    ) -> Write {
        let kept = write::Shelves {
            news: self.news.clone(),
            callers: self.callers.clone(),
            form_documents: self.form_documents.clone(),
            kept_logs: self.kept_logs.clone(),
        };
        Write::begin(turn, company, author, now_ms, kept)
    }

    /// A plain write transaction, for what belongs to no municipality.
    async fn begin(&self) -> Result<transaction::Transaction, StoreError> {
        Ok(self.writer.begin().await?)
    }

    /// Changes of this process that left no trace in the two logs. Whoever keeps what it has read
    /// compares this number and the heads of the logs.
    pub fn silent_changes(&self) -> u64 {
        self.news.silent.load(Ordering::Acquire)
    }

    /// Where to hear that a municipality's live log has grown in this process.
    pub fn grown(&self) -> broadcast::Receiver<Uuid> {
        self.news.grown.subscribe()
    }

    /// Ends when a job was asked for in this process.
    pub fn jobs_asked(&self) -> impl Future<Output = ()> + use<> {
        let asked = self.news.asked.clone();
        async move { asked.notified().await }
    }

    /// The address it was opened with; it may hold a password.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The writing connection, for tests that damage the database on purpose.
    #[doc(hidden)]
    pub fn connection_for_tests(&self) -> &DatabaseConnection {
        &self.writer.connection
    }

    /// The address, for tests that open the database a second time.
    #[doc(hidden)]
    pub fn address_for_tests(&self) -> &str {
        &self.address
    }
}
