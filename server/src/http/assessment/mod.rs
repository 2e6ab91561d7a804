//! Schools and the municipality assess themselves, experts look again: handlers.

pub(super) mod agreement;
pub(super) mod approval;
pub(super) mod background;
pub(super) mod campaign;
pub(super) mod campaign_reminder;
pub(super) mod campaign_result;
pub(super) mod evidence;
pub(super) mod expert;
pub(super) mod mechanism;
pub(super) mod protocol;
