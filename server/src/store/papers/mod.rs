//! Documents, files and reports: what is stored.

pub(super) mod document;
pub(super) mod file;
