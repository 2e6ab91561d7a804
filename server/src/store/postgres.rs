//! PostgreSQL: one pool; replicas that start together take turns at migrating.

use std::time::Duration;

use migrations::Migrator;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, TransactionTrait};
use sea_orm_migration::MigratorTrait;

use super::StoreError;

const CONNECTIONS: u32 = 16;
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// Any number, the same in every replica.
const MIGRATION_LOCK: i64 = 0x6f72_6965_6e74;

/// Opens the pool.
///
/// # Errors
/// `Unavailable` when the server does not answer.
pub async fn connect(url: &str) -> Result<DatabaseConnection, StoreError> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(CONNECTIONS)
        .min_connections(2)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .set_application_name("orientir");
    Ok(Database::connect(options).await?)
}

/// Migrates under an advisory lock that ends with the transaction which holds it.
///
/// # Errors
/// Those of the migrations.
pub async fn migrate(connection: &DatabaseConnection) -> Result<(), StoreError> {
    let turn = connection.begin().await?;
    turn.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
        .await?;
    Migrator::up(connection, None).await?;
    turn.commit().await?;
    Ok(())
}
