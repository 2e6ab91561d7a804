//! Documents, files and reports: texts.

pub mod documents;
