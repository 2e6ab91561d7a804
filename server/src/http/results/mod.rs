//! Results of works, their objectivity and what follows from it: handlers.

pub(super) mod cell;
pub(super) mod cell_summary;
pub(super) mod dynamics;
pub mod ground;
pub(super) mod heat_map;
pub(super) mod import;
pub(super) mod indicator;
pub(super) mod kept_map;
pub(super) mod low_result;
pub(super) mod map_layer;
pub(super) mod run;
