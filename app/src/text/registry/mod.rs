//! Organisations: texts.

pub mod organisation;
pub mod table_import;
