//! Forms and what is filled in with them: handlers.

pub(super) mod attachment;
pub(super) mod comment;
pub(super) mod form;
pub(super) mod form_draft;
pub(super) mod presence;
pub(super) mod submission;
