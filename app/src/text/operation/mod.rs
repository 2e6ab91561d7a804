//! Texts of keeping the product running.

pub mod first_hour;
pub mod system;
