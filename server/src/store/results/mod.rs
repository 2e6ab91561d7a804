//! Results of works, their objectivity and what follows from it: what is stored.

pub(super) mod import;
pub(super) mod indicator;
pub(super) mod layer;
pub(super) mod live_cell;
pub(super) mod low_result;
pub(super) mod result;
pub(super) mod run;
