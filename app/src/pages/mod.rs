//! Pages of the work area, one module a resource.

pub mod assignments;
pub mod audit;
pub mod calendar;
pub mod campaign;
pub mod cell;
pub mod changes;
pub mod checklist;
pub mod context;
pub mod declarations;
pub mod documents;
pub mod event;
pub mod events;
pub mod heat_map;
pub mod home;
pub mod imports;
pub mod invitation;
pub mod mechanisms;
pub mod runs;
pub mod schools;
pub mod self_assessment;
pub mod sheet;
pub mod sign_in;
pub mod submission;
