//! Forms: their definition, their language, and filling them in.
//!
//! Pure: no I/O, no clock, no randomness. The same code runs in the browser and on the server.

pub mod expression;
pub mod form;
#[cfg(feature = "yaml")]
pub mod instrument;

pub use form::{Form, Problem};
