//! Forms: their definition, their language, and filling them in.
//!
//! Pure: no I/O, no clock, no randomness. The same code runs in the browser and on the server.

pub mod entry;
pub mod expression;
pub mod form;
#[cfg(feature = "yaml")]
pub mod instrument;
pub mod xform;
pub mod xlsform;

pub use entry::{EntryContext, FormEntry};
pub use form::{Form, Problem};
