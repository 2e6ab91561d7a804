//! The municipality and its organisations: what is stored.

pub(super) mod municipality;
pub(super) mod organisation;
pub(super) mod setup_code;
pub(super) mod table_import;
