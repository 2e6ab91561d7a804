//! Charts: pure functions from data to marks, then SVG. Each has a table with the same figures.

pub mod bullet;
pub mod cohort;
pub mod frame;
pub mod funnel;
pub mod histogram;
pub mod items;
pub mod matrix;
pub mod register;
pub mod scale;

/// Width of every drawing in its own units; the page stretches it.
pub const WIDTH: f64 = 360.0;
