//! Statistics against results made by others; data sets are read where they are and skipped loudly where they are not.
#![allow(clippy::unwrap_used)]

mod reference;

mod bunching;
mod cohort;
mod engine;
mod random_intercept;
mod similarity;
