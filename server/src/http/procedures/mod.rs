//! Procedures of assessment, their events and the calendar: handlers.

pub(super) mod assignment;
pub(super) mod batch;
pub(super) mod calendar;
pub(super) mod event;
pub(super) mod procedure;
pub(super) mod readiness;
