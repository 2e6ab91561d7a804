//! `/api/v1/events`: procedures at schools.

use api::event::{Event, EventQuery, NewEvent};
use api::id::EventId;
use api::paths;
use axum::extract::State;

use super::check;
use super::extract::{Json, Path, Query};
use super::problem::Problem;
use super::state::AppState;
use crate::auth::{Access, Permission, Reach};
use crate::store::EventFilter;

/// Events in the caller's scope, by date and start.
#[utoipa::path(get, path = paths::EVENTS, tag = "events", params(
        ("date" = Option<String>, Query, description = "On this date"),
        ("procedure" = Option<api::id::ProcedureId>, Query, description = "Of this procedure"),
        ("organisation" = Option<api::id::OrganisationId>, Query, description = "At this school")),
    responses((status = 200, body = Vec<Event>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
    Query(query): Query<EventQuery>,
) -> Result<Json<Vec<Event>>, Problem> {
    let reach = access.require(Permission::EventRead)?;
    let filter = EventFilter {
        date: query.date,
        procedure: query.procedure,
        organisation: query.organisation,
        ..EventFilter::default()
    };
    Ok(Json(
        state
            .store
            .events(access.municipality, &reach, access.person, &filter)
            .await?,
    ))
}

/// One event.
#[utoipa::path(get, path = paths::EVENT, tag = "events",
    params(("event" = EventId, Path)),
    responses((status = 200, body = Event)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(event): Path<EventId>,
) -> Result<Json<Event>, Problem> {
    let reach = access.require(Permission::EventRead)?;
    one(&state, &access, &reach, event).await.map(Json)
}

/// Plans an event, or changes one when the id is known.
#[utoipa::path(post, path = paths::EVENTS, tag = "events", request_body = NewEvent,
    responses((status = 200, body = Event)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Json(new): Json<NewEvent>,
) -> Result<Json<Event>, Problem> {
    access.require_municipality(Permission::EventCreate)?;
    check::date("date", &new.date)?;
    check::time("start", &new.start)?;
    check::grade("grade", new.grade)?;
    check::short("subject", &new.subject)?;
    check::short("class", &new.class)?;
    check::short("room", &new.room)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write.put_event(&new).await?;
    write
        .audit(
            Permission::EventCreate.as_str(),
            format!("event {}", new.id),
            serde_json::json!({ "organisation": new.organisation, "date": new.date }),
        )
        .await?;
    write.commit().await?;
    one(&state, &access, &Reach::Municipality, new.id)
        .await
        .map(Json)
}

/// One event within reach.
pub(super) async fn one(
    state: &AppState,
    access: &Access,
    reach: &Reach,
    event: EventId,
) -> Result<Event, Problem> {
    let filter = EventFilter {
        event: Some(event),
        ..EventFilter::default()
    };
    state
        .store
        .events(access.municipality, reach, access.person, &filter)
        .await?
        .pop()
        .ok_or_else(Problem::not_found)
}
