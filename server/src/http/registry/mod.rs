//! The municipality and its organisations: handlers.

pub(super) mod organisation;
pub(super) mod organisation_import;
