//! What a school is: context, changes, profile: rules.

pub mod change;
pub mod change_workbook;
pub mod context;
pub mod profile;
