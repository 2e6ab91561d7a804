//! Results of works, their objectivity and what follows from it: rules.

pub mod cell_chart;
pub mod cell_text;
pub mod dynamics;
pub mod indicators;
pub mod low_results;
pub mod next;
