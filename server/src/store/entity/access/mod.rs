//! Who somebody is and what they may do: tables.

pub mod entry_link;
pub mod invitation;
pub mod login;
pub mod person;
pub mod role_grant;
pub mod session;
pub mod setup_code;
pub mod sign_in_attempt;
