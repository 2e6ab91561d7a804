//! What a school is: context, changes, profile: tests through the router.

pub(crate) mod school;
