//! Facts about forms.
#![allow(clippy::unwrap_used)]

mod instrument;
