//! Facts about forms.
#![allow(clippy::unwrap_used)]

mod entry;
mod instrument;
