//! The municipality and its organisations: tables.

pub mod municipality;
pub mod organisation;
pub mod organisation_change;
pub mod table_import;
