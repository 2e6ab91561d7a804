//! Statistics, one per file: slices in, numbers out. None of them knows schools, cells or states. The channels run these
//! and no others, so that a check here is a check of the engine.
//!
//! Missing values never enter as zero: a function that cannot say anything returns `None` or a named error. Sums that
//! accumulate over pupils are integers, so they do not depend on the order of rows or on threads; sums over schools are
//! floating point, so callers give schools in a fixed order.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod lattice;
mod legendre;
pub mod median;
pub mod tails;

pub mod bunching;
pub mod counterfactual;
pub mod score_kernels;

pub mod funnel;
pub mod heavy_tail;

pub mod item_profile;
pub mod response_model;

pub mod pair_similarity;
pub mod room_similarity;

pub mod cohort;
pub mod random_intercept;
pub mod shrinkage;

pub mod false_discovery;
pub mod intervals;
pub mod register_gap;
pub mod score_sums;
