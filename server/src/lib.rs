//! The server of Ориентир (Orientir): all I/O of the product.
//!
//! `http → auth store live jobs`; nothing points back at `http`, and database entities never leave
//! `store`.

pub mod analyze;
pub mod auth;
pub mod demo;
pub mod document;
pub mod files;
pub mod form_draft;
pub mod forms_command;
pub mod http;
pub mod import;
pub mod instrument;
pub mod jobs;
pub mod kappa;
pub mod live;
pub mod mechanisms;
pub mod reports;
pub mod school;
pub mod site;
pub mod staffing;
pub mod store;
pub mod training;

mod answers;
mod clock;
mod fold;
mod shelf;

pub use clock::Clock;
pub use http::{AppState, Config, router};
