//! Who watches an event, and what they saw: what travels.

pub mod act;
pub mod colleague;
pub mod day;
pub mod observer;
pub mod staffing;
