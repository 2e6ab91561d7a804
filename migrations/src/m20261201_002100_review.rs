//! Reviews of signs, from a cell to the effect of measures; see `review.sql`.

use sea_orm_migration::prelude::{DbErr, MigrationName, MigrationTrait, SchemaManager};
use sea_orm_migration::sea_orm::ConnectionTrait;

/// The tables of reviews.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261201_002100_review"
    }
}

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .get_connection()
            .execute_unprepared(include_str!("review.sql"))
            .await?;
        Ok(())
    }

    /// SQLite would otherwise leave half a schema behind when a statement fails.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
