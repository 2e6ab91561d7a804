//! Facts about forms.
#![allow(clippy::unwrap_used)]

mod entry;
mod hostile;
mod instrument;
mod properties;
mod workbook;
mod xlsform;
mod xlsform_properties;
