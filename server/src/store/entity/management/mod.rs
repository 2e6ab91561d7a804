//! From a finding to help: cases and measures: tables.

pub mod programme;
pub mod review;
pub mod support;
