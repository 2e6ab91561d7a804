//! A storage in memory: the reference for the others, and the disk of a simulated tablet.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{
    Change, DeviceId, Durability, Operation, OperationId, Place, Standing, Storage, StorageError,
    StoredLog, SubmissionId,
};

/// Logs in memory; clones share them, as tabs share a browser's storage.
#[derive(Clone, Debug)]
pub struct MemoryStorage<E> {
    kept: Arc<Mutex<Kept<E>>>,
}

#[derive(Clone, Debug)]
struct Kept<E> {
    logs: BTreeMap<Place, KeptLog<E>>,
    /// Operations it takes in all; beyond, it is full.
    room: usize,
}

#[derive(Clone, Debug)]
struct KeptLog<E> {
    own: BTreeMap<u64, Operation<E>>,
    others: BTreeMap<OperationId, Operation<E>>,
    standing: Standing,
    notes: BTreeMap<String, String>,
}

impl<E> Default for KeptLog<E> {
    fn default() -> Self {
        KeptLog {
            own: BTreeMap::new(),
            others: BTreeMap::new(),
            standing: Standing::default(),
            notes: BTreeMap::new(),
        }
    }
}

impl<E> Default for MemoryStorage<E> {
    fn default() -> Self {
        MemoryStorage::with_room(usize::MAX)
    }
}

impl<E> MemoryStorage<E> {
    /// A storage that is full after so many operations.
    pub fn with_room(room: usize) -> Self {
        let logs = BTreeMap::new();
        MemoryStorage {
            kept: Arc::new(Mutex::new(Kept { logs, room })),
        }
    }

    /// Makes room for so many operations in all.
    pub fn set_room(&self, room: usize) {
        self.lock().room = room;
    }

    fn lock(&self) -> MutexGuard<'_, Kept<E>> {
        // A change is applied to a copy and put in place whole, so a panic leaves nothing half-made.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<E: Clone> Kept<E> {
    fn apply(&mut self, place: Place, changes: Vec<Change<E>>) -> Result<(), StorageError> {
        let mut log = self.logs.get(&place).cloned().unwrap_or_default();
        let elsewhere: usize = self
            .logs
            .iter()
            .filter(|(other, _)| **other != place)
            .map(|(_, log)| log.own.len() + log.others.len())
            .sum();
        let before = log.own.len() + log.others.len();
        let mut is_forgotten = false;
        for change in changes {
            is_forgotten = false;
            match change {
                Change::Own(operation) => {
                    let sequence = operation.sequence;
                    let held = log.own.entry(sequence).or_insert_with(|| operation.clone());
                    if held.id != operation.id {
                        return Err(StorageError::Taken { sequence });
                    }
                }
                Change::Other(operation) => {
                    log.others.entry(operation.id).or_insert(operation);
                }
                Change::Standing(standing) => log.standing = standing,
                Change::Note { name, text } => match text {
                    Some(text) => drop(log.notes.insert(name, text)),
                    None => drop(log.notes.remove(&name)),
                },
                Change::Forget => {
                    log = KeptLog::default();
                    is_forgotten = true;
                }
            }
        }
        let after = log.own.len() + log.others.len();
        if after > before && elsewhere + after > self.room {
            return Err(StorageError::Full);
        }
        if is_forgotten {
            self.logs.remove(&place);
        } else {
            self.logs.insert(place, log);
        }
        Ok(())
    }
}

impl<E: Clone> Storage<E> for MemoryStorage<E> {
    async fn commit(
        &self,
        place: Place,
        changes: Vec<Change<E>>,
        _durability: Durability,
    ) -> Result<(), StorageError> {
        self.lock().apply(place, changes)
    }

    async fn log(&self, place: Place) -> Result<Option<StoredLog<E>>, StorageError> {
        Ok(self.lock().logs.get(&place).map(|log| StoredLog {
            submission: place.submission,
            own: log.own.values().cloned().collect(),
            others: log.others.values().cloned().collect(),
            standing: log.standing.clone(),
            notes: log.notes.clone(),
        }))
    }

    async fn submissions(&self, device: DeviceId) -> Result<Vec<SubmissionId>, StorageError> {
        let kept = self.lock();
        Ok(kept
            .logs
            .keys()
            .filter(|place| place.device == device)
            .map(|place| place.submission)
            .collect())
    }
}
