//! Filling in one form: what is pure stands in plain structs, what needs a browser stands apart.
//!
//! Answers are operations in a [`log`]; the state of the form is a fold over them. Each operation is
//! stored on the device before anything is sent, so neither a reload nor an ended session loses one. The
//! [`desk`] holds the logs of all submissions and delivers them, whichever page is open.

pub mod advice;
pub mod alarm;
pub mod authors;
pub mod draw;
pub mod lexical;
pub mod log;
pub mod overview;
pub mod profile;
pub mod range;
pub mod save_state;
pub mod sheet;
pub mod steps;
pub mod timer;
pub mod view;

#[cfg(feature = "csr")]
pub mod colleagues;
#[cfg(feature = "csr")]
pub mod desk;
#[cfg(feature = "csr")]
mod idb;
#[cfg(feature = "csr")]
mod legacy;
#[cfg(feature = "csr")]
mod live;
#[cfg(feature = "csr")]
pub mod open;
#[cfg(feature = "csr")]
pub mod photo;
#[cfg(feature = "csr")]
pub mod reading;
#[cfg(feature = "csr")]
pub mod rescue;
#[cfg(feature = "csr")]
pub mod storage;
#[cfg(feature = "csr")]
pub mod trial;

#[cfg(feature = "csr")]
pub use live::{Entry, Filling, Start, locked_out, use_filling, zone_of};
