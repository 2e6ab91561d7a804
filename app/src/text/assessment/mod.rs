//! Schools and the municipality assess themselves, experts look again: texts.

pub mod campaign;
pub mod evidence;
pub mod expert;
pub mod mechanisms;
pub mod self_assessment;
pub mod team;
