//! Keeping the product running: handlers.

pub(super) mod first_hour;
pub(super) mod health;
pub(super) mod system;
