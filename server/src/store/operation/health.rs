//! Is the database good for work? A server that reads and cannot write is not well.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use tokio::sync::Mutex;

use crate::store::entity::health;
use crate::store::{Store, StoreError};

/// A success is believed this long: whoever asks often must not keep the disk at work.
const BELIEVED: Duration = Duration::from_secs(1);
/// How long somebody else may write, an import for example, before that is an illness.
const LONGEST_CHANGE: Duration = Duration::from_secs(120);
/// The only row.
const ROW: i32 = 1;

/// When the database was last found well. Cheap to clone.
#[derive(Clone, Default)]
pub(in crate::store) struct Pulse(Arc<Mutex<Option<Instant>>>);

impl Store {
    /// Does the database answer, take a write, and give it back to a reader?
    ///
    /// # Errors
    /// Those of the database; `Meaning` when what was committed is not found.
    pub async fn check_health(&self) -> Result<(), StoreError> {
        // One asks, the others wait for what is found.
        let mut well = self.pulse.0.lock().await;
        if well.is_some_and(|at| at.elapsed() < BELIEVED) {
            return Ok(());
        }
        self.ping().await?;
        match self.beat().await {
            Ok(()) => {
                *well = Some(Instant::now());
                Ok(())
            }
            Err(StoreError::Busy(_)) if well.is_some_and(|at| at.elapsed() < LONGEST_CHANGE) => {
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Writes one more beat and reads it back by another connection.
    async fn beat(&self) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        health::Entity::update_many()
            .col_expr(
                health::Column::Beats,
                Expr::col(health::Column::Beats).add(1),
            )
            .filter(health::Column::Id.eq(ROW))
            .exec(&transaction)
            .await?;
        let written = beats(&transaction).await?;
        transaction.commit().await?;
        // Another server may have written since.
        if beats(&self.reader).await? < written {
            return Err(StoreError::Meaning("a commit that no reader finds".into()));
        }
        Ok(())
    }
}

async fn beats(connection: &impl sea_orm::ConnectionTrait) -> Result<i64, StoreError> {
    let row = health::Entity::find_by_id(ROW).one(connection).await?;
    let missing = || DbErr::RecordNotFound("health".into());
    Ok(row.ok_or_else(missing)?.beats)
}
