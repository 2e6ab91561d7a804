//! The stream of changes: one connection for the whole work area, bursts joined, pause kept.

use std::collections::HashMap;
use std::time::Duration;

use api::forms::presence::{PRESENCE_EVENT, Presence};
use api::id::PersonId;
use api::live::{BEGIN_EVENT, LiveChange, LiveMessage};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use crate::device;
use crate::model::coalesce::Waiting;
use crate::model::stream_place::StreamPlace;

/// Messages inside this span reach the pages together, so a burst repaints once.
const BURST_MS: u64 = 120;
/// First and longest wait before a closed stream is opened anew.
const RETRY_MS: [u64; 2] = [1_000, 30_000];

/// Where the stream stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LiveState {
    /// Nobody is signed in.
    Closed,
    /// Being opened.
    Connecting,
    /// Open.
    Open,
    /// Broken; it is being opened anew.
    Reconnecting,
}

/// The stream, given to the whole work area by context.
#[derive(Clone, Copy)]
pub struct Live {
    /// Where it stands.
    pub state: RwSignal<LiveState>,
    /// Does the reader hold changes back?
    pub paused: RwSignal<bool>,
    /// Changes of the last moment, oldest first; pages watch it with an effect.
    pub batch: RwSignal<Vec<LiveMessage>>,
    /// When the last change came, by this device's clock.
    pub updated_ms: RwSignal<Option<i64>>,
    /// Where colleagues are, by person, and when they said so by this device's clock.
    pub presence: RwSignal<HashMap<PersonId, (Presence, i64)>>,
    inner: StoredValue<Inner, LocalStorage>,
}

struct Inner {
    source: Option<web_sys::EventSource>,
    pending: Waiting,
    is_scheduled: bool,
    retry_ms: u64,
    place: StreamPlace,
}

/// The stream of the work area.
pub fn use_live() -> Live {
    expect_context::<Live>()
}

impl Live {
    /// A closed stream.
    pub fn new() -> Self {
        Live {
            state: RwSignal::new(LiveState::Closed),
            paused: RwSignal::new(false),
            batch: RwSignal::new(Vec::new()),
            updated_ms: RwSignal::new(None),
            presence: RwSignal::new(HashMap::new()),
            inner: StoredValue::new_local(Inner {
                source: None,
                pending: Waiting::default(),
                is_scheduled: false,
                retry_ms: RETRY_MS[0],
                place: StreamPlace::default(),
            }),
        }
    }

    /// Opens the stream unless it is open.
    pub fn open(self) {
        if self.inner.with_value(|inner| inner.source.is_some()) {
            return;
        }
        self.state.set(LiveState::Connecting);
        let address = self
            .inner
            .with_value(|inner| inner.place.address(api::paths::LIVE));
        let Ok(source) = web_sys::EventSource::new(&address) else {
            self.state.set(LiveState::Reconnecting);
            return;
        };
        let opened = Closure::<dyn FnMut()>::new(move || self.opened());
        source.set_onopen(Some(opened.as_ref().unchecked_ref()));
        opened.forget();
        let failed = Closure::<dyn FnMut()>::new(move || self.failed());
        source.set_onerror(Some(failed.as_ref().unchecked_ref()));
        failed.forget();
        let received =
            Closure::<dyn FnMut(_)>::new(move |event: web_sys::MessageEvent| self.received(&event));
        source.set_onmessage(Some(received.as_ref().unchecked_ref()));
        received.forget();
        let told =
            Closure::<dyn FnMut(_)>::new(move |event: web_sys::MessageEvent| self.told(&event));
        // Refused only for a name that is none.
        drop(
            source.add_event_listener_with_callback(PRESENCE_EVENT, told.as_ref().unchecked_ref()),
        );
        told.forget();
        let begun =
            Closure::<dyn FnMut(_)>::new(move |event: web_sys::MessageEvent| self.begun(&event));
        // As above.
        drop(source.add_event_listener_with_callback(BEGIN_EVENT, begun.as_ref().unchecked_ref()));
        begun.forget();
        self.inner.update_value(|inner| inner.source = Some(source));
    }

    /// Closes the stream: somebody signed out.
    pub fn close(self) {
        self.inner.update_value(|inner| {
            if let Some(source) = inner.source.take() {
                source.close();
            }
            inner.pending.take();
            // Whoever signs in next may belong to another municipality, which counts for itself.
            inner.place = StreamPlace::default();
        });
        self.state.set(LiveState::Closed);
    }

    /// Acts once for every batch with a change that concerns the caller, and when changes were missed.
    pub fn hear(self, concerns: impl Fn(&LiveChange) -> bool + 'static, act: impl Fn() + 'static) {
        Effect::new(move |before: Option<()>| {
            let is_news = self.batch.with(|batch| {
                let mut changes = batch.iter().map(|message| &message.change);
                changes.any(|change| *change == LiveChange::Reset || concerns(change))
            });
            // A batch from before the caller is in what the caller reads first.
            if is_news && before.is_some() {
                act();
            }
        });
    }

    /// Holds changes back, or lets the held ones through.
    pub fn pause(self, pause: bool) {
        self.paused.set(pause);
        if !pause {
            self.flush();
        }
    }

    fn opened(self) {
        self.inner
            .update_value(|inner| inner.retry_ms = RETRY_MS[0]);
        self.state.set(LiveState::Open);
    }

    fn failed(self) {
        self.state.set(LiveState::Reconnecting);
        self.inner.update_value(|inner| inner.place.broken());
        let is_closed = self.inner.with_value(|inner| {
            inner
                .source
                .as_ref()
                .is_some_and(|source| source.ready_state() == web_sys::EventSource::CLOSED)
        });
        // The browser reconnects by itself after a break, but gives up after an HTTP error.
        if is_closed {
            let mut wait_ms = RETRY_MS[0];
            self.inner.update_value(|inner| {
                inner.source = None;
                wait_ms = inner.retry_ms;
                inner.retry_ms = (inner.retry_ms * 2).min(RETRY_MS[1]);
            });
            set_timeout(
                move || {
                    if self.state.get_untracked() == LiveState::Reconnecting {
                        self.open();
                    }
                },
                Duration::from_millis(wait_ms),
            );
        }
    }

    fn told(self, event: &web_sys::MessageEvent) {
        let presence = event
            .data()
            .as_string()
            .and_then(|text| serde_json::from_str::<Presence>(&text).ok());
        if let Some(presence) = presence {
            self.presence.update(|known| {
                known.insert(presence.person, (presence, device::now_ms()));
            });
        }
    }

    fn received(self, event: &web_sys::MessageEvent) {
        let Some(text) = event.data().as_string() else {
            return;
        };
        let Ok(message) = serde_json::from_str::<LiveMessage>(&text) else {
            // A newer server may send kinds this page does not know.
            leptos::logging::warn!("unknown live message");
            return;
        };
        let is_news = self.inner.try_update_value(|inner| {
            let is_reset = message.change == LiveChange::Reset;
            inner.place.hears(message.sequence, is_reset)
        });
        if is_news == Some(true) {
            self.take(message);
        }
    }

    /// A stream says where it begins.
    fn begun(self, event: &web_sys::MessageEvent) {
        let sequence = event.data().as_string();
        let Some(sequence) = sequence.and_then(|text| text.parse::<u64>().ok()) else {
            return;
        };
        let is_gap = self
            .inner
            .try_update_value(|inner| inner.place.begins(sequence));
        if is_gap == Some(true) {
            self.take(LiveMessage {
                sequence,
                at_ms: device::now_ms(),
                change: LiveChange::Reset,
            });
        }
    }

    fn take(self, message: LiveMessage) {
        let mut schedule = false;
        self.inner.update_value(|inner| {
            inner.pending.push(message);
            schedule = !std::mem::replace(&mut inner.is_scheduled, true);
        });
        if schedule {
            set_timeout(move || self.flush(), Duration::from_millis(BURST_MS));
        }
    }

    fn flush(self) {
        if self.paused.get_untracked() {
            self.inner.update_value(|inner| inner.is_scheduled = false);
            return;
        }
        let mut pending = Vec::new();
        self.inner.update_value(|inner| {
            inner.is_scheduled = false;
            pending = inner.pending.take();
        });
        if !pending.is_empty() {
            self.updated_ms.set(Some(device::now_ms()));
            self.batch.set(pending);
        }
    }
}

impl Default for Live {
    fn default() -> Self {
        Live::new()
    }
}
