//! A transaction that remembers its failure: after it nothing more is done in it, nothing of it is kept,
//! and the connection it had is thrown away.
//!
//! After some errors (no space, no memory, an error of the disk) SQLite undoes the whole transaction by
//! itself. Whoever goes on then writes outside of any transaction, and the driver, which counts open
//! transactions and cannot roll back one that is gone, takes the next one for a savepoint inside of it: it is
//! acknowledged and committed by nobody. PostgreSQL answers COMMIT of a failed transaction without an error.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use sea_orm::sqlx::error::ErrorKind;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    QueryResult, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

use super::error::cause;

/// Whether the writing connection is to be thrown away when it is given back. Cheap to clone.
#[derive(Clone, Default)]
pub(super) struct Doubt(Arc<AtomicBool>);

impl Doubt {
    /// The connection in use has failed.
    fn raise(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Was it in doubt? It is not any more: the next connection is another one.
    pub(super) fn take(&self) -> bool {
        self.0.swap(false, Ordering::AcqRel)
    }
}

/// A connection that changes are made through.
#[derive(Clone)]
pub(super) struct Writer {
    pub(super) connection: DatabaseConnection,
    pub(super) doubt: Doubt,
}

impl Writer {
    /// A transaction; on SQLite it takes the write lock at once.
    ///
    /// # Errors
    /// Those of the database.
    pub(super) async fn begin(&self) -> Result<Transaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let inner = match self.connection.begin_with_options(options).await {
            Ok(inner) => inner,
            Err(error) => {
                // A lock that somebody else holds says nothing about the connection.
                if !is_busy(&error) {
                    self.doubt.raise();
                }
                return Err(error);
            }
        };
        Ok(Transaction {
            inner,
            own: OnceLock::new(),
            whole: Arc::default(),
            doubt: self.doubt.clone(),
        })
    }
}

/// A transaction, or a savepoint in one. Undone when dropped without a commit.
pub(super) struct Transaction {
    inner: DatabaseTransaction,
    /// What failed since this one began.
    own: OnceLock<DbErr>,
    /// What failed so that everything is undone, with all savepoints.
    whole: Arc<OnceLock<DbErr>>,
    doubt: Doubt,
}

impl Transaction {
    /// A savepoint.
    ///
    /// # Errors
    /// Those of the database, or the earlier failure.
    pub(super) async fn begin(&self) -> Result<Transaction, DbErr> {
        self.check()?;
        let inner = self.note(self.inner.begin().await)?;
        Ok(Transaction {
            inner,
            own: OnceLock::new(),
            whole: self.whole.clone(),
            doubt: self.doubt.clone(),
        })
    }

    /// Keeps what was done.
    ///
    /// # Errors
    /// Those of the database, or the earlier failure; then nothing is kept.
    pub(super) async fn commit(self) -> Result<(), DbErr> {
        self.check()?;
        let Transaction {
            inner,
            whole,
            doubt,
            ..
        } = self;
        let done = inner.commit().await;
        if let Err(error) = &done {
            // Whether SQLite has undone it is told by nobody.
            doubt.raise();
            let _ = whole.set(error.clone());
        }
        done
    }

    /// Refuses to go on after a failure, with the error that it was.
    fn check(&self) -> Result<(), DbErr> {
        match self.whole.get().or_else(|| self.own.get()) {
            Some(error) => Err(error.clone()),
            None => Ok(()),
        }
    }

    fn note<T>(&self, done: Result<T, DbErr>) -> Result<T, DbErr> {
        if let Err(error) = &done {
            // The first one stays.
            let _ = self.own.set(error.clone());
            if !is_of_the_statement(self.inner.get_database_backend(), error) {
                let _ = self.whole.set(error.clone());
                self.doubt.raise();
            }
        }
        done
    }
}

/// Does an error undo the statement alone, so that a savepoint before it is as good as ever?
fn is_of_the_statement(backend: DbBackend, error: &DbErr) -> bool {
    match cause(error) {
        Some(sea_orm::sqlx::Error::Database(database)) => match backend {
            // A broken rule; whatever else SQLite says may have undone everything.
            DbBackend::Sqlite => !matches!(database.kind(), ErrorKind::Other),
            _ => true,
        },
        Some(sea_orm::sqlx::Error::RowNotFound) => true,
        Some(_) => false,
        // Errors of the library before or after the statement: a value that cannot be read.
        None => true,
    }
}

fn is_busy(error: &DbErr) -> bool {
    matches!(
        super::StoreError::from(error.clone()),
        super::StoreError::Busy(_)
    )
}

#[async_trait::async_trait]
impl ConnectionTrait for Transaction {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.check()?;
        self.note(self.inner.execute_raw(statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.check()?;
        self.note(self.inner.execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.check()?;
        self.note(self.inner.query_one_raw(statement).await)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.check()?;
        self.note(self.inner.query_all_raw(statement).await)
    }
}
