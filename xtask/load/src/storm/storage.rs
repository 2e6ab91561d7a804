//! The disk of a simulated tablet: one file a log, a line a change.
//!
//! A line is written in two parts with a moment between, so that a tablet which is killed there leaves a
//! torn line, as a disk would. A torn line was never confirmed; the next start cuts it off.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sync::{
    Change, DeviceId, Durability, MemoryStorage, Operation, Place, Standing, Storage, StorageError,
    StoredLog, SubmissionId,
};
use tokio::fs::File;
use tokio::io::AsyncWriteExt;
use tokio::sync::Mutex;
use uuid::Uuid;

/// A directory of logs. Clones share it, as tabs share a browser's storage.
#[derive(Clone)]
pub struct FileStorage {
    directory: Arc<Path>,
    /// What the files say.
    memory: MemoryStorage<Value>,
    files: Arc<Mutex<BTreeMap<Place, File>>>,
}

/// A change as it stands in the file.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Own(Operation<Value>),
    Other(Operation<Value>),
    Standing(Standing),
    Note(String, Option<String>),
    Forget,
}

impl From<Change<Value>> for Line {
    fn from(change: Change<Value>) -> Self {
        match change {
            Change::Own(operation) => Line::Own(operation),
            Change::Other(operation) => Line::Other(operation),
            Change::Standing(standing) => Line::Standing(standing),
            Change::Note { name, text } => Line::Note(name, text),
            Change::Forget => Line::Forget,
        }
    }
}

impl From<Line> for Change<Value> {
    fn from(line: Line) -> Self {
        match line {
            Line::Own(operation) => Change::Own(operation),
            Line::Other(operation) => Change::Other(operation),
            Line::Standing(standing) => Change::Standing(standing),
            Line::Note(name, text) => Change::Note { name, text },
            Line::Forget => Change::Forget,
        }
    }
}

impl FileStorage {
    /// Opens a directory, reading what was confirmed.
    ///
    /// # Errors
    /// Those of the file system, or a file that is none of ours.
    pub async fn open(directory: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(directory)?;
        let memory = MemoryStorage::default();
        for entry in std::fs::read_dir(directory)? {
            let path = entry?.path();
            let place = place_of(&path).with_context(|| format!("{}", path.display()))?;
            let mut bytes = std::fs::read(&path)?;
            let whole = bytes
                .iter()
                .rposition(|byte| *byte == b'\n')
                .map_or(0, |end| end + 1);
            if whole < bytes.len() {
                bytes.truncate(whole);
                std::fs::write(&path, &bytes)?;
            }
            for line in bytes.split_inclusive(|byte| *byte == b'\n') {
                let lines: Vec<Line> = serde_json::from_slice(line)?;
                let changes = lines.into_iter().map(Change::from).collect();
                memory.commit(place, changes, Durability::Relaxed).await?;
            }
        }
        Ok(FileStorage {
            directory: directory.into(),
            memory,
            files: Arc::default(),
        })
    }

    fn path(&self, place: Place) -> PathBuf {
        self.directory
            .join(format!("{}.{}", place.device, place.submission))
    }

    async fn append(
        &self,
        files: &mut BTreeMap<Place, File>,
        place: Place,
        text: &[u8],
        durability: Durability,
    ) -> std::io::Result<()> {
        let file = match files.entry(place) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(new) => {
                let mut options = File::options();
                options.create(true).append(true);
                new.insert(options.open(self.path(place)).await?)
            }
        };
        let (first, second) = text.split_at(text.len() / 2);
        file.write_all(first).await?;
        file.flush().await?;
        tokio::task::yield_now().await;
        file.write_all(second).await?;
        file.flush().await?;
        if durability == Durability::Strict {
            file.sync_data().await?;
        }
        Ok(())
    }
}

fn place_of(path: &Path) -> Option<Place> {
    let name = path.file_name()?.to_str()?;
    let (device, submission) = name.split_once('.')?;
    Some(Place {
        device: DeviceId(Uuid::parse_str(device).ok()?),
        submission: SubmissionId(Uuid::parse_str(submission).ok()?),
    })
}

impl Storage<Value> for FileStorage {
    async fn commit(
        &self,
        place: Place,
        changes: Vec<Change<Value>>,
        durability: Durability,
    ) -> Result<(), StorageError> {
        let away = |error: &dyn std::fmt::Display| StorageError::Unavailable(error.to_string());
        let mut files = self.files.lock().await;
        let lines: Vec<Line> = changes.iter().cloned().map(Line::from).collect();
        let mut text = serde_json::to_vec(&lines).map_err(|error| away(&error))?;
        text.push(b'\n');
        // Refused before anything is written; a change that is killed on the way to the disk is gone
        // with this memory.
        self.memory.commit(place, changes, durability).await?;
        self.append(&mut files, place, &text, durability)
            .await
            .map_err(|error| away(&error))
    }

    async fn log(&self, place: Place) -> Result<Option<StoredLog<Value>>, StorageError> {
        self.memory.log(place).await
    }

    async fn submissions(&self, device: DeviceId) -> Result<Vec<SubmissionId>, StorageError> {
        self.memory.submissions(device).await
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::{Arc, Mutex};

    use super::*;

    #[tokio::test]
    async fn file_storage_keeps_the_contract_of_storages() {
        let directory = crate::process::scratch("contract").expect("a directory");
        // Two openings at a time are two tabs of one browser; after the last is closed the files are read.
        let shared: Mutex<HashMap<&'static str, FileStorage>> = Mutex::default();
        let open = async |name: &'static str| {
            let known = shared.lock().expect("no panic").remove(name);
            let storage = match known {
                Some(known) if Arc::strong_count(&known.files) > 1 => known,
                _ => FileStorage::open(&directory.join(name))
                    .await
                    .expect("opens"),
            };
            shared
                .lock()
                .expect("no panic")
                .insert(name, storage.clone());
            storage
        };
        let done = sync::contract::check(open).await;
        assert!(done.is_ok(), "{done:?}");
        std::fs::remove_dir_all(&directory).expect("removed");
    }

    #[tokio::test]
    async fn torn_line_is_cut_off_and_the_rest_is_kept() {
        let directory = crate::process::scratch("torn").expect("a directory");
        let place = Place {
            device: DeviceId(Uuid::from_u128(1)),
            submission: SubmissionId(Uuid::from_u128(2)),
        };
        let note = |text: &str| {
            vec![Change::Note {
                name: "step".into(),
                text: Some(text.into()),
            }]
        };
        let storage = FileStorage::open(&directory).await.expect("opens");
        for text in ["one", "two"] {
            let done = storage.commit(place, note(text), Durability::Strict).await;
            done.expect("stored");
        }
        let path = storage.path(place);
        drop(storage);
        let mut bytes = std::fs::read(&path).expect("written");
        bytes.truncate(bytes.len() - 3);
        std::fs::write(&path, bytes).expect("torn");
        for _ in 0..2 {
            let again = FileStorage::open(&directory).await.expect("opens");
            let log = again.log(place).await.expect("read").expect("kept");
            assert_eq!(log.notes["step"], "one");
        }
        std::fs::remove_dir_all(&directory).expect("removed");
    }
}
