//! Who somebody is and what they may do: what is stored.

pub(super) mod account;
pub(super) mod callers;
pub(super) mod entry_link;
pub(super) mod invitation;
pub(super) mod person;
pub(super) mod role;
pub(super) mod session;
pub(super) mod sign_in_attempt;
