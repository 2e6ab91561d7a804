//! Procedures of assessment, their events and the calendar: rules.

pub mod calendar;
