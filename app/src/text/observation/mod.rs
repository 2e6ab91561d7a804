//! Who watches an event, and what they saw: texts.

pub mod act;
pub mod assignments;
pub mod checklist;
pub mod day;
pub mod observers;
pub mod prepare;
pub mod staffing;
