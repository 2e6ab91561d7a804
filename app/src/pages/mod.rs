//! Pages of the work area, one module a resource.

pub mod assignments;
pub mod audit;
pub mod campaign;
pub mod cases;
pub mod cell;
pub mod checklist;
pub mod day;
pub mod declarations;
pub mod event;
pub mod events;
pub mod heat_map;
pub mod home;
pub mod imports;
pub mod invitation;
pub mod prepare;
pub mod observers;
pub mod runs;
pub mod schools;
pub mod self_assessment;
pub mod sheet;
pub mod sign_in;
pub mod submission;
pub mod training;
