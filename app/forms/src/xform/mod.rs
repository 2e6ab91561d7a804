//! ODK XForms: the XML that other tools of the field read and write.

pub(crate) mod write;

pub use write::write;
