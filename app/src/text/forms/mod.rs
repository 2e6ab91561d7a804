//! Forms and what is filled in with them: texts.

pub mod drafts;
pub mod form;
pub mod submission;
