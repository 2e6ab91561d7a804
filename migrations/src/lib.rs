//! Migrations of the database: one set for SQLite and PostgreSQL.

use sea_orm_migration::prelude::{MigrationTrait, MigratorTrait};

mod m20260901_foundation;

/// All migrations, oldest first.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m20260901_foundation::Migration)]
    }
}
