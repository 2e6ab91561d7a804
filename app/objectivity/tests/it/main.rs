//! Statistics against results made by others; data sets are read where they are and skipped loudly where they are not.
#![allow(clippy::unwrap_used)]

mod reference;

mod bunching;
mod cohort;
mod decision;
mod engine;
mod honest_exams;
mod honest_regions;
mod random_intercept;
mod reproducible;
mod similarity;
