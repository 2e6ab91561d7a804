//! Who somebody is and what they may do: handlers.

pub(super) mod account;
pub(super) mod audit;
mod card;
pub(super) mod entry;
pub(super) mod invitation;
pub(super) mod permission;
pub(super) mod person;
pub(super) mod role;
pub(super) mod session;
pub(super) mod setup;
