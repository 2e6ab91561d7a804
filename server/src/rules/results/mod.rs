//! Results of works, their objectivity and what follows from it: rules.

pub mod dynamics;
pub mod indicators;
pub mod low_results;
pub mod next;
