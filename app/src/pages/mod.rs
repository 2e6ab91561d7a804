//! Pages of the work area, one module a resource.

pub mod access;
pub mod assessment;
pub mod management;
pub mod observation;
pub mod operation;
pub mod papers;
pub mod procedures;
pub mod registry;
pub mod results;

pub mod forms;
pub mod home;
pub mod schools;
