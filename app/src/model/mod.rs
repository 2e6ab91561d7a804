//! What pages know without drawing it: pure structs and functions, tested on the host.

pub mod coalesce;
pub mod address;
pub mod collate;
pub mod csv;
pub mod day;
pub mod heat_map;
pub mod map_address;
pub mod task;
pub mod xlsx;
