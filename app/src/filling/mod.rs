//! Filling in one form: what is pure stands in plain structs, what needs a browser stands apart.
//!
//! Answers are operations in a [`log`]; the state of the form is a fold over them. Each operation is
//! stored on the device before anything is sent, so neither a reload nor an ended session loses one.

pub mod advice;
pub mod log;
pub mod overview;
pub mod retry;
pub mod save_state;
pub mod steps;
pub mod view;
