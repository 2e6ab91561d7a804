//! Who watches an event, and what they saw: rules.

pub mod staffing;
pub mod training;
