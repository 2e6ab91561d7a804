//! Nulls: what honest schools of a size show.

pub mod funnel;
pub mod normal;
pub mod null_table;
