//! Documents, files and reports: pages.

pub mod documents;
