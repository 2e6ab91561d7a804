//! Procedures of assessment, their events and the calendar.

mod event;
mod planning;
