//! Keeping the product running: tables.
pub mod upkeep;
