//! Nulls: what honest schools of a size show.

pub mod by_size;
pub mod normal;
pub mod null_table;
