//! The way to the server.

use serde::{Deserialize, Serialize};

use crate::{Operation, Receipt};

/// What the server answered to a batch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delivered<E> {
    /// What it holds of this device.
    pub receipt: Receipt,
    /// What others did to the same submission meanwhile.
    pub others: Vec<Operation<E>>,
}

/// Why a batch was not acknowledged, by what the device can do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failed {
    /// No answer, or a server that asks to wait: try again later, for every submission.
    Away {
        /// Pause that the server asked for.
        retry_after_s: Option<u32>,
    },
    /// Nobody is signed in: nothing can be sent until someone is.
    SignedOut,
    /// The server refuses this submission; the others go on.
    Refused {
        /// Stable code of its problem.
        code: String,
    },
}

/// Delivers one batch: operations of one device and one submission, ascending.
///
/// May deliver and still fail (the answer was lost): a repetition is harmless.
#[allow(
    async_fn_in_trait,
    reason = "futures of the browser are not Send, and nobody needs a trait object"
)]
pub trait Transport<E> {
    /// Delivers.
    ///
    /// # Errors
    /// See [`Failed`].
    async fn deliver(&self, operations: &[Operation<E>]) -> Result<Delivered<E>, Failed>;
}
