//! The desk: everything one person has written on this device, stored and on its way to the server,
//! whichever page is open.
//!
//! The rules are those of [`sync::Outbox`]; here they meet the browser: its storage, its clock, its
//! network events and its other tabs.

mod deliver;

pub(super) use deliver::outcome;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use api::forms::submission::{Operation, ScoreSheet};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sync::{
    Backoff, Change, DeviceId, Durability, OperationId, Outbox, Place, Stamp, Standing, Storage,
    StorageError, SubmissionId,
};
use uuid::Uuid;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::legacy;
use super::log::Log;
use super::photo::{KeptPhoto, REFUSED, SENT, WAITING};
use super::save_state::Link;
use super::storage::DeviceStorage;
use crate::client::{Client, Failure};
use crate::device;
use crate::session::CurrentSession;

/// How long a finished sheet stays on the device after the server has confirmed all of it.
const RETENTION_MS: i64 = 14 * 24 * 3_600_000;
/// A wish to submit that waits for the network: the reason for open questions, as JSON.
pub const SUBMIT: &str = "submit";
/// Tabs of this browser tell each other here that a log has moved on.
const CHANNEL: &str = "orientir.logs";

/// What happened to a submission, for the page that shows it.
#[derive(Clone, Debug)]
pub enum Arrival {
    /// The device has stored what was written, or could not.
    Stored(Result<(), StorageError>),
    /// Receipts or operations of others have come.
    Log,
    /// How the last attempt to send went.
    Link(Link),
    /// A wish to submit was fulfilled.
    Submitted(Box<ScoreSheet>),
    /// A wish to submit was refused and is taken back.
    SubmitRefused(Failure),
}

/// Numbers over all submissions of the person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Answers that the server does not hold.
    pub waiting: u64,
    /// Sheets whose hand-in waits.
    pub wishes: u64,
    /// Photos that the server does not hold.
    pub photos: u64,
    /// Pages that fill in a form now.
    pub open: u64,
}

impl Totals {
    /// Does something wait to be sent?
    pub fn waits(self) -> bool {
        self.waiting + self.wishes + self.photos > 0
    }

    /// Must this version of the application go on: is a form open, or does something wait?
    pub fn holds(self) -> bool {
        self.waits() || self.open > 0
    }
}

/// The desk of the work area, given by context.
#[derive(Clone, Copy)]
pub struct Desk {
    /// Numbers over all submissions.
    pub totals: RwSignal<Totals>,
    client: Client,
    inner: StoredValue<Inner, LocalStorage>,
}

type Listener = Rc<dyn Fn(Arrival)>;

struct Inner {
    storage: Rc<DeviceStorage>,
    person: Uuid,
    outbox: Outbox<Value>,
    notes: BTreeMap<SubmissionId, BTreeMap<String, String>>,
    listeners: BTreeMap<SubmissionId, Listener>,
    loading: Option<js_sys::Promise>,
    /// Submissions of which a transaction is under way, and what follows it.
    writing: BTreeSet<SubmissionId>,
    queued: BTreeMap<SubmissionId, (Vec<Change<Value>>, Durability)>,
    is_delivering: bool,
    timer: Option<TimeoutHandle>,
    wish_pause: Backoff,
    channel: Option<web_sys::BroadcastChannel>,
}

/// The desk around this component.
pub fn use_desk() -> Desk {
    expect_context::<Desk>()
}

impl Desk {
    /// A desk of nobody yet.
    pub fn new(client: Client, session: CurrentSession) -> Self {
        let desk = Desk {
            totals: RwSignal::new(Totals::default()),
            client,
            inner: StoredValue::new_local(Inner {
                storage: Rc::new(DeviceStorage::new()),
                person: Uuid::nil(),
                outbox: Outbox::new(DeviceId(Uuid::nil())),
                notes: BTreeMap::new(),
                listeners: BTreeMap::new(),
                loading: None,
                writing: BTreeSet::new(),
                queued: BTreeMap::new(),
                is_delivering: false,
                timer: None,
                wish_pause: Backoff::default(),
                channel: None,
            }),
        };
        desk.watch();
        // Whoever signs in sits down; a session that begins anew delivers what waited for it.
        Effect::new(move |_| {
            client.epoch.track();
            let person = session.session.with(|session| {
                let person = session.as_ref()?.person.as_ref()?;
                Some(person.id.0)
            });
            let is_expired = client.expired.get();
            if person.is_none() {
                desk.stand_up();
            }
            if let Some(person) = person {
                leptos::task::spawn_local(async move {
                    desk.settle(person).await;
                    if !is_expired {
                        desk.signed_in();
                    }
                });
            }
        });
        desk
    }

    /// The storage behind the desk, for documents and photos.
    pub fn storage(self) -> Rc<DeviceStorage> {
        self.inner.with_value(|inner| inner.storage.clone())
    }

    /// The device of the person at the desk.
    pub fn device(self) -> DeviceId {
        self.inner.with_value(|inner| inner.outbox.device())
    }

    /// The way to the server.
    pub(super) fn client(self) -> Client {
        self.client
    }

    /// The next photo to send: of a submission whose answers the server holds.
    pub(super) fn next_photo(self) -> Option<(SubmissionId, String, KeptPhoto)> {
        self.inner.with_value(|inner| {
            inner.notes.iter().find_map(|(submission, notes)| {
                let log = inner.outbox.log(*submission)?;
                if log.tally().waiting() > 0 {
                    return None;
                }
                notes.iter().find_map(|(name, text)| {
                    let hash = name.strip_prefix(WAITING)?;
                    let kept = serde_json::from_str(text).ok()?;
                    Some((*submission, hash.to_owned(), kept))
                })
            })
        })
    }

    /// Nobody is at the desk: nothing is shown or sent any more. What waits stays on the device for its person.
    fn stand_up(self) {
        self.inner.update_value(|inner| {
            inner.person = Uuid::nil();
            inner.outbox = Outbox::new(DeviceId(Uuid::nil()));
            inner.notes.clear();
            inner.listeners.clear();
            inner.loading = None;
            if let Some(timer) = inner.timer.take() {
                timer.clear();
            }
        });
    }

    /// Leaves nothing of the person on this device, unless something of theirs waits to be sent: sheets, photos and
    /// what was kept for working without a network. By code, so that the application itself stays and opens offline.
    pub async fn clear(self) {
        self.settled_down().await;
        self.count();
        let person = self.inner.with_value(|inner| inner.person);
        let waits = self.totals.with_untracked(|totals| totals.waits());
        if !person.is_nil()
            && !waits
            && let Err(error) = self.clear_all(person).await
        {
            leptos::logging::error!("this device was not cleared: {error}");
        }
        // Pages that end now write nothing more.
        self.stand_up();
    }

    async fn clear_all(self, person: Uuid) -> Result<(), StorageError> {
        let (storage, device) = (self.storage(), self.device());
        for submission in storage.submissions(device).await? {
            for kind in [SENT, REFUSED] {
                for (hash, _) in self.notes(submission, kind) {
                    storage.forget_photo(&hash).await;
                }
            }
            let place = Place { device, submission };
            let forget = vec![Change::Forget];
            storage.commit(place, forget, Durability::Strict).await?;
        }
        storage
            .forget_documents(&crate::client::kept_answers(person))
            .await
    }

    /// Waits until everything written so far is on the device, for two seconds at most.
    async fn settled_down(self) {
        const LOOKS: u32 = 40;
        for _ in 0..LOOKS {
            let is_done = self
                .inner
                .with_value(|inner| inner.writing.is_empty() && inner.queued.is_empty());
            if is_done {
                return;
            }
            device::pause(std::time::Duration::from_millis(50)).await;
        }
    }

    /// Sits a person down: takes up everything they have written here. Waits until it is there.
    pub async fn settle(self, person: Uuid) {
        let known = self.inner.with_value(|inner| {
            let is_same = inner.person == person;
            inner.loading.clone().filter(|_| is_same)
        });
        let loading = known.unwrap_or_else(|| {
            self.inner.update_value(|inner| {
                inner.person = person;
                inner.outbox = Outbox::new(device_of(person));
                inner.notes.clear();
                inner.queued.clear();
                inner.wish_pause = Backoff::default();
            });
            let loading = wasm_bindgen_futures::future_to_promise(async move {
                self.load(person).await;
                Ok(JsValue::NULL)
            });
            self.inner
                .update_value(|inner| inner.loading = Some(loading.clone()));
            loading
        });
        // The future itself has no way to fail.
        drop(wasm_bindgen_futures::JsFuture::from(loading).await);
    }

    async fn load(self, person: Uuid) {
        let (storage, device) = (self.storage(), self.device());
        let moved = legacy::move_over(&storage, device).await;
        let taken_up = match moved {
            Ok(()) => self.take_up_all(person, &storage, device).await,
            Err(error) => Err(error),
        };
        if let Err(error) = taken_up {
            leptos::logging::error!("the storage of this device: {error}");
        }
        self.prune().await;
        self.count();
        self.deliver();
    }

    async fn take_up_all(
        self,
        person: Uuid,
        storage: &DeviceStorage,
        device: DeviceId,
    ) -> Result<(), StorageError> {
        for submission in storage.submissions(device).await? {
            let Some(mut log) = storage.log(Place { device, submission }).await? else {
                continue;
            };
            let notes = std::mem::take(&mut log.notes);
            self.inner.update_value(|inner| {
                // Somebody else may have sat down meanwhile.
                if inner.person == person {
                    inner.outbox.take_up(log);
                    inner.notes.insert(submission, notes);
                }
            });
        }
        Ok(())
    }

    async fn prune(self) {
        let (storage, device) = (self.storage(), self.device());
        let prunable = self
            .inner
            .with_value(|inner| inner.outbox.prunable(device::now_ms(), RETENTION_MS));
        for submission in prunable {
            let place = Place { device, submission };
            let forgotten = storage
                .commit(place, vec![Change::Forget], Durability::Relaxed)
                .await;
            if forgotten.is_ok() {
                for kind in [SENT, REFUSED] {
                    for (hash, _) in self.notes(submission, kind) {
                        storage.forget_photo(&hash).await;
                    }
                }
                self.inner.update_value(|inner| {
                    inner.outbox.forget(submission);
                    inner.notes.remove(&submission);
                });
            }
        }
    }

    /// A page begins to show a submission; `listener` hears what happens to it until [`Desk::leave`].
    pub fn attend(
        self,
        submission: SubmissionId,
        form_version: &str,
        listener: impl Fn(Arrival) + 'static,
    ) {
        self.inner.update_value(|inner| {
            inner.outbox.log_mut(submission, form_version);
            inner.listeners.insert(submission, Rc::new(listener));
        });
        self.count();
    }

    /// The page of a submission has ended.
    pub fn leave(self, submission: SubmissionId) {
        self.inner.update_value(|inner| {
            inner.listeners.remove(&submission);
        });
        self.count();
    }

    /// Looks into a log.
    pub fn with_log<R>(self, submission: SubmissionId, look: impl FnOnce(&Log) -> R) -> Option<R> {
        self.inner
            .try_with_value(|inner| inner.outbox.log(submission).map(look))
            .flatten()
    }

    /// Own operations of every submission, ascending.
    pub(super) fn own_operations(self) -> Vec<(SubmissionId, Vec<Operation>)> {
        self.inner.with_value(|inner| {
            let logs = inner.outbox.logs().filter(|log| log.total() > 0);
            logs.map(|log| {
                let own = log.iter().filter(|one| one.device == log.device());
                (log.submission(), own.cloned().collect())
            })
            .collect()
        })
    }

    /// Records a change and begins to store it.
    pub fn record(self, submission: SubmissionId, change: Value) {
        let operation: Option<Operation> = self
            .inner
            .try_update_value(|inner| {
                let log = inner.outbox.known_log_mut(submission)?;
                Some(log.record(change, stamp()).clone())
            })
            .flatten();
        if let Some(operation) = operation {
            self.store(
                submission,
                vec![Change::Own(operation)],
                Durability::Relaxed,
            );
            self.count();
        }
    }

    /// This submission holds an alarm: it goes first, at once.
    pub fn hurry(self, submission: SubmissionId) {
        self.inner
            .update_value(|inner| inner.outbox.hurry(submission));
        self.deliver();
    }

    /// Takes in the whole log as the server has it; says whether an operation was new.
    pub fn see_snapshot(
        self,
        submission: SubmissionId,
        operations: Vec<Operation>,
        revision: u64,
    ) -> bool {
        let mut is_new = false;
        let mut changes = Vec::new();
        self.inner.update_value(|inner| {
            let Some(log) = inner.outbox.known_log_mut(submission) else {
                return;
            };
            let known: BTreeSet<OperationId> = log.iter().map(|one| one.id).collect();
            let device = log.device();
            for operation in &operations {
                if !known.contains(&operation.id) {
                    changes.push(if operation.device == device {
                        Change::Own(operation.clone())
                    } else {
                        Change::Other(operation.clone())
                    });
                }
            }
            is_new = log.see_snapshot(operations, revision);
            changes.push(Change::Standing(log.standing().clone()));
        });
        self.store(submission, changes, Durability::Relaxed);
        self.count();
        is_new
    }

    /// The submission is finished for this device.
    pub fn close(self, submission: SubmissionId) {
        let mut standing: Option<Standing> = None;
        self.inner.update_value(|inner| {
            if let Some(log) = inner.outbox.known_log_mut(submission) {
                log.close();
                standing = Some(log.standing().clone());
            }
        });
        if let Some(standing) = standing {
            let changes = vec![Change::Standing(standing)];
            self.store(submission, changes, Durability::Strict);
        }
    }

    /// Keeps something about the submission under a name.
    pub fn keep<T: Serialize>(self, submission: SubmissionId, name: &str, value: &T) {
        // Plain values: writing them as JSON does not fail.
        if let Ok(text) = serde_json::to_string(value) {
            self.set_note(submission, name, Some(text));
        }
    }

    /// What was kept under a name.
    pub fn kept<T: DeserializeOwned>(self, submission: SubmissionId, name: &str) -> Option<T> {
        let text = self.note(submission, name)?;
        serde_json::from_str(&text).ok()
    }

    /// A text kept under a name.
    pub fn note(self, submission: SubmissionId, name: &str) -> Option<String> {
        self.inner
            .try_with_value(|inner| inner.notes.get(&submission)?.get(name).cloned())
            .flatten()
    }

    /// All texts whose names begin so, without that beginning.
    pub fn notes(self, submission: SubmissionId, prefix: &str) -> Vec<(String, String)> {
        self.inner.with_value(|inner| {
            let notes = inner.notes.get(&submission);
            let named = notes.into_iter().flatten().filter_map(|(name, text)| {
                let name = name.strip_prefix(prefix)?;
                Some((name.to_owned(), text.clone()))
            });
            named.collect()
        })
    }

    /// Keeps a text under a name; `None` drops it.
    pub fn set_note(self, submission: SubmissionId, name: &str, text: Option<String>) {
        let mut is_changed = false;
        self.inner.update_value(|inner| {
            let notes = inner.notes.entry(submission).or_default();
            is_changed = notes.get(name) != text.as_ref();
            match text.clone() {
                Some(text) => drop(notes.insert(name.to_owned(), text)),
                None => drop(notes.remove(name)),
            }
        });
        if is_changed {
            let name = name.to_owned();
            let changes = vec![Change::Note { name, text }];
            self.store(submission, changes, Durability::Relaxed);
            self.count();
        }
    }

    /// Flushes what is written of a submission to the disk: the page is hidden, left or handed in.
    pub fn harden(self, submission: SubmissionId) {
        let standing = self.with_log(submission, |log| log.standing().clone());
        if let Some(standing) = standing {
            let changes = vec![Change::Standing(standing)];
            self.store(submission, changes, Durability::Strict);
        }
        // The page may end with this task: what is queued does not wait for its turn.
        self.write(submission);
    }

    /// Queues changes of one log; one transaction of it is under way at a time.
    fn store(self, submission: SubmissionId, changes: Vec<Change<Value>>, durability: Durability) {
        let mut is_free = false;
        self.inner.update_value(|inner| {
            let queued = inner.queued.entry(submission).or_default();
            queued.0.extend(changes);
            if durability == Durability::Strict {
                queued.1 = Durability::Strict;
            }
            is_free = !inner.writing.contains(&submission);
        });
        if is_free {
            self.write(submission);
        }
    }

    /// Begins a transaction with everything queued.
    fn write(self, submission: SubmissionId) {
        let mut queued = None;
        self.inner.update_value(|inner| {
            queued = inner.queued.remove(&submission);
            if queued.is_some() {
                inner.writing.insert(submission);
            }
        });
        if let Some((changes, durability)) = queued {
            leptos::task::spawn_local(self.commit(submission, changes, durability));
        }
    }

    async fn commit(
        self,
        submission: SubmissionId,
        mut changes: Vec<Change<Value>>,
        durability: Durability,
    ) {
        let device = self.device();
        let (storage, place) = (self.storage(), Place { device, submission });
        let outcome = loop {
            match storage.commit(place, changes.clone(), durability).await {
                Err(StorageError::Taken { .. }) => {
                    changes = self.give_way(&storage, place, changes).await;
                }
                outcome => break outcome,
            }
        };
        self.inner.update_value(|inner| {
            inner.writing.remove(&submission);
            let Some(log) = inner.outbox.known_log_mut(submission) else {
                return;
            };
            for change in &changes {
                match (change, &outcome) {
                    (Change::Own(operation), Ok(())) => log.stored(operation.id),
                    (Change::Own(_), Err(_)) => log.storage_lost(),
                    _ => {}
                }
            }
        });
        let has_answers = changes
            .iter()
            .any(|change| matches!(change, Change::Own(_) | Change::Other(_)));
        if has_answers || outcome.is_err() {
            self.tell(submission, Arrival::Stored(outcome));
        }
        if has_answers {
            self.call_tabs(submission);
            self.deliver();
        }
        self.write(submission);
    }

    /// Another tab has taken a sequence: what this tab has not stored moves behind.
    async fn give_way(
        self,
        storage: &DeviceStorage,
        place: Place,
        changes: Vec<Change<Value>>,
    ) -> Vec<Change<Value>> {
        let stored = storage.log(place).await.ok().flatten();
        let stored = stored.map(|log| log.own).unwrap_or_default();
        let mut moved = Vec::new();
        self.inner.update_value(|inner| {
            if let Some(log) = inner.outbox.known_log_mut(place.submission) {
                moved = log.give_way(stored);
            }
            // What is queued is among the moved.
            if let Some((queued, _)) = inner.queued.get_mut(&place.submission) {
                queued.retain(|change| !matches!(change, Change::Own(_)));
            }
        });
        self.tell(place.submission, Arrival::Log);
        changes
            .into_iter()
            .filter(|change| !matches!(change, Change::Own(_)))
            .chain(moved.into_iter().map(Change::Own))
            .collect()
    }

    fn tell(self, submission: SubmissionId, arrival: Arrival) {
        let listener = self
            .inner
            .try_with_value(|inner| inner.listeners.get(&submission).cloned())
            .flatten();
        if let Some(listener) = listener {
            listener(arrival);
        }
    }

    fn tell_all(self, arrival: &Arrival) {
        let listeners: Vec<Listener> = self
            .inner
            .with_value(|inner| inner.listeners.values().cloned().collect());
        for listener in listeners {
            listener(arrival.clone());
        }
    }

    /// Brings the numbers up to date.
    fn count(self) {
        let totals = self.inner.try_with_value(|inner| Totals {
            waiting: inner.outbox.waiting(),
            wishes: inner
                .notes
                .values()
                .filter(|notes| notes.contains_key(SUBMIT))
                .count() as u64,
            photos: inner
                .notes
                .values()
                .flat_map(BTreeMap::keys)
                .filter(|name| name.starts_with(WAITING))
                .count() as u64,
            open: inner.listeners.len() as u64,
        });
        if let Some(totals) = totals
            && self.totals.try_get_untracked() != Some(totals)
        {
            self.totals.set(totals);
        }
    }

    /// Follows the network, the window and the other tabs for as long as the work area runs.
    fn watch(self) {
        for event in ["online", "focus", "pageshow"] {
            let handle = window_event_listener_untyped(event, move |_| self.wake());
            on_cleanup(move || handle.remove());
        }
        let Ok(channel) = web_sys::BroadcastChannel::new(CHANNEL) else {
            return;
        };
        let heard = Closure::<dyn FnMut(_)>::new(move |event: web_sys::MessageEvent| {
            let id = event.data().as_string().and_then(|id| id.parse().ok());
            if let Some(id) = id {
                leptos::task::spawn_local(self.take_in_other_tab(SubmissionId(id)));
            }
        });
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        heard.forget();
        self.inner
            .update_value(|inner| inner.channel = Some(channel));
    }

    fn call_tabs(self, submission: SubmissionId) {
        self.inner.with_value(|inner| {
            if let Some(channel) = &inner.channel {
                // A tab that does not hear takes it in when it writes itself.
                drop(channel.post_message(&submission.to_string().into()));
            }
        });
    }

    async fn take_in_other_tab(self, submission: SubmissionId) {
        if self.with_log(submission, |_| ()).is_none() {
            return;
        }
        let device = self.device();
        let log = self.storage().log(Place { device, submission }).await;
        if let Ok(Some(log)) = log {
            self.inner.update_value(|inner| inner.outbox.take_up(log));
            self.tell(submission, Arrival::Log);
            self.count();
        }
    }
}

fn stamp() -> Stamp {
    Stamp {
        id: OperationId(Uuid::now_v7()),
        at_ms: device::now_ms(),
        zone_minutes: device::zone_minutes(),
    }
}

/// Id of this browser for one person: colleagues who share a tablet stay apart in the history.
fn device_of(person: Uuid) -> DeviceId {
    let key = format!("orientir.device.{person}");
    if let Some(id) = device::remembered(&key).and_then(|text| text.parse().ok()) {
        return DeviceId(id);
    }
    let id = Uuid::now_v7();
    // Where storage is forbidden the id lives as long as the page, like the answers.
    device::remember(&key, &id.to_string());
    DeviceId(id)
}
