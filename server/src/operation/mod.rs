//! Keeping an installation running: backup, restore, check, export, watching.

pub mod activate;
pub mod archive;
pub mod backup;
pub mod check;
pub mod export;
pub mod heads;
pub mod restore;
pub mod upgrade;

mod files;
mod key;
mod sentence;

pub use key::{Open, Seal};
pub use sentence::Sentence;
