//! Roadmaps as a whole: real ones, invented ones and hostile ones.
#![allow(clippy::unwrap_used, missing_docs)]

mod adversarial;
mod build;
mod cases;
mod invented;
mod phrases;
mod properties;
mod tables;
