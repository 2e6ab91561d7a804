//! The municipality and its organisations: what travels.

pub mod organisation;
pub mod table_import;
