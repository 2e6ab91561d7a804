//! Many rows in few statements.

use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, DbErr, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::transaction::Transaction;

/// Rows in one statement. Tables written this way have up to 16 columns; SQLite takes 32,766 parameters.
const LONGEST: usize = 512;

/// Beyond this many ids a whole table is read instead: databases bound the number of parameters.
const MANY: usize = 1_000;

/// The rows whose column is one of `ids`; of very many ids, all rows.
pub(super) fn among(column: impl ColumnTrait, ids: &[Uuid]) -> Condition {
    if ids.len() > MANY {
        Condition::all()
    } else {
        Condition::all().add(column.is_in(ids.iter().copied()))
    }
}

/// Inserts rows, in statements whose lengths are powers of two, so that every statement is prepared once.
///
/// # Errors
/// Those of the database.
pub(super) async fn insert<E>(transaction: &Transaction, rows: Vec<E::Model>) -> Result<(), DbErr>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: Send,
{
    let mut rows = rows.into_iter();
    while rows.len() > 0 {
        let length = (1_usize << rows.len().ilog2()).min(LONGEST);
        let chunk: Vec<E::ActiveModel> = rows
            .by_ref()
            .take(length)
            .map(|row| row.into_active_model().reset_all())
            .collect();
        E::insert_many(chunk)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}
