//! Facts about forms.
#![allow(clippy::unwrap_used)]

mod entry;
mod hostile;
mod instrument;
mod kinds;
mod properties;
mod workbook;
mod xlsform;
mod xlsform_properties;
