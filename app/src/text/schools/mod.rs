//! What a school is: context, changes, profile: texts.

pub mod changes;
pub mod context;
pub mod profile;
pub mod school;
