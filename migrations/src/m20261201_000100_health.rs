//! A row for the health check to write: reading alone does not show that a disk is full.

use sea_orm_migration::prelude::{DbErr, MigrationName, MigrationTrait, SchemaManager};
use sea_orm_migration::sea_orm::ConnectionTrait;

/// The table and its row.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261201_000100_health"
    }
}

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        connection
            .execute_unprepared(
                "CREATE TABLE health (id integer NOT NULL PRIMARY KEY, beats bigint NOT NULL)",
            )
            .await?;
        connection
            .execute_unprepared("INSERT INTO health (id, beats) VALUES (1, 0)")
            .await?;
        Ok(())
    }

    /// SQLite would otherwise leave half a schema behind when a statement fails.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
