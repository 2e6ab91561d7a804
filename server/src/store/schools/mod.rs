//! What a school is: context, changes, profile: what is stored.

pub(super) mod school_record;
