//! Who watches an event, and what they saw: tests through the router.

pub(crate) mod act;
pub(crate) mod colleague;
pub(crate) mod day;
pub(crate) mod observer;
pub(crate) mod request;
pub(crate) mod staffing;
