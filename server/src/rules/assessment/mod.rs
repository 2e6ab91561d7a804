//! Schools and the municipality assess themselves, experts look again: rules.

pub mod kappa;
pub mod mechanisms;
