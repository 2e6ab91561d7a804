//! From a finding to help: cases and measures: handlers.

pub(super) mod case;
pub(super) mod programme;
pub(super) mod programme_line;
pub(super) mod review;
pub(super) mod support;
