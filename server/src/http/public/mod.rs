//! What everybody may read: handlers.

pub(super) mod observer;
pub mod page;
