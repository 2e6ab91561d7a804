//! Schools and the municipality assess themselves, experts look again: what is stored.

pub(super) mod agreement;
pub(super) mod approved;
pub(super) mod background;
pub(super) mod campaign;
pub(super) mod campaign_plan;
pub(super) mod campaign_step;
pub(super) mod evidence;
pub(super) mod expert;
pub(super) mod mechanism;
