//! From a finding to help: cases and measures: rules.

pub mod support;
