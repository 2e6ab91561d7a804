//! Documents, files and reports: what travels.

pub mod document;
