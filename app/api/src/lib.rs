//! What travels between browser and server: every type and every URL, spelled once, without logic.
//!
//! Instants are milliseconds since 1970 UTC (`*_ms`), dates are `YYYY-MM-DD`, shares are 0–1, texts
//! for people come in both languages as [`Text`]. Ids are UUIDs; those of new things are made by the
//! client (version 7), so every write can be repeated.

pub mod act;
pub mod agreement;
pub mod approval;
pub mod attachment;
pub mod audit;
pub mod background;
pub mod calendar;
pub mod campaign;
pub mod campaign_result;
pub mod case;
pub mod cell;
pub mod colleague;
pub mod comment;
pub mod day;
pub mod document;
pub mod dynamics;
pub mod event;
pub mod evidence;
pub mod expert;
pub mod form;
pub mod form_draft;
pub mod health;
pub mod heat_map;
pub mod id;
pub mod import;
pub mod indicator;
pub mod invitation;
pub mod layer;
pub mod live;
pub mod low_result;
pub mod mechanism;
pub mod observer;
pub mod organisation;
pub mod paths;
pub mod person;
pub mod presence;
pub mod problem;
pub mod procedure;
pub mod readiness;
pub mod run;
pub mod school_change;
pub mod school_context;
pub mod school_profile;
pub mod session;
pub mod staffing;
pub mod submission;
pub mod support;
pub mod text;
pub mod work;
