//! From a finding to help: cases and measures: texts.

pub mod cases;
pub mod programmes;
pub mod reviews;
pub mod supports;
