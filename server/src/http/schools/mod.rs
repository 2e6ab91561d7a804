//! What a school is: context, changes, profile: handlers.

pub(super) mod school_change;
pub(super) mod school_context;
pub(super) mod school_profile;
