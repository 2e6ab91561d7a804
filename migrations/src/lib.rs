//! Migrations of the database: one set for SQLite and PostgreSQL.

use sea_orm_migration::prelude::{MigrationTrait, MigratorTrait};

mod m20260901_foundation;
mod m20261122_attachment;
mod m20261122_event_of_cell;
mod m20261122_form_drafts;
mod m20261122_indicator;
mod m20261122_low_result;
mod m20261122_mechanisms;
mod m20261122_operation_index;
mod m20261122_staffing;
mod m20261122_superseded;
mod m20261122_support;
mod m20261122_teamwork;
mod m20261201_000010_founding;
mod m20261201_000100_health;
mod m20261201_000700_kept_hash;
mod m20261201_001700_accounts;
mod m20261201_001710_table_import;
mod m20261201_001720_planning;
mod m20261201_001800_operation;
mod m20261201_002000_event_change;
mod m20261201_002100_review;
mod m20261201_002400_programme;

/// All migrations, oldest first.
pub struct Migrator;

impl MigratorTrait for Migrator {
    // One line a migration, so that two branches that each add one merge without a conflict.
    #[expect(clippy::vec_init_then_push)]
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all: Vec<Box<dyn MigrationTrait>> = Vec::new();
        all.push(Box::new(m20260901_foundation::Migration));
        all.push(Box::new(m20261122_attachment::Migration));
        all.push(Box::new(m20261122_teamwork::Migration));
        all.push(Box::new(m20261122_mechanisms::Migration));
        all.push(Box::new(m20261122_superseded::Migration));
        all.push(Box::new(m20261122_staffing::Migration));
        all.push(Box::new(m20261122_form_drafts::Migration));
        all.push(Box::new(m20261122_support::Migration));
        all.push(Box::new(m20261122_event_of_cell::Migration));
        all.push(Box::new(m20261122_low_result::Migration));
        all.push(Box::new(m20261122_operation_index::Migration));
        all.push(Box::new(m20261122_indicator::Migration));
        all.push(Box::new(m20261201_000100_health::Migration));
        all.push(Box::new(m20261201_001800_operation::Migration));
        all.push(Box::new(m20261201_000010_founding::Migration));
        all.push(Box::new(m20261201_000700_kept_hash::Migration));
        all.push(Box::new(m20261201_002000_event_change::Migration));
        all.push(Box::new(m20261201_001700_accounts::Migration));
        all.push(Box::new(m20261201_001710_table_import::Migration));
        all.push(Box::new(m20261201_001720_planning::Migration));
        all.push(Box::new(m20261201_002400_programme::Migration));
        all.push(Box::new(m20261201_002100_review::Migration));
        all
    }
}
