//! What everybody may read: texts.

pub mod observers;
pub mod page;
