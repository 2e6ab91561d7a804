//! Forms and what is filled in with them: tests through the router.

pub(crate) mod attachment;
pub(crate) mod form_draft;
pub(crate) mod submission;
