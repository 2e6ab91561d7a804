//! `/api/v1/live`: server-sent events, filtered by the caller's scope.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use api::forms::presence::PRESENCE_EVENT;
use api::id::MunicipalityId;
use api::live::{BEGIN_EVENT, LiveChange, LiveMessage, LiveQuery};
use api::paths;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, Stream, StreamExt};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

use super::extract::Query;
use super::problem::Problem;
use super::state::AppState;
use crate::auth::{Access, Permission, Place, Reach};
use crate::live::{Heard, Missed, Subscription, Told, frame};
use crate::store::LiveEntry;

/// A comment this often keeps proxies from closing a quiet stream.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// After this long the browser connects again, with its session and roles read anew: who was signed
/// out or lost a role hears no longer than this.
const LONGEST: Duration = Duration::from_secs(5 * 60);
/// How soon a stream ends after its session did.
const LOOK: Duration = Duration::from_secs(1);
/// After so many looks a stream asks the database, for what another process did.
const LOOKS_ELSEWHERE: u64 = 20;

/// Live changes as server-sent events; the id of each is its sequence, and a reconnect resumes after it.
#[utoipa::path(get, path = paths::LIVE, tag = "live", params(
        ("after" = Option<u64>, Query, description = "Sequence after which to begin; the header Last-Event-ID wins")),
    responses((status = 200, content_type = "text/event-stream", body = LiveMessage)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    headers: HeaderMap,
    Query(query): Query<LiveQuery>,
) -> Result<Response, Problem> {
    let reach = access.require(Permission::LiveRead)?;
    let map = access.require(Permission::HeatMapRead).is_ok();
    let after = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok())
        .or(query.after);
    let Subscription { missed, coming } = state.hub.subscribe(access.municipality, after).await?;
    let here = presence(state.hub.presence(), access.municipality, reach.clone());
    let mut listener = Listener {
        state: state.clone(),
        municipality: access.municipality,
        audience: Audience { reach, map },
        coming,
        sequence: missed.sequence,
        behind: false,
    };
    let first = [listener.caught_up(missed), listener.begun()];
    let changes = stream::iter(first)
        .filter(|piece| std::future::ready(!piece.is_empty()))
        .chain(listener.frames());
    let stream = stream::select(changes, here)
        .take_until(tokio::time::sleep(LONGEST))
        .take_until(ended(state, access))
        .map(Ok::<_, Infallible>);
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/event-stream"),
        ),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-store, no-transform"),
        ),
        (
            HeaderName::from_static("x-accel-buffering"),
            HeaderValue::from_static("no"),
        ),
    ];
    Ok((headers, Body::from_stream(stream)).into_response())
}

/// Waits until the session has ended here (at sign-out, or with the person's block) or elsewhere.
async fn ended(state: AppState, access: Access) {
    let mut turns = 0_u64;
    let mut known = state.store.callers_age();
    loop {
        tokio::time::sleep(LOOK).await;
        turns += 1;
        let age = state.store.callers_age();
        // Here a change is known at once; what another process has ended is asked for now and then.
        if age == known && !turns.is_multiple_of(LOOKS_ELSEWHERE) {
            continue;
        }
        known = age;
        match state.store.is_session_open(&access, state.now_ms()).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => tracing::warn!(%error, "session of a stream not read"),
        }
    }
}

/// Where colleagues are. Heard by people of the school alone: a municipality does not look over shoulders.
/// Without an id, so that a reconnect resumes after the last change.
fn presence(
    told: Receiver<Arc<Told>>,
    municipality: MunicipalityId,
    reach: Reach,
) -> impl Stream<Item = Bytes> {
    stream::unfold(
        (told, municipality, reach),
        |(mut told, municipality, reach)| async move {
            loop {
                let entry = match told.recv().await {
                    Ok(entry) => entry,
                    Err(RecvError::Lagged(_)) => continue,
                    Err(RecvError::Closed) => return None,
                };
                let is_colleague = entry.municipality == municipality
                    && reach != Reach::Municipality
                    && reach.covers(Place::organisation(entry.organisation));
                if is_colleague {
                    let data = serde_json::to_string(&entry.presence).unwrap_or_default();
                    let frame = format!("event: {PRESENCE_EVENT}\ndata: {data}\n\n");
                    return Some((Bytes::from(frame), (told, municipality, reach)));
                }
            }
        },
    )
}

/// Whose stream it is.
struct Audience {
    reach: Reach,
    /// May they see the heat map?
    map: bool,
}

impl Audience {
    fn hears(&self, entry: &LiveEntry) -> bool {
        match &entry.message.change {
            LiveChange::Reset => true,
            // A new run concerns every reader of the map; it tells nothing by itself.
            LiveChange::Run { .. } => self.map,
            _ => match entry.organisation {
                Some(organisation) => self.reach.covers(Place {
                    organisation,
                    event: entry.event,
                }),
                None => self.reach == Reach::Municipality,
            },
        }
    }
}

/// One open stream. What it sends was written once for all streams; it only chooses.
struct Listener {
    state: AppState,
    municipality: MunicipalityId,
    audience: Audience,
    coming: Receiver<Arc<Heard>>,
    /// Sequence up to which the stream has told everything.
    sequence: u64,
    /// Has it lost changes that it has to read from the log?
    behind: bool,
}

/// Changes put together into one piece of a stream.
const TOGETHER: usize = 64;

impl Listener {
    /// Pieces of the stream: changes as they come, or a comment when nothing comes for long.
    fn frames(self) -> impl Stream<Item = Bytes> {
        stream::unfold(self, |mut listener| async move {
            loop {
                if listener.behind {
                    listener.behind = false;
                    return Some((listener.catch_up().await?, listener));
                }
                let Ok(heard) = tokio::time::timeout(KEEP_ALIVE, listener.coming.recv()).await
                else {
                    return Some((Bytes::from_static(b":\n\n"), listener));
                };
                let piece = match heard {
                    Ok(heard) => listener.burst(&heard),
                    Err(RecvError::Lagged(_)) => {
                        listener.behind = true;
                        continue;
                    }
                    Err(RecvError::Closed) => return None,
                };
                if !piece.is_empty() {
                    return Some((piece, listener));
                }
            }
        })
    }

    /// A change with those that wait behind it: a burst is one piece. A single one is not copied.
    fn burst(&mut self, first: &Arc<Heard>) -> Bytes {
        let mut pieces: Vec<Bytes> = self.told(first).into_iter().collect();
        for _ in 1..TOGETHER {
            match self.coming.try_recv() {
                Ok(heard) => pieces.extend(self.told(&heard)),
                Err(TryRecvError::Lagged(_)) => {
                    self.behind = true;
                    break;
                }
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
        match <[Bytes; 1]>::try_from(pieces) {
            Ok([only]) => only,
            Err(pieces) => pieces.concat().into(),
        }
    }

    /// The change as it travels, if it is new and for this audience.
    fn told(&mut self, heard: &Heard) -> Option<Bytes> {
        let sequence = heard.entry.message.sequence;
        if sequence <= self.sequence {
            return None;
        }
        self.sequence = sequence;
        self.audience
            .hears(&heard.entry)
            .then(|| heard.frame.clone())
    }

    /// Resumes from the log after falling behind; ends the stream, to be opened again, when it cannot.
    async fn catch_up(&mut self) -> Option<Bytes> {
        // What comes from here on overlaps with the log; nothing falls between.
        self.coming = self.coming.resubscribe();
        let missed = self.state.hub.missed(self.municipality, self.sequence);
        match missed.await {
            Ok(missed) => Some(self.caught_up(missed)),
            Err(error) => {
                tracing::warn!(%error, "a listener that fell behind is sent away");
                None
            }
        }
    }

    /// The sequence up to which the listener is served, said at once: Firefox counts a stream as open only with the
    /// first byte of its body, and a page needs the number to begin there when it has to open another stream.
    fn begun(&self) -> Bytes {
        let sequence = self.sequence;
        format!("event: {BEGIN_EVENT}\nid: {sequence}\ndata: {sequence}\n\n").into()
    }

    fn caught_up(&mut self, missed: Missed) -> Bytes {
        self.sequence = missed.sequence;
        if missed.reset {
            return frame(&LiveMessage {
                sequence: missed.sequence,
                at_ms: self.state.now_ms(),
                change: LiveChange::Reset,
            });
        }
        let frames: Vec<Bytes> = missed
            .changes
            .into_iter()
            .filter(|heard| self.audience.hears(&heard.entry))
            .map(|heard| heard.frame)
            .collect();
        frames.concat().into()
    }
}
