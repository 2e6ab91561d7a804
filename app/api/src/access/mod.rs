//! Who somebody is and what they may do: what travels.

pub mod account;
pub mod audit;
pub mod entry;
pub mod invitation;
pub mod permission;
pub mod person;
pub mod session;
pub mod setup;
