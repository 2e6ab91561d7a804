//! Offline replicas: operations, their order, receipts and the outbox that loses nothing.
//!
//! Pure: no I/O, no clock, no randomness, no async. Storage and transport are traits that the
//! browser, the server and the tests implement.

mod operation;
mod receipt;

pub use operation::{DeviceId, Operation, OperationId, SubmissionId, fold_order};
pub use receipt::{Receipt, ReceiptHash, Refusal};
