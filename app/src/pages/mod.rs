//! Pages of the work area, one module a resource.

pub mod agreement;
pub mod assignments;
pub mod audit;
pub mod campaign;
pub mod cell;
pub mod checklist;
pub mod declarations;
pub mod event;
pub mod events;
pub mod expert;
pub mod heat_map;
pub mod home;
pub mod imports;
pub mod invitation;
pub mod runs;
pub mod schools;
pub mod self_assessment;
pub mod sheet;
pub mod sign_in;
pub mod submission;
pub mod team;
