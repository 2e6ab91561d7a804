//! Schools and the municipality assess themselves, experts look again: what travels.

pub mod agreement;
pub mod approval;
pub mod background;
pub mod campaign;
pub mod campaign_result;
pub mod evidence;
pub mod expert;
pub mod mechanism;
