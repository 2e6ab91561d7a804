//! The storage of this device: logs, documents and photos in IndexedDB.

use std::collections::{BTreeMap, BTreeSet};

use api::forms::submission::Operation;
use js_sys::Array;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sync::{
    Change, DeviceId, Durability, OperationId, Place, Storage, StorageError, StoredLog,
    SubmissionId,
};
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::IdbKeyRange;

use super::idb::{Idb, IdbError, Mode, Requests};

/// Own operations, by device, submission and sequence.
const OWN: &str = "own";
/// Operations of others, by device of the log, submission and id.
const OTHERS: &str = "others";
/// What is known beside the operations, by device and submission.
const STANDINGS: &str = "standings";
/// Named texts, by device, submission and name.
const NOTES: &str = "notes";
/// Documents that open without a network, by name.
const DOCUMENTS: &str = "documents";
/// Photos, by hash.
const PHOTOS: &str = "photos";

const LOGS: [&str; 4] = [OWN, OTHERS, STANDINGS, NOTES];

/// The storage of this device.
pub struct DeviceStorage {
    idb: Idb,
}

impl DeviceStorage {
    /// The storage that the work area uses.
    pub fn new() -> Self {
        DeviceStorage::named("orientir")
    }

    /// A storage beside it, for tests.
    pub fn named(name: &str) -> Self {
        DeviceStorage {
            idb: Idb::new(name, &[OWN, OTHERS, STANDINGS, NOTES, DOCUMENTS, PHOTOS]),
        }
    }

    /// Keeps a document under a name.
    ///
    /// # Errors
    /// See [`StorageError`].
    pub async fn keep_document(&self, name: &str, text: &str) -> Result<(), StorageError> {
        self.put(DOCUMENTS, name, &JsValue::from_str(text)).await
    }

    /// A document that was kept.
    pub async fn document(&self, name: &str) -> Option<String> {
        self.get(DOCUMENTS, name).await?.as_string()
    }

    /// Forgets the documents whose names begin so.
    ///
    /// # Errors
    /// See [`StorageError`].
    pub async fn forget_documents(&self, beginning: &str) -> Result<(), StorageError> {
        let from = JsValue::from_str(beginning);
        let to = JsValue::from_str(&format!("{beginning}\u{ffff}"));
        let all = IdbKeyRange::bound(&from, &to)
            .map_err(|error| StorageError::Unavailable(format!("{error:?}")))?;
        let forget = |requests: &Requests<'_>| {
            requests.store(DOCUMENTS)?.delete(&all)?;
            Ok(())
        };
        let done = self.idb.run(&[DOCUMENTS], Mode::WriteStrict, &forget).await;
        done.map(drop).map_err(unavailable)
    }

    /// Keeps a photo under its hash.
    ///
    /// # Errors
    /// See [`StorageError`].
    pub async fn keep_photo(&self, hash: &str, photo: &web_sys::Blob) -> Result<(), StorageError> {
        // As bytes: private windows of WebKit refuse a Blob in IndexedDB.
        let bytes = JsFuture::from(photo.array_buffer()).await;
        let bytes = bytes.map_err(|error| StorageError::Unavailable(format!("{error:?}")))?;
        let kept = Array::of2(&JsValue::from_str(&photo.type_()), &bytes);
        self.put(PHOTOS, hash, &kept).await
    }

    /// A photo that was kept.
    pub async fn photo(&self, hash: &str) -> Option<web_sys::Blob> {
        let kept = self.get(PHOTOS, hash).await?;
        // Photos of before were kept as they are.
        if let Some(blob) = kept.dyn_ref::<web_sys::Blob>() {
            return Some(blob.clone());
        }
        let kept: Array = kept.dyn_into().ok()?;
        let options = web_sys::BlobPropertyBag::new();
        options.set_type(&kept.get(0).as_string()?);
        let parts = Array::of1(&kept.get(1));
        web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()
    }

    /// Forgets a photo: the server holds it.
    pub async fn forget_photo(&self, hash: &str) {
        let key = JsValue::from_str(hash);
        let forget = |requests: &Requests<'_>| {
            requests.store(PHOTOS)?.delete(&key)?;
            Ok(())
        };
        // Kept for longer, it costs only room.
        drop(self.idb.run(&[PHOTOS], Mode::Write, &forget).await);
    }

    async fn put(&self, store: &str, name: &str, value: &JsValue) -> Result<(), StorageError> {
        let key = JsValue::from_str(name);
        let put = |requests: &Requests<'_>| {
            requests.store(store)?.put_with_key(value, &key)?;
            Ok(())
        };
        let done = self.idb.run(&[store], Mode::Write, &put).await;
        done.map(drop).map_err(unavailable)
    }

    async fn get(&self, store: &str, name: &str) -> Option<JsValue> {
        let key = JsValue::from_str(name);
        let get = |requests: &Requests<'_>| {
            requests.keep(requests.store(store)?.get(&key)?);
            Ok(())
        };
        self.idb.run(&[store], Mode::Read, &get).await.ok()?.pop()
    }

    /// Ids of the own operations that are stored, by sequence.
    async fn stored(&self, place: Place) -> Result<BTreeMap<u64, OperationId>, StorageError> {
        let log = self.log(place).await?;
        let own = log.map(|log| log.own).unwrap_or_default();
        Ok(own.iter().map(|one| (one.sequence, one.id)).collect())
    }
}

impl Default for DeviceStorage {
    fn default() -> Self {
        DeviceStorage::new()
    }
}

impl Storage<Value> for DeviceStorage {
    async fn commit(
        &self,
        place: Place,
        changes: Vec<Change<Value>>,
        durability: Durability,
    ) -> Result<(), StorageError> {
        let mode = match durability {
            Durability::Relaxed => Mode::Write,
            Durability::Strict => Mode::WriteStrict,
        };
        let mut changes = without_repetitions(changes)?;
        loop {
            let make = |requests: &Requests<'_>| -> Result<(), JsValue> {
                for change in &changes {
                    apply(requests, place, change)?;
                }
                Ok(())
            };
            match self.idb.run(&LOGS, mode, &make).await {
                Ok(_) => return Ok(()),
                Err(IdbError::Taken) => {}
                Err(error) => return Err(unavailable(error)),
            }
            // Something is stored already: the same again is left out, anything else is refused.
            let stored = self.stored(place).await?;
            let before = changes.len();
            for change in &changes {
                if let Change::Own(operation) = change
                    && stored
                        .get(&operation.sequence)
                        .is_some_and(|id| *id != operation.id)
                {
                    let sequence = operation.sequence;
                    return Err(StorageError::Taken { sequence });
                }
            }
            changes.retain(|change| match change {
                Change::Own(operation) => !stored.contains_key(&operation.sequence),
                _ => true,
            });
            if changes.len() == before {
                return Err(StorageError::Unavailable("key is taken".into()));
            }
        }
    }

    async fn log(&self, place: Place) -> Result<Option<StoredLog<Value>>, StorageError> {
        let all = range(&key(place))?;
        let read = |requests: &Requests<'_>| {
            for store in LOGS {
                requests.keep(requests.store(store)?.get_all_with_key(&all)?);
            }
            requests.keep(requests.store(NOTES)?.get_all_keys_with_key(&all)?);
            Ok(())
        };
        let found = self.idb.run(&LOGS, Mode::Read, &read).await;
        let found = found.map_err(unavailable)?;
        let [own, others, standings, notes, names] = &found[..] else {
            return Err(StorageError::Unavailable("answers are missing".into()));
        };
        let own: Vec<Operation> = documents(own)?;
        let others: Vec<Operation> = documents(others)?;
        let mut standings = documents(standings)?;
        let names = Array::from(names);
        let names = names.iter().map(|key| {
            let name = Array::from(&key).get(2);
            name.as_string().unwrap_or_default()
        });
        let notes: BTreeMap<String, String> = names.zip(texts(notes)).collect();
        if own.is_empty() && others.is_empty() && standings.is_empty() && notes.is_empty() {
            return Ok(None);
        }
        Ok(Some(StoredLog {
            submission: place.submission,
            own,
            others,
            standing: standings.pop().unwrap_or_default(),
            notes,
        }))
    }

    async fn submissions(&self, device: DeviceId) -> Result<Vec<SubmissionId>, StorageError> {
        let all = range(&Array::of1(&text(device.0)))?;
        let read = |requests: &Requests<'_>| {
            for store in LOGS {
                requests.keep(requests.store(store)?.get_all_keys_with_key(&all)?);
            }
            Ok(())
        };
        let found = self.idb.run(&LOGS, Mode::Read, &read).await;
        let mut submissions = BTreeSet::new();
        for keys in found.map_err(unavailable)? {
            for key in Array::from(&keys).iter() {
                let id = Array::from(&key).get(1).as_string();
                let id = id.and_then(|id| id.parse().ok());
                submissions.extend(id.map(SubmissionId));
            }
        }
        Ok(submissions.into_iter().collect())
    }
}

/// Runs the storage contract against IndexedDB, each check in a database of its own under `prefix`;
/// returns the names of the checks that hold.
///
/// # Errors
/// The first broken promise: the check and what was found.
#[cfg(feature = "contract")]
pub async fn check_contract(prefix: &str) -> Result<Vec<&'static str>, String> {
    let open = async |name: &'static str| DeviceStorage::named(&format!("{prefix}.{name}"));
    sync::contract::check(open)
        .await
        .map_err(|(name, found)| format!("{name}: {found}"))
}

fn apply(requests: &Requests<'_>, place: Place, change: &Change<Value>) -> Result<(), JsValue> {
    let key = key(place);
    match change {
        Change::Own(operation) => {
            // Doubles hold sequences exactly up to 2^53.
            key.push(&JsValue::from_f64(operation.sequence as f64));
            requests.store(OWN)?.add_with_key(&json(operation)?, &key)?;
        }
        Change::Other(operation) => {
            key.push(&text(operation.id.0));
            requests
                .store(OTHERS)?
                .put_with_key(&json(operation)?, &key)?;
        }
        Change::Standing(standing) => {
            requests
                .store(STANDINGS)?
                .put_with_key(&json(standing)?, &key)?;
        }
        Change::Note {
            name,
            text: Some(text),
        } => {
            key.push(&JsValue::from_str(name));
            let text = JsValue::from_str(text);
            requests.store(NOTES)?.put_with_key(&text, &key)?;
        }
        Change::Note { name, text: None } => {
            key.push(&JsValue::from_str(name));
            requests.store(NOTES)?.delete(&key)?;
        }
        Change::Forget => {
            let all = IdbKeyRange::bound(&key, &end(&key))?;
            for store in LOGS {
                requests.store(store)?.delete(&all)?;
            }
        }
    }
    Ok(())
}

/// The same operation twice in one commit is one operation.
fn without_repetitions(changes: Vec<Change<Value>>) -> Result<Vec<Change<Value>>, StorageError> {
    let mut seen: BTreeMap<u64, OperationId> = BTreeMap::new();
    let mut kept = Vec::new();
    for change in changes {
        match &change {
            Change::Own(operation) => match seen.insert(operation.sequence, operation.id) {
                Some(id) if id == operation.id => continue,
                Some(_) => {
                    let sequence = operation.sequence;
                    return Err(StorageError::Taken { sequence });
                }
                None => {}
            },
            Change::Forget => seen.clear(),
            _ => {}
        }
        kept.push(change);
    }
    Ok(kept)
}

fn key(place: Place) -> Array {
    Array::of2(&text(place.device.0), &text(place.submission.0))
}

fn text(id: Uuid) -> JsValue {
    JsValue::from_str(&id.to_string())
}

/// The end of all keys that begin so: an array stands behind texts and numbers.
fn end(prefix: &Array) -> Array {
    let end = prefix.slice(0, prefix.length());
    end.push(&Array::new());
    end
}

fn range(prefix: &Array) -> Result<JsValue, StorageError> {
    IdbKeyRange::bound(prefix, &end(prefix))
        .map(JsValue::from)
        .map_err(|error| StorageError::Unavailable(format!("{error:?}")))
}

/// As text: a number of JavaScript would lose digits of a revision.
fn json(value: &impl serde::Serialize) -> Result<JsValue, JsValue> {
    serde_json::to_string(value)
        .map(|text| JsValue::from_str(&text))
        .map_err(|error| JsValue::from_str(&error.to_string()))
}

fn texts(found: &JsValue) -> impl Iterator<Item = String> {
    let found: Vec<JsValue> = Array::from(found).iter().collect();
    found.into_iter().filter_map(|one| one.as_string())
}

fn documents<T: DeserializeOwned>(found: &JsValue) -> Result<Vec<T>, StorageError> {
    texts(found)
        .map(|text| serde_json::from_str(&text))
        .collect::<Result<_, _>>()
        .map_err(|error| StorageError::Unavailable(error.to_string()))
}

fn unavailable(error: IdbError) -> StorageError {
    match error {
        IdbError::Full => StorageError::Full,
        IdbError::Taken => StorageError::Unavailable("key is taken".into()),
        IdbError::Other(text) => StorageError::Unavailable(text),
    }
}
