//! Forms and what is filled in with them: what is stored.

pub(super) mod attachment;
pub(super) mod comment;
pub(super) mod form;
pub(super) mod form_draft;
pub(super) mod submission;
