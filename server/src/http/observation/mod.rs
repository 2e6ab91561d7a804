//! Who watches an event, and what they saw: handlers.

pub(super) mod act;
pub(super) mod colleague;
pub(super) mod day;
pub(super) mod declaration;
pub(super) mod observer;
pub(super) mod request;
pub(super) mod staffing;
pub(super) mod training;
