//! The device's own storage.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::{DeviceId, Operation, Standing, SubmissionId};

/// One log in the storage: a submission as one device (one person on one browser) writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The device whose log it is.
    pub device: DeviceId,
    /// The submission.
    pub submission: SubmissionId,
}

/// One change of a stored log.
#[derive(Clone, Debug, PartialEq)]
pub enum Change<E> {
    /// Adds an operation of the place's own device. The same again changes nothing.
    Own(Operation<E>),
    /// Adds an operation of another device, known by its id. The same again changes nothing.
    Other(Operation<E>),
    /// Replaces what is known beside the operations.
    Standing(Standing),
    /// Replaces a named text kept with the log (a draft, a place in the form); `None` drops it.
    Note {
        /// Its name.
        name: String,
        /// The text.
        text: Option<String>,
    },
    /// Forgets the whole log with everything kept beside it.
    Forget,
}

/// How sure the storage must be before it confirms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// Written to the operating system: survives the end of the page and of the browser.
    #[default]
    Relaxed,
    /// Flushed to the disk: survives the end of the power. For leaving, hiding and submitting.
    Strict,
}

/// What a storage holds of one log.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredLog<E> {
    /// The submission.
    pub submission: SubmissionId,
    /// Own operations, ascending by sequence.
    pub own: Vec<Operation<E>>,
    /// Operations of other devices.
    pub others: Vec<Operation<E>>,
    /// What is known beside the operations.
    pub standing: Standing,
    /// Named texts.
    pub notes: BTreeMap<String, String>,
}

/// Why a storage did not take or give something.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StorageError {
    /// Another operation is stored under this sequence: another tab of the same device was quicker.
    #[error("another operation is stored under sequence {sequence}")]
    Taken {
        /// The sequence.
        sequence: u64,
    },
    /// The device has no room.
    #[error("the device has no room left")]
    Full,
    /// The browser forbids or has lost its storage.
    #[error("the storage does not answer: {0}")]
    Unavailable(String),
}

/// Keeps logs on a device. Every implementation passes the suite in `contract`.
#[allow(
    async_fn_in_trait,
    reason = "futures of the browser are not Send, and nobody needs a trait object"
)]
pub trait Storage<E> {
    /// Makes all changes or none, in their order, and returns when they are stored as surely as asked.
    ///
    /// # Errors
    /// See [`StorageError`]; nothing of the changes is stored then.
    async fn commit(
        &self,
        place: Place,
        changes: Vec<Change<E>>,
        durability: Durability,
    ) -> Result<(), StorageError>;

    /// One log; `None` when nothing is kept of it.
    ///
    /// # Errors
    /// See [`StorageError`].
    async fn log(&self, place: Place) -> Result<Option<StoredLog<E>>, StorageError>;

    /// Submissions of which a device keeps a log, ascending.
    ///
    /// # Errors
    /// See [`StorageError`].
    async fn submissions(&self, device: DeviceId) -> Result<Vec<SubmissionId>, StorageError>;
}
