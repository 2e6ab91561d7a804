//! ODK XForms: the XML that other tools of the field read and write.

#[cfg(feature = "xml")]
mod read;
pub(crate) mod write;

#[cfg(feature = "xml")]
pub use read::{XFormError, open};
pub use write::write;
