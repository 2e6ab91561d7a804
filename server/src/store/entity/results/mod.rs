//! Results of works, their objectivity and what follows from it: tables.

pub mod external_list;
pub mod indicator_value;
pub mod low_result_identification;
pub mod objectivity_cell;
pub mod objectivity_run;
pub mod paper;
pub mod result;
pub mod result_import;
