//! Procedures of assessment, their events and the calendar: what is stored.

pub(super) mod batch;
pub(super) mod event;
pub(super) mod event_change;
pub(super) mod procedure;
pub(super) mod readiness;
