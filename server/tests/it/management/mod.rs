//! From a finding to help: cases and measures: tests through the router.

pub(crate) mod case;
pub(crate) mod programme;
pub(crate) mod review;
pub(crate) mod support;
