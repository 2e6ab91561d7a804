//! From a finding to help: cases and measures: pages.

pub mod cases;
mod empty;
pub mod programmes;
pub mod reviews;
pub mod supports;
