//! `/api/v1/live`: server-sent events, filtered by the caller's scope.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use api::id::MunicipalityId;
use api::live::{LiveChange, LiveMessage, LiveQuery};
use api::paths;
use api::presence::PRESENCE_EVENT;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, Stream, StreamExt};
use tokio::sync::broadcast::error::RecvError;

use super::extract::Query;
use super::problem::Problem;
use super::state::AppState;
use crate::auth::{Access, Permission, Place, Reach};
use crate::live::{Subscription, Told};
use crate::store::LiveEntry;

/// A comment this often keeps proxies from closing a quiet stream.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// After this long the browser connects again, with its session and roles read anew: who was signed
/// out or lost a role hears no longer than this.
const LONGEST: Duration = Duration::from_secs(5 * 60);

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
    let subscription = state.hub.subscribe(access.municipality, after).await?;
    let here = presence(state.hub.presence(), access.municipality, reach.clone());
    let audience = Audience { reach, map };
    let now_ms = state.now_ms();
    let changes = messages(subscription, audience, now_ms).map(|message| event(&message));
    let stream = stream::select(changes, here)
        .take_until(tokio::time::sleep(LONGEST))
        .map(Ok::<_, Infallible>);
    let mut response = Sse::new(stream)
        .keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
        .into_response();
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("no-store, no-transform"),
    );
    response.headers_mut().insert(
        HeaderName::from_static("x-accel-buffering"),
        HeaderValue::from_static("no"),
    );
    Ok(response)
}

fn event(message: &LiveMessage) -> Event {
    Event::default()
        .id(message.sequence.to_string())
        .data(serde_json::to_string(message).unwrap_or_default())
}

/// Where colleagues are. Heard by people of the school alone: a municipality does not look over shoulders.
/// Without an id, so that a reconnect resumes after the last change.
fn presence(
    told: tokio::sync::broadcast::Receiver<Arc<Told>>,
    municipality: MunicipalityId,
    reach: Reach,
) -> impl Stream<Item = Event> {
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
                    let event = Event::default()
                        .event(PRESENCE_EVENT)
                        .data(serde_json::to_string(&entry.presence).unwrap_or_default());
                    return Some((event, (told, municipality, reach)));
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

fn reset(sequence: u64, at_ms: i64) -> LiveMessage {
    LiveMessage {
        sequence,
        at_ms,
        change: LiveChange::Reset,
    }
}

/// What the listener missed, then what comes. A listener that falls behind is told to fetch everything.
fn messages(
    subscription: Subscription,
    audience: Audience,
    now_ms: i64,
) -> impl Stream<Item = LiveMessage> {
    let Subscription {
        reset: away,
        sequence,
        missed,
        coming,
    } = subscription;
    let mut first: Vec<LiveMessage> = missed
        .into_iter()
        .filter(|entry| audience.hears(entry))
        .map(|entry| entry.message)
        .collect();
    if away {
        first.push(reset(sequence, now_ms));
    }
    let rest = stream::unfold(
        (coming, sequence, audience),
        |(mut coming, mut sequence, audience)| async move {
            loop {
                let entry: Arc<LiveEntry> = match coming.recv().await {
                    Ok(entry) => entry,
                    Err(RecvError::Lagged(_)) => {
                        // The next change that is held tells where the log stands.
                        let entry = coming.recv().await.ok()?;
                        sequence = entry.message.sequence;
                        let message = reset(sequence, entry.message.at_ms);
                        return Some((message, (coming, sequence, audience)));
                    }
                    Err(RecvError::Closed) => return None,
                };
                if entry.message.sequence <= sequence {
                    continue;
                }
                sequence = entry.message.sequence;
                if audience.hears(&entry) {
                    return Some((entry.message.clone(), (coming, sequence, audience)));
                }
            }
        },
    );
    stream::iter(first).chain(rest)
}
