//! ODK XForms: the XML that other tools of the field read and write.

mod read;
pub(crate) mod write;

pub use read::{XFormError, open};
pub use write::write;
