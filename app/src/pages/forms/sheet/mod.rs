//! What the pages for filling in share: saving, the list of questions, the review, going to a question.

pub mod alarm;
pub mod answers;
pub mod begin;
pub mod follow;
pub mod go;
pub mod jump;
pub mod result;
pub mod review;
pub mod save_line;
