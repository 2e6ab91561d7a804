//! From a finding to help: cases and measures: pages.

pub mod cases;
pub mod programmes;
pub mod reviews;
pub mod supports;
