//! What the server says about the operations it holds.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{DeviceId, OperationId, SubmissionId};

/// Hash over the ids of the operations 1 … `through` of a device, in order: hex of SHA-256.
pub type ReceiptHash = String;

/// The hash of a receipt over the ids of operations 1 … `through`, in order.
pub fn receipt_hash(ids: impl IntoIterator<Item = OperationId>) -> ReceiptHash {
    let mut hash = Sha256::new();
    for id in ids {
        hash.update(id.0.as_bytes());
    }
    hex(&hash.finalize())
}

/// The name of a photo or file: hex of SHA-256 over its content.
pub fn content_hash(content: &[u8]) -> String {
    hex(&Sha256::digest(content))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The server holds, durably, every operation of this device up to `through`.
///
/// A device prunes its log only after a receipt whose hash equals its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The submission the receipt speaks of.
    pub submission: SubmissionId,
    /// The device the receipt speaks to.
    pub device: DeviceId,
    /// Highest sequence below which nothing is missing; 0 when nothing is held.
    pub through: u64,
    /// Hash over the held operation ids.
    pub hash: ReceiptHash,
    /// Server revision after these operations.
    pub revision: u64,
    /// Operations that were kept but set aside for a person to look at.
    pub set_aside: Vec<Refusal>,
}

/// An operation that is kept but not folded into the state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The operation set aside.
    pub operation: OperationId,
    /// Stable code: `unknown_field`, `unknown_version`, `locked`, `malformed`.
    pub code: String,
}
