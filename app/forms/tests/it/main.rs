//! Facts about forms.
#![allow(clippy::unwrap_used)]

mod entry;
mod hostile;
mod instrument;
mod properties;
mod real_forms;
mod workbook;
mod xlsform;
mod xlsform_properties;
