//! The user interface: public pages rendered on the server (`ssr`), the work area in the browser (`csr`).
//!
//! Reading order: [`text`] (every word in both languages), [`model`] and [`filling`] (what pages know),
//! [`matrix`], [`components`] and [`charts`] (what they are built of), then `shell` and `pages` (work area) or
//! `public` (pages without script).

pub mod charts;
pub mod components;
pub mod filling;
pub mod language;
pub mod matrix;
pub mod model;
pub mod text;

#[cfg(feature = "csr")]
pub mod client;
#[cfg(feature = "csr")]
pub mod device;
#[cfg(feature = "csr")]
pub mod live;
#[cfg(feature = "csr")]
pub mod pages;
#[cfg(feature = "csr")]
pub mod session;
#[cfg(feature = "csr")]
pub mod shell;
#[cfg(feature = "csr")]
pub mod worker;

#[cfg(feature = "ssr")]
pub mod public;
