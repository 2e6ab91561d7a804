//! Which migrations a database has, and which this program knows.

use std::collections::BTreeSet;

use migrations::Migrator;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, TransactionTrait};
use sea_orm_migration::{MigratorTrait, SchemaManager};

use super::Connection;
use crate::store::StoreError;

/// The schema of a database beside the one of this program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// Migrations it has, by name.
    pub applied: Vec<String>,
    /// Migrations it lacks, oldest first.
    pub pending: Vec<String>,
    /// Migrations it has that this program does not know.
    pub unknown: Vec<String>,
    /// Version of the program that served it last, when it is known.
    pub program: Option<String>,
}

impl Schema {
    /// Looks without changing anything. A database without tables has an empty schema.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn of(connection: &mut Connection) -> Result<Self, StoreError> {
        let tables: BTreeSet<String> = super::shape::tables(connection).await?;
        let mut texts = async |table: &str, sql: &str| -> Result<Vec<String>, StoreError> {
            if !tables.contains(table) {
                return Ok(Vec::new());
            }
            let rows = connection.texts(sql).await?;
            Ok(rows.into_iter().flatten().flatten().collect())
        };
        let applied = texts(
            "seaql_migrations",
            "SELECT CAST(version AS text) FROM seaql_migrations ORDER BY version",
        )
        .await?;
        let program = texts("installation", "SELECT program FROM installation").await?;
        Ok(Schema {
            program: program.into_iter().next(),
            ..Schema::beside(applied)
        })
    }

    /// A list of migrations beside those of this program.
    pub fn beside(applied: Vec<String>) -> Self {
        let known = names();
        let lacks = |list: &[String], name: &String| !list.contains(name);
        Schema {
            pending: known
                .iter()
                .filter(|name| lacks(&applied, name))
                .cloned()
                .collect(),
            unknown: applied
                .iter()
                .filter(|name| lacks(&known, name))
                .cloned()
                .collect(),
            applied,
            program: None,
        }
    }

    /// Refuses what a newer program made.
    ///
    /// # Errors
    /// `NewerSchema`, with both versions.
    pub fn refuse_newer(&self) -> Result<(), StoreError> {
        let Some(newest) = self.unknown.last() else {
            return Ok(());
        };
        let known = names();
        let version = |program: &str, migration: &str| format!("{program} ({migration})");
        Err(StoreError::NewerSchema {
            found: version(self.program.as_deref().unwrap_or("?"), newest),
            own: version(
                env!("CARGO_PKG_VERSION"),
                known.last().map_or("", String::as_str),
            ),
        })
    }
}

/// Refuses a database that a newer program has changed.
///
/// # Errors
/// `NewerSchema`, or those of the database.
pub async fn refuse_newer(connection: &DatabaseConnection) -> Result<(), StoreError> {
    let manager = SchemaManager::new(connection);
    let texts = async |table: &str, column: &str| -> Result<Vec<String>, StoreError> {
        if !manager.has_table(table).await? {
            return Ok(Vec::new());
        }
        let sql = format!("SELECT CAST({column} AS text) AS word FROM {table} ORDER BY 1");
        let backend = connection.get_database_backend();
        let rows = connection
            .query_all_raw(Statement::from_string(backend, sql))
            .await?;
        Ok(rows
            .iter()
            .map(|row| row.try_get("", "word"))
            .collect::<Result<_, _>>()?)
    };
    let applied = texts("seaql_migrations", "version").await?;
    let program = texts("installation", "program").await?;
    let schema = Schema {
        program: program.into_iter().next(),
        ..Schema::beside(applied)
    };
    schema.refuse_newer()
}

/// Names of the migrations of this program, oldest first.
pub fn names() -> Vec<String> {
    Migrator::migrations()
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect()
}

/// Makes the tables as they were after these migrations, however the branches that brought them met.
///
/// # Errors
/// Those of the database.
pub(super) async fn build(
    connection: &DatabaseConnection,
    applied: &[String],
) -> Result<(), StoreError> {
    Migrator::install(connection).await?;
    for migration in Migrator::migrations() {
        if !applied.iter().any(|name| name == migration.name()) {
            continue;
        }
        let transaction = connection.begin().await?;
        migration.up(&SchemaManager::new(&transaction)).await?;
        transaction.commit().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_migration_is_one_transaction() {
        for migration in Migrator::migrations() {
            assert_eq!(
                migration.use_transaction(),
                Some(true),
                "{} would leave half a schema behind when it fails",
                migration.name()
            );
        }
    }

    #[test]
    fn a_newer_schema_is_refused_with_both_versions() {
        let mut applied = names();
        applied.push("m20990101_future".to_owned());
        let schema = Schema {
            program: Some("9.8.7".to_owned()),
            ..Schema::beside(applied)
        };
        let error = schema.refuse_newer().expect_err("newer").to_string();
        for part in ["9.8.7", "m20990101_future", env!("CARGO_PKG_VERSION")] {
            assert!(error.contains(part), "{error}");
        }
    }
}
