//! Procedures of assessment, their events and the calendar: tables.

pub mod assignment;
pub mod event;
pub mod event_batch;
pub mod event_change;
pub mod event_plan;
pub mod procedure;
pub mod readiness;
