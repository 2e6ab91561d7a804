//! Who watches an event, and what they saw: pages.

pub mod act;
pub mod assignments;
pub mod checklist;
pub mod day;
pub mod declarations;
pub mod observers;
pub mod prepare;
pub mod training;
