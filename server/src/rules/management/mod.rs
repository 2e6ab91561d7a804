//! From a finding to help: cases and measures: rules.

pub mod programme;
pub mod programme_file;
pub mod review;
pub mod support;
