//! Keeping the product running: what travels.

pub mod first_hour;
pub mod health;
pub mod system;
