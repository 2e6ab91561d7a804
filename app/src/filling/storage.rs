//! Answers on this device: one entry of the browser's storage per operation, written before the answer
//! counts as given.
//!
//! `localStorage` is synchronous, so an answer is on the device when the tap returns, and an operation
//! is one small entry, so nothing is rewritten as the log grows.

use api::submission::Operation;
use leptos::prelude::window;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sync::{DeviceId, SubmissionId};
use uuid::Uuid;

const ROOT: &str = "orientir";

/// The storage did not take a value: it is full or forbidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unwritable;

/// Storage of one submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shelf {
    submission: SubmissionId,
}

impl Shelf {
    /// The storage of that submission.
    pub fn new(submission: SubmissionId) -> Self {
        Shelf { submission }
    }

    /// Stores one of the device's own operations.
    ///
    /// # Errors
    /// [`Unwritable`] when the browser refuses.
    pub fn keep_operation(self, operation: &Operation) -> Result<(), Unwritable> {
        let key = self.operation_key(operation.device, operation.sequence);
        write_json(&key, operation)
    }

    /// The operation with that sequence, if this or another tab has stored it.
    pub fn operation(self, device: DeviceId, sequence: u64) -> Option<Operation> {
        read_json(&self.operation_key(device, sequence))
    }

    /// All stored operations of a device, ascending.
    pub fn operations(self, device: DeviceId) -> Vec<Operation> {
        let prefix = format!("{}.operation.{device}.", self.root());
        let mut operations: Vec<Operation> = keys()
            .into_iter()
            .filter(|key| key.starts_with(&prefix))
            .filter_map(|key| read_json(&key))
            .collect();
        operations.sort_by_key(|operation: &Operation| operation.sequence);
        operations
    }

    /// Stores something about the submission under a name.
    ///
    /// # Errors
    /// [`Unwritable`] when the browser refuses.
    pub fn keep<T: Serialize>(self, name: &str, value: &T) -> Result<(), Unwritable> {
        write_json(&format!("{}.{name}", self.root()), value)
    }

    /// What was stored under a name.
    pub fn kept<T: DeserializeOwned>(self, name: &str) -> Option<T> {
        read_json(&format!("{}.{name}", self.root()))
    }

    /// Forgets what was stored under a name.
    pub fn drop(self, name: &str) {
        remove(&format!("{}.{name}", self.root()));
    }

    /// Keeps a text that is still being typed, so that a crash costs not even a word.
    pub fn keep_draft(self, path: &str, text: &str) {
        // The answer itself is stored with an error check when typing ends.
        let _ = write(&format!("{}.draft.{path}", self.root()), text);
    }

    /// Forgets a text that has become an answer.
    pub fn drop_draft(self, path: &str) {
        remove(&format!("{}.draft.{path}", self.root()));
    }

    /// Texts that were being typed when the page ended: path and text.
    pub fn drafts(self) -> Vec<(String, String)> {
        let prefix = format!("{}.draft.", self.root());
        keys()
            .into_iter()
            .filter_map(|key| {
                let path = key.strip_prefix(&prefix)?.to_owned();
                Some((path, read(&key)?))
            })
            .collect()
    }

    fn root(self) -> String {
        format!("{ROOT}.submission.{}", self.submission)
    }

    fn operation_key(self, device: DeviceId, sequence: u64) -> String {
        format!("{}.operation.{device}.{sequence:06}", self.root())
    }
}

/// Id of this browser for one person: colleagues who share a tablet stay apart in the history.
pub fn device(person: Uuid) -> DeviceId {
    let key = format!("{ROOT}.device.{person}");
    if let Some(id) = read(&key).and_then(|text| text.parse().ok()) {
        return DeviceId(id);
    }
    let id = Uuid::now_v7();
    // Where storage is forbidden the id lives as long as the page, like the answers.
    let _ = write(&key, &id.to_string());
    DeviceId(id)
}

/// Stores a document that never changes, for opening without a network.
pub fn keep_document(name: &str, text: &str) {
    let _ = write(&format!("{ROOT}.document.{name}"), text);
}

/// A document that was stored.
pub fn document(name: &str) -> Option<String> {
    read(&format!("{ROOT}.document.{name}"))
}

/// Does this key of a storage event belong to an operation of that submission?
pub fn is_operation_of(key: &str, submission: SubmissionId) -> bool {
    key.starts_with(&format!("{ROOT}.submission.{submission}.operation."))
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok()?
}

fn keys() -> Vec<String> {
    let Some(storage) = storage() else {
        return Vec::new();
    };
    let length = storage.length().unwrap_or_default();
    (0..length)
        .filter_map(|index| storage.key(index).ok()?)
        .collect()
}

fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

fn read_json<T: DeserializeOwned>(key: &str) -> Option<T> {
    serde_json::from_str(&read(key)?).ok()
}

fn write(key: &str, text: &str) -> Result<(), Unwritable> {
    storage()
        .ok_or(Unwritable)?
        .set_item(key, text)
        .map_err(|_| Unwritable)
}

fn write_json<T: Serialize>(key: &str, value: &T) -> Result<(), Unwritable> {
    let text = serde_json::to_string(value).map_err(|_| Unwritable)?;
    write(key, &text)
}

fn remove(key: &str) {
    if let Some(storage) = storage() {
        // Removing what is not there is no error, and a forbidden storage holds nothing.
        drop(storage.remove_item(key));
    }
}
