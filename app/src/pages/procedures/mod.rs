//! Procedures of assessment, their events and the calendar: pages.

pub mod calendar;
pub mod event;
pub mod events;
mod waiting;
