//! What pages know without drawing it: pure structs and functions, tested on the host.

pub mod address;
pub mod browser;
pub mod campaign;
pub mod coalesce;
pub mod collate;
pub mod coverage;
pub mod csv;
pub mod day;
pub mod domain_map;
pub mod due;
pub mod heat_map;
pub mod map_address;
pub mod roadmap;
pub mod second_marks;
pub mod shares;
pub mod stream_place;
pub mod task;
pub mod xlsx;
pub mod xml;
