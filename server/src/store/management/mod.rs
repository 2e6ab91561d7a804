//! From a finding to help: cases and measures: what is stored.

pub(super) mod case;
pub(super) mod programme;
pub(super) mod review;
pub(super) mod support;
