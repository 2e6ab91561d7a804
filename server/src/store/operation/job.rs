//! Jobs: asked for inside a change, taken by one worker at a time, tried again when it fails.

use api::id::MunicipalityId;
use api::operation::system::JobCounts;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType},
};
use uuid::Uuid;

use crate::jobs::Job;
use crate::store::entity::job;
use crate::store::name::document;
use crate::store::{Store, StoreError, Write};

/// How long a worker keeps a job without a sign of life, ms.
const LOCK_MS: i64 = 30_000;
/// Attempts before a job counts as failed.
const ATTEMPTS: i32 = 3;
/// Wait before the second attempt, ms; doubles.
const BACKOFF_MS: i64 = 10_000;

/// A job that a worker holds.
#[derive(Clone, Debug, PartialEq)]
pub struct TakenJob {
    /// Municipality.
    pub municipality: MunicipalityId,
    /// Id.
    pub id: Uuid,
    /// What to do.
    pub job: Job,
    /// Which attempt this is, from 1.
    pub attempt: u32,
}

impl Write {
    /// Asks for a job, to be begun after the commit.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn enqueue(&mut self, job: &Job) -> Result<(), StoreError> {
        job::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(Uuid::now_v7()),
            kind: Set(job.kind().to_owned()),
            payload: Set(serde_json::to_string(job)?),
            state: Set("queued".to_owned()),
            attempts: Set(0),
            run_after_ms: Set(self.now_ms),
            locked_until_ms: Set(0),
            created_ms: Set(self.now_ms),
            finished_ms: Set(None),
            error: Set(None),
        }
        .insert(&self.transaction)
        .await?;
        self.has_jobs = true;
        Ok(())
    }
}

impl Store {
    /// Takes the job that waits longest, or one whose worker died.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn take_job(&self, now_ms: i64) -> Result<Option<TakenJob>, StoreError> {
        // A look without the write lock first: workers ask every few seconds.
        if due(&self.reader, now_ms).await?.is_none() {
            return Ok(None);
        }
        let transaction = self.begin().await?;
        let Some(row) = due(&transaction, now_ms).await? else {
            return Ok(None);
        };
        let job = document(&row.payload)?;
        let attempt = row.attempts + 1;
        let (municipality, id) = (row.municipality_id, row.id);
        let mut row = row.into_active_model();
        row.state = Set("running".to_owned());
        row.attempts = Set(attempt);
        row.locked_until_ms = Set(now_ms + LOCK_MS);
        row.update(&transaction).await?;
        transaction.commit().await?;
        Ok(Some(TakenJob {
            municipality: MunicipalityId(municipality),
            id,
            job,
            attempt: attempt.unsigned_abs(),
        }))
    }

    /// Jobs of a municipality by where they stand.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn job_counts(&self, municipality: MunicipalityId) -> Result<JobCounts, StoreError> {
        let count = |state: &'static str| {
            job::Entity::find()
                .filter(job::Column::MunicipalityId.eq(municipality.0))
                .filter(job::Column::State.eq(state))
                .count(&self.reader)
        };
        Ok(JobCounts {
            waiting: count("queued").await?,
            running: count("running").await?,
            failed: count("failed").await?,
        })
    }

    /// Gives jobs of a server that was killed back, for a server that has the database to itself.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn free_jobs(&self) -> Result<u64, StoreError> {
        let transaction = self.begin().await?;
        let done = job::Entity::update_many()
            .col_expr(job::Column::LockedUntilMs, Expr::value(0_i64))
            .filter(job::Column::State.eq("running"))
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(done.rows_affected)
    }

    /// A sign of life of the worker that holds a job.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn keep_job(&self, taken: &TakenJob, now_ms: i64) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        job::ActiveModel {
            municipality_id: Set(taken.municipality.0),
            id: Set(taken.id),
            locked_until_ms: Set(now_ms + LOCK_MS),
            ..Default::default()
        }
        .update(&transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Notes the end of a job; a failed one is tried again later, a few times.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn finish_job(
        &self,
        taken: &TakenJob,
        outcome: Result<(), String>,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let attempts = i32::try_from(taken.attempt).unwrap_or(i32::MAX);
        let mut row = job::ActiveModel {
            municipality_id: Set(taken.municipality.0),
            id: Set(taken.id),
            locked_until_ms: Set(0),
            ..Default::default()
        };
        match outcome {
            Ok(()) => {
                row.state = Set("done".to_owned());
                row.finished_ms = Set(Some(now_ms));
                row.error = Set(None);
            }
            Err(error) if attempts < ATTEMPTS => {
                row.state = Set("queued".to_owned());
                row.run_after_ms = Set(now_ms + (BACKOFF_MS << (attempts - 1).clamp(0, 10)));
                row.error = Set(Some(error));
            }
            Err(error) => {
                row.state = Set("failed".to_owned());
                row.finished_ms = Set(Some(now_ms));
                row.error = Set(Some(error));
            }
        }
        let transaction = self.begin().await?;
        row.update(&transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Removes jobs that ended before `before_ms`.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn prune_jobs(&self, before_ms: i64) -> Result<u64, StoreError> {
        let transaction = self.begin().await?;
        let done = job::Entity::delete_many()
            .filter(job::Column::FinishedMs.lt(before_ms))
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(done.rows_affected)
    }
}

async fn due(
    connection: &impl ConnectionTrait,
    now_ms: i64,
) -> Result<Option<job::Model>, StoreError> {
    let waiting = Condition::all()
        .add(job::Column::State.eq("queued"))
        .add(job::Column::RunAfterMs.lte(now_ms));
    let orphaned = Condition::all().add(job::Column::State.eq("running")).add(
        Condition::any()
            .add(job::Column::LockedUntilMs.lte(now_ms))
            // Noted by a clock that was set back since.
            .add(job::Column::LockedUntilMs.gt(now_ms + LOCK_MS)),
    );
    let mut query = job::Entity::find()
        .filter(Condition::any().add(waiting).add(orphaned))
        .order_by_asc(job::Column::RunAfterMs)
        .order_by_asc(job::Column::Id);
    if connection.get_database_backend() == DbBackend::Postgres {
        query = query.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    Ok(query.one(connection).await?)
}
