//! Results of works, their objectivity and what follows from it: pages.

pub mod cell;
pub mod heat_map;
pub mod imports;
pub mod indicators;
pub mod low_results;
pub mod run_comparison;
pub mod runs;
