//! Keeping the product running: tests through the router.

pub(crate) mod backup;
pub(crate) mod check;
pub(crate) mod durability;
pub(crate) mod job;
pub(crate) mod place;
pub(crate) mod system;
pub(crate) mod upgrade;
