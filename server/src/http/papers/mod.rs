//! Documents, files and reports: handlers.

pub(super) mod document;
pub(super) mod file;
pub(super) mod report;
