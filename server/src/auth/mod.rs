//! Who asks, and what they may do where.

mod access;
mod password;
mod permission;
mod token;

pub use access::{Access, Denied, Place, Reach};
pub use password::{MAX_PASSWORD_CHARACTERS, Passwords};
pub use permission::{Permission, permissions};
pub use token::Token;
