//! Procedures of assessment, their events and the calendar: texts.

pub mod calendar;
pub mod events;
pub mod plan;
pub mod readiness;
