//! Events that are moved or called off, and reminders of offers; see `event_change.sql`.

use sea_orm_migration::prelude::{DbErr, MigrationName, MigrationTrait, SchemaManager};
use sea_orm_migration::sea_orm::ConnectionTrait;

/// Events that are moved or called off, and reminders of offers.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261201_002000_event_change"
    }
}

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .get_connection()
            .execute_unprepared(include_str!("event_change.sql"))
            .await?;
        Ok(())
    }

    /// SQLite would otherwise leave half a schema behind when a statement fails.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
