//! Who asks, and what they may do where.

mod access;
mod giving;
mod password;
mod permission;
mod token;

pub use access::{Access, Denied, Place, Reach};
pub use giving::{gives, is_of_school};
pub use password::{MAX_PASSWORD_CHARACTERS, MIN_PASSWORD_CHARACTERS, Passwords};
pub use permission::{COLUMNS, Permission, permissions};
pub use token::Token;
