//! Who watches an event, and what they saw: what is stored.

pub(super) mod act;
pub(super) mod colleague;
pub(super) mod day;
pub(super) mod declaration;
pub(super) mod elsewhere;
pub(super) mod observer;
pub(super) mod request;
pub(super) mod staffing;
