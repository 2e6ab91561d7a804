//! What a school is: context, changes, profile: what travels.

pub mod school_change;
pub mod school_context;
pub mod school_profile;
