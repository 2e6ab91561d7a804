//! What travels between browser and server: every type and every URL, spelled once, without logic.
//!
//! Instants are milliseconds since 1970 UTC (`*_ms`), dates are `YYYY-MM-DD`, shares are 0–1, texts
//! for people come in both languages as [`Text`]. Ids are UUIDs; those of new things are made by the
//! client (version 7), so every write can be repeated.

pub mod access;
pub mod assessment;
pub mod forms;
pub mod management;
pub mod observation;
pub mod operation;
pub mod papers;
pub mod procedures;
pub mod registry;
pub mod results;
pub mod schools;

pub mod id;
pub mod live;
pub mod paths;
pub mod problem;
pub mod text;
pub mod work;
