//! The register of organisations: pages where it is kept.

mod draft;
pub mod organisation;
pub mod table_import;
