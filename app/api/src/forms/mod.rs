//! Forms and what is filled in with them: what travels.

pub mod attachment;
pub mod comment;
pub mod form;
pub mod form_draft;
pub mod presence;
pub mod submission;
