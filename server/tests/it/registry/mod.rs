//! The register of organisations: tests through the router.

mod organisation;
mod organisation_import;
