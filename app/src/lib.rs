//! .
pub mod filling;
