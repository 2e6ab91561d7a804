//! Results of works, their objectivity and what follows from it: texts.

pub mod cell;
pub mod cell_chart;
pub mod heat_map;
pub mod import;
pub mod indicators;
pub mod low_results;
pub mod run;
