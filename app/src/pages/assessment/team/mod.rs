//! Work together on one submission: who is here, the talk about a question, its history, approval.

pub mod approval;
pub mod here;
pub mod talk;
pub mod trail;
