//! From a finding to help: cases and measures: what travels.

pub mod case;
pub mod programme;
pub mod review;
pub mod support;
