//! Keeping the product running: what travels.

pub mod health;
