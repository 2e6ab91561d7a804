//! The server of Ориентир (Orientir): all I/O of the product.
//!
//! `http → auth store live jobs`; nothing points back at `http`, and database entities never leave
//! `store`.

pub mod analyze;
pub mod auth;
pub mod connections;
pub mod demo;
pub mod document;
pub mod files;
pub mod forms_command;
pub mod founding;
pub mod http;
pub mod import;
pub mod jobs;
pub mod live;
pub mod operation;
pub mod reports;
pub mod roadmap_command;
pub mod rules;
pub mod site;
pub mod store;

mod clock;
mod hex;

pub use clock::Clock;
pub use http::{AppState, Config, router};
