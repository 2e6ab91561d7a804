//! From a finding to help: cases and measures: handlers.

pub(super) mod case;
pub(super) mod review;
pub(super) mod support;
