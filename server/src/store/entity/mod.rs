//! Rows of the tables, as in `migrations/src/*.sql`. They never leave `store`.

// The entity macro also makes companions for nested saves, which not every table needs.
#![allow(dead_code)]

pub(super) mod access;
pub(super) mod assessment;
pub(super) mod forms;
pub(super) mod management;
pub(super) mod observation;
pub(super) mod operation;
pub(super) mod papers;
pub(super) mod procedures;
pub(super) mod registry;
pub(super) mod results;
pub(super) mod schools;

pub mod audit;
pub mod head;
pub mod health;
pub mod job;
pub mod live_change;
