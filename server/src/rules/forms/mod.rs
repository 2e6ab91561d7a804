//! Forms and what is filled in with them: rules.

pub(crate) mod answer_list;
pub(crate) mod answers;
pub(crate) mod fold;
pub mod form_draft;
pub mod instrument;
pub(crate) mod shelf;
