//! Results of works, their objectivity and what follows from it: tests through the router.

pub(crate) mod analyze;
pub(crate) mod dynamics;
pub(crate) mod heat_map;
pub(crate) mod import;
pub(crate) mod indicator;
pub(crate) mod low_result;
pub(crate) mod map_layer;
pub(crate) mod run;
