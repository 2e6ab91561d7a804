//! Forms: their definition, their language, and filling them in.
//!
//! Pure: no I/O, no clock, no randomness. The same code runs in the browser and on the server.

pub mod entry;
pub mod expression;
#[cfg(feature = "workbook")]
pub mod file;
pub mod form;
#[cfg(feature = "yaml")]
pub mod instrument;
#[cfg(feature = "workbook")]
pub mod workbook;
pub mod xform;
pub mod xlsform;

pub use entry::{EntryContext, FormEntry};
#[cfg(feature = "workbook")]
pub use file::{check, convert};
pub use form::{Form, Problem};
