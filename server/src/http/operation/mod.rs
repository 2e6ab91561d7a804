//! Keeping the product running: handlers.

pub(super) mod health;
