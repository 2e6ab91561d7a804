//! What a school is: context, changes, profile: tables.

pub mod change_report;
pub mod context_finding;
pub mod context_passport;
pub mod school_record;
