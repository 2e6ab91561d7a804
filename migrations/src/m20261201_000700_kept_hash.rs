//! Pictures are kept without their metadata: the hash of what is kept, where it differs from what was announced.

use sea_orm_migration::prelude::{DbErr, MigrationName, MigrationTrait, SchemaManager};
use sea_orm_migration::sea_orm::ConnectionTrait;

/// The column.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261201_000700_kept_hash"
    }
}

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .get_connection()
            .execute_unprepared("ALTER TABLE attachment ADD COLUMN kept_hash text")
            .await?;
        Ok(())
    }

    /// SQLite would otherwise leave half a schema behind when a statement fails.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
