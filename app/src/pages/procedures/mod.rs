//! Procedures of assessment, their events and the calendar: pages.

pub mod calendar;
pub mod event;
pub mod events;
pub mod new_events;
pub mod plan;
pub mod procedure;
pub mod procedure_edit;
mod ticks;
mod waiting;
