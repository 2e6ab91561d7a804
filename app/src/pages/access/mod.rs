//! Who somebody is and what they may do: pages.

pub mod account;
pub mod audit;
pub mod entry;
pub mod invitation;
mod link;
mod password;
pub mod people;
pub mod permissions;
pub mod setup;
pub mod sign_in;
