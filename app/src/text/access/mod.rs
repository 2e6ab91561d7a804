//! Who somebody is and what they may do: texts.

pub mod audit;
pub mod invitation;
pub mod people;
pub mod permissions;
pub mod setup;
pub mod sign_in;
