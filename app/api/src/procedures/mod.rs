//! Procedures of assessment, their events and the calendar: what travels.

pub mod batch;
pub mod calendar;
pub mod event;
pub mod procedure;
pub mod readiness;
