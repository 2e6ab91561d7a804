//! Laws of the outbox over random networks, and the storage contract against memory.

mod convergence;
mod log;
mod outbox;
mod server;
mod storage;
