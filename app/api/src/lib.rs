//! What travels between browser and server: every type and every URL, spelled once, without logic.
//!
//! Instants are milliseconds since 1970 UTC (`*_ms`), dates are `YYYY-MM-DD`, shares are 0–1, texts
//! for people come in both languages as [`Text`]. Ids are UUIDs; those of new things are made by the
//! client (version 7), so every write can be repeated.

pub mod attachment;
pub mod audit;
pub mod campaign;
pub mod case;
pub mod cell;
pub mod day;
pub mod event;
pub mod form;
pub mod health;
pub mod heat_map;
pub mod id;
pub mod import;
pub mod invitation;
pub mod layer;
pub mod live;
pub mod observer;
pub mod organisation;
pub mod paths;
pub mod person;
pub mod problem;
pub mod procedure;
pub mod readiness;
pub mod run;
pub mod session;
pub mod staffing;
pub mod submission;
pub mod text;
pub mod work;
