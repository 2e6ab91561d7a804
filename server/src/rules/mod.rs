//! What each room decides, apart from how it is stored and asked for.

pub mod access;
pub mod assessment;
pub mod forms;
pub mod management;
pub mod observation;
pub mod procedures;
pub mod results;
pub mod schools;

pub mod day;
pub mod reference;
