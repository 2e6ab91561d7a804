//! Forms and what is filled in with them: tables.

pub mod attachment;
pub mod attachment_chunk;
pub mod form;
pub mod form_draft;
pub mod operation;
pub mod question_comment;
pub mod submission;
pub mod submission_score;
