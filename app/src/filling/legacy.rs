//! Answers of earlier versions: they stand in the browser's `localStorage` and move once.

use std::collections::BTreeMap;

use leptos::prelude::window;
use serde_json::Value;
use sync::{Change, DeviceId, Durability, Place, Standing, Storage, StorageError, SubmissionId};
use uuid::Uuid;

use super::storage::DeviceStorage;

const SUBMISSIONS: &str = "orientir.submission.";
const DOCUMENTS: &str = "orientir.document.";

/// Moves everything of a device over; what could not be moved stays where it is.
///
/// # Errors
/// Those of the storage.
pub async fn move_over(storage: &DeviceStorage, device: DeviceId) -> Result<(), StorageError> {
    let entries = entries();
    let mut logs: BTreeMap<SubmissionId, Vec<(String, Change<Value>)>> = BTreeMap::new();
    for (key, text) in &entries {
        if let Some((submission, change)) = change(key, text, device) {
            let log = logs.entry(submission).or_default();
            log.push((key.clone(), change));
        }
    }
    for (submission, entries) in logs {
        let place = Place { device, submission };
        // Of another person on this browser: that person's next sign-in moves it.
        let is_own = |(_, change): &(String, Change<Value>)| matches!(change, Change::Own(_));
        if !entries.iter().any(is_own) {
            continue;
        }
        let (keys, changes): (Vec<String>, Vec<Change<Value>>) = entries.into_iter().unzip();
        match storage.commit(place, changes, Durability::Strict).await {
            // Taken: another tab has moved it and gone on.
            Ok(()) | Err(StorageError::Taken { .. }) => keys.iter().for_each(|key| remove(key)),
            Err(error) => return Err(error),
        }
    }
    for (key, text) in entries {
        if let Some(name) = key.strip_prefix(DOCUMENTS) {
            storage.keep_document(name, &text).await?;
            remove(&key);
        }
    }
    Ok(())
}

/// What an entry was: `orientir.submission.ID.operation.DEVICE.SEQUENCE`, `….held`, or a named text.
fn change(key: &str, text: &str, device: DeviceId) -> Option<(SubmissionId, Change<Value>)> {
    let (id, name) = key.strip_prefix(SUBMISSIONS)?.split_once('.')?;
    let submission = SubmissionId(id.parse::<Uuid>().ok()?);
    let change = if let Some(rest) = name.strip_prefix("operation.") {
        rest.starts_with(&device.to_string())
            .then(|| serde_json::from_str(text).ok().map(Change::Own))??
    } else if name == "held" {
        let (held, revision): (u64, u64) = serde_json::from_str(text).ok()?;
        Change::Standing(Standing {
            held,
            revision,
            ..Standing::default()
        })
    } else {
        Change::Note {
            name: name.to_owned(),
            text: Some(text.to_owned()),
        }
    };
    Some((submission, change))
}

fn entries() -> Vec<(String, String)> {
    let Ok(Some(storage)) = window().local_storage() else {
        return Vec::new();
    };
    let length = storage.length().unwrap_or_default();
    (0..length)
        .filter_map(|index| {
            let key = storage.key(index).ok()??;
            let text = storage.get_item(&key).ok()??;
            (key.starts_with(SUBMISSIONS) || key.starts_with(DOCUMENTS)).then_some((key, text))
        })
        .collect()
}

fn remove(key: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // Removing what is not there is no error.
        drop(storage.remove_item(key));
    }
}
