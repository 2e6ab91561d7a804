//! Who watches an event, and what they saw: tables.

pub mod act;
pub mod observer;
pub mod staffing;
