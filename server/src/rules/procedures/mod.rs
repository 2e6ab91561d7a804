//! Procedures of assessment, their events and the calendar: rules.

pub mod calendar;
pub mod catalogue;
pub mod planning;
