//! Schools and the municipality assess themselves, experts look again: pages.

pub mod agreement;
pub mod campaign;
pub mod expert;
pub mod mechanisms;
pub mod self_assessment;
pub mod team;
