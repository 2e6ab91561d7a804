//! The hub of live changes: reads each municipality's live log as it grows and passes it on.
//!
//! The log is the truth, wake-ups are only hints: from commits of this process, and on PostgreSQL
//! from NOTIFY of the others. A burst of commits is one read and one NOTIFY, because NOTIFY takes a
//! lock over the whole database at commit. A change is written as it travels once, for all listeners.

mod postgres;
mod presence;

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use api::id::MunicipalityId;
use api::live::LiveMessage;
use axum::body::Bytes;
use tokio::sync::{Semaphore, broadcast, mpsc};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::store::{LiveEntry, Store, StoreError};

/// Changes kept for a slow listener before it has to read them from the log. Fewer than are replayed from it.
const BUFFER: usize = 256;
pub use presence::Told;

/// Changes replayed to a returning listener; beyond that fetching everything is cheaper.
const REPLAY: u64 = 1000;
/// How long a burst of commits is gathered.
const GATHER: Duration = Duration::from_millis(10);
/// Listeners that read the log at the same time, because they fell behind together.
const CATCHING_UP: usize = 2;

/// Passes live changes on. Cheap to clone.
#[derive(Clone)]
pub struct Hub {
    store: Store,
    channels: Channels,
    presence: presence::Board,
    catching_up: Arc<Semaphore>,
    /// Ends the background tasks with the last clone.
    _tasks: Arc<Tasks>,
}

type Channels = Arc<Mutex<HashMap<Uuid, Channel>>>;

struct Channel {
    sender: broadcast::Sender<Arc<Heard>>,
    /// Sequence of the last change passed on.
    passed: u64,
}

struct Tasks(Vec<JoinHandle<()>>);

impl Drop for Tasks {
    fn drop(&mut self) {
        for task in &self.0 {
            task.abort();
        }
    }
}

/// A change as listeners get it.
#[derive(Clone, Debug)]
pub struct Heard {
    /// What happened, and whom it concerns.
    pub entry: LiveEntry,
    /// The same as an event of the stream.
    pub frame: Bytes,
}

impl Heard {
    fn new(entry: LiveEntry) -> Self {
        let frame = frame(&entry.message);
        Heard { entry, frame }
    }
}

/// A message as an event of a stream.
pub fn frame(message: &LiveMessage) -> Bytes {
    // A message holds no map with keys that are not text, so it is always JSON, and JSON on one line.
    let data = serde_json::to_string(message).unwrap_or_default();
    Bytes::from(format!("id: {}\ndata: {data}\n\n", message.sequence))
}

/// What a listener missed.
#[derive(Clone, Debug)]
pub struct Missed {
    /// It was away for too long, or knows a future that never was: it has to fetch everything again.
    pub reset: bool,
    /// Sequence up to which the listener is served by `changes` or by the reset.
    pub sequence: u64,
    /// What it missed.
    pub changes: Vec<Heard>,
}

/// What a listener gets at its start.
pub struct Subscription {
    /// What it missed.
    pub missed: Missed,
    /// What comes; skip what is not above `missed.sequence`.
    pub coming: broadcast::Receiver<Arc<Heard>>,
}

impl Hub {
    /// Starts the background tasks; call inside a tokio runtime.
    pub fn start(store: Store) -> Self {
        let channels = Channels::default();
        let (hint, hints) = mpsc::unbounded_channel();
        let mut tasks = vec![tokio::spawn(follow(store.clone(), channels.clone(), hints))];
        if store.kind() == "postgresql" {
            tasks.push(tokio::spawn(postgres::listen(
                store.address().to_owned(),
                hint,
            )));
        }
        Hub {
            store,
            channels,
            presence: presence::Board::new(),
            catching_up: Arc::new(Semaphore::new(CATCHING_UP)),
            _tasks: Arc::new(Tasks(tasks)),
        }
    }

    /// Begins to listen after the change `after`, or from now on.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn subscribe(
        &self,
        municipality: MunicipalityId,
        after: Option<u64>,
    ) -> Result<Subscription, StoreError> {
        let head = self.store.live_sequence(municipality).await?;
        // Listening begins before the missed changes are read, so none falls between.
        let coming = {
            let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
            channels
                .entry(municipality.0)
                .or_insert_with(|| Channel {
                    sender: broadcast::channel(BUFFER).0,
                    passed: head,
                })
                .sender
                .subscribe()
        };
        let missed = match after {
            Some(after) => self.missed(municipality, after).await?,
            None => Missed {
                reset: false,
                sequence: head,
                changes: Vec::new(),
            },
        };
        Ok(Subscription { missed, coming })
    }

    /// What happened after the change `after`, from the log.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn missed(
        &self,
        municipality: MunicipalityId,
        after: u64,
    ) -> Result<Missed, StoreError> {
        // The semaphore is never closed.
        let _turn = self.catching_up.acquire().await;
        let entries = self
            .store
            .live_changes(municipality, after, REPLAY + 1)
            .await?;
        let gap = match entries.first() {
            Some(first) => first.message.sequence != after + 1,
            None => after != self.store.live_sequence(municipality).await?,
        };
        if gap || entries.len() as u64 > REPLAY {
            return Ok(Missed {
                reset: true,
                sequence: self.store.live_sequence(municipality).await?,
                changes: Vec::new(),
            });
        }
        Ok(Missed {
            reset: false,
            sequence: entries.last().map_or(after, |last| last.message.sequence),
            changes: entries.into_iter().map(Heard::new).collect(),
        })
    }
}

/// A hint from another process; none means that anything may have happened.
type Hint = Option<Uuid>;

async fn follow(store: Store, channels: Channels, mut hints: mpsc::UnboundedReceiver<Hint>) {
    let mut grown = store.grown();
    loop {
        let mut own = BTreeSet::new();
        let mut others = BTreeSet::new();
        let mut all = false;
        tokio::select! {
            municipality = grown.recv() => match municipality {
                Ok(municipality) => { own.insert(municipality); }
                Err(broadcast::error::RecvError::Lagged(_)) => all = true,
                Err(broadcast::error::RecvError::Closed) => return,
            },
            Some(hint) = hints.recv() => match hint {
                Some(municipality) => { others.insert(municipality); }
                None => all = true,
            },
        }
        tokio::time::sleep(GATHER).await;
        loop {
            match grown.try_recv() {
                Ok(municipality) => {
                    own.insert(municipality);
                }
                Err(broadcast::error::TryRecvError::Lagged(_)) => all = true,
                Err(_) => break,
            }
        }
        while let Ok(hint) = hints.try_recv() {
            match hint {
                Some(municipality) => {
                    others.insert(municipality);
                }
                None => all = true,
            }
        }
        let listened: Vec<(Uuid, u64)> = {
            let channels = channels.lock().unwrap_or_else(PoisonError::into_inner);
            channels
                .iter()
                .filter(|(id, _)| all || own.contains(id) || others.contains(id))
                .map(|(id, channel)| (*id, channel.passed))
                .collect()
        };
        for (municipality, passed) in listened {
            if let Err(error) = pass_on(&store, &channels, municipality, passed).await {
                tracing::warn!(%error, "live changes not read; the next change tries again");
            }
        }
        if let Err(error) = store.notify(postgres::CHANNEL, own).await {
            tracing::warn!(%error, "other processes not notified; the next change tries again");
        }
    }
}

async fn pass_on(
    store: &Store,
    channels: &Channels,
    municipality: Uuid,
    mut passed: u64,
) -> Result<(), StoreError> {
    const PAGE: u64 = 500;
    loop {
        let entries = store
            .live_changes(MunicipalityId(municipality), passed, PAGE)
            .await?;
        let full = entries.len() as u64 == PAGE;
        let mut channels = channels.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(channel) = channels.get_mut(&municipality) else {
            return Ok(());
        };
        for entry in entries {
            passed = entry.message.sequence;
            channel.passed = passed;
            // Nobody listening just now is no error.
            let _ = channel.sender.send(Arc::new(Heard::new(entry)));
        }
        if !full {
            return Ok(());
        }
    }
}
