//! Who somebody is and what they may do: rules.

pub mod login;
