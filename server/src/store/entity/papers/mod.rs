//! Documents, files and reports: tables.

pub mod document;
pub mod file_upload;
