//! Offline replicas: operations, their order, receipts and the outbox that loses nothing.
//!
//! Pure: no I/O, no clock, no randomness. Time and jitter are passed in; [`Storage`] and [`Transport`]
//! are traits that the browser, the server's tests and the fault harness implement, and every storage
//! passes the one suite in [`contract`].
//!
//! How an answer travels: [`Log::record`] makes an operation, [`Storage::commit`] puts it on the device,
//! [`Outbox::next`] hands out a batch, a [`Transport`] delivers it, [`Outbox::delivered`] takes the
//! receipt in. Each step may be cut, repeated or overtaken; [`step`] is the loop for whoever owns
//! outbox, storage and transport at once.

mod backoff;
#[cfg(feature = "contract")]
pub mod contract;
mod drive;
mod log;
mod memory;
mod operation;
mod outbox;
mod receipt;
mod storage;
mod transport;

pub use backoff::{Backoff, LONGEST_PAUSE_MS, pause_ms};
pub use drive::{Moment, Progress, record, restore, step};
pub use log::{Attention, Log, OperationState, Stamp, Standing, Tally};
pub use memory::MemoryStorage;
pub use operation::{DeviceId, Operation, OperationId, SubmissionId, fold_order};
pub use outbox::{Batch, Next, Outbox};
pub use receipt::{Receipt, ReceiptHash, Refusal, content_hash, receipt_hash};
pub use storage::{Change, Durability, Place, Storage, StorageError, StoredLog};
pub use transport::{Delivered, Failed, Transport};
