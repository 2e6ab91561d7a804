//! Keeping the product running: its beginning and its state.

pub mod first_hour;
pub mod system;
