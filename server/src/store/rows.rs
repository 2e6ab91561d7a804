//! Many rows in few statements.

use sea_orm::{ActiveModelTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel};

/// Rows in one statement. Tables written this way have up to 16 columns; SQLite takes 32,766 parameters.
const LONGEST: usize = 512;

/// Inserts rows, in statements whose lengths are powers of two, so that every statement is prepared once.
///
/// # Errors
/// Those of the database.
pub(super) async fn insert<E>(
    transaction: &DatabaseTransaction,
    rows: Vec<E::Model>,
) -> Result<(), DbErr>
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
