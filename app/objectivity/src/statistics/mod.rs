//! Statistics, one per file: slices in, numbers out. None of them knows schools, cells or states.
//!
//! Missing values never enter as zero: a function that cannot say anything returns `None` or a named error. Sums that
//! accumulate over pupils are integers, so they do not depend on the order of rows or on threads; sums over schools are
//! floating point, so callers give schools in a fixed order.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod lattice;
pub mod tails;

pub mod bunching;
pub mod counterfactual;

pub mod funnel;
pub mod robust_regression;

pub mod item_profile;
pub mod item_sums;

pub mod class_similarity;
pub mod pair_similarity;
pub mod response_model;

pub mod cohort;
pub mod random_intercept;

pub mod confirmation;
pub mod evidence;
pub mod false_discovery;
pub mod intervals;
pub mod participation;
pub mod register_gap;
pub mod score_sums;
pub mod share;
pub mod shrinkage;
pub mod spread;
