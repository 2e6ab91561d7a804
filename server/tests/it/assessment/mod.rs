//! Schools and the municipality assess themselves, experts look again: tests through the router.

pub(crate) mod approved;
pub(crate) mod campaign;
pub(crate) mod evidence;
pub(crate) mod mechanism;
