//! Charts: pure functions from data to marks, then SVG. Each has a table with the same figures.
//!
//! One grammar: [`frame`] is the heading, the conclusion and the table; [`walk`] reads a drawing mark by mark; [`axis`]
//! and [`legend`] are the same everywhere; [`scale`] puts values to their places.

pub mod axis;
pub mod frame;
pub mod legend;
pub mod scale;
pub mod stack;
pub mod walk;

pub mod bullet;
pub mod cohort;
pub mod funnel;
pub mod histogram;
pub mod items;
pub mod marks;
pub mod matrix;
pub mod register;
pub mod slope;
pub mod spark;
pub mod years;

/// Width of every drawing in its own units; the page stretches it.
pub const WIDTH: f64 = 360.0;
