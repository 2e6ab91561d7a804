//! Who somebody is and what they may do: tests through the router.

pub(crate) mod account;
pub(crate) mod audit;
pub(crate) mod entry;
pub(crate) mod invitation;
pub(crate) mod person;
pub(crate) mod routes;
pub(crate) mod session;
pub(crate) mod setup;
