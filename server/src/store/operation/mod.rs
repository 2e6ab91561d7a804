//! What keeps a database running beyond one program: its shape, copies of it, and whether it is sound.
//!
//! Copies know tables, columns and seven kinds of values, not the product's types: a copy of an older schema
//! must be read by a newer program, and before it is migrated. The product's own types come afterwards, in
//! [`typed`], where every row is read by them once.

mod chain;
mod connection;
mod copy;
mod first_hour;
pub(super) mod health;
mod installation;
pub(super) mod job;
mod load;
mod references;
mod schema;
mod shape;
mod snapshot;
mod typed;

pub use chain::audit_chain;
pub use connection::{Connection, sqlite_path};
pub use copy::{Cell, CopyReader, Row};
pub use installation::{BackupRecord, Installation};
pub use load::{Stage, Target};
pub use references::{Dangling, damage, dangling};
pub use schema::{Schema, names as migration_names, refuse_newer};
pub use shape::{Column, Kind, Shape};
pub use snapshot::{CopyError, Sink, Snapshot};
pub use typed::{TABLES, Table, Unread};
