//! From a finding to help: cases and measures: rules.

pub mod review;
pub mod support;
