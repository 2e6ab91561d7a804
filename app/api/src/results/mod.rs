//! Results of works, their objectivity and what follows from it: what travels.

pub mod cell;
pub mod dynamics;
pub mod heat_map;
pub mod import;
pub mod indicator;
pub mod layer;
pub mod low_result;
pub mod run;
