//! `/api/v1/staffing-requests` and the offers of one event: withdrawn, listed while they wait, reminded of.

use api::id::{EventId, RequestId};
use api::observation::staffing::{MAX_REMINDED, OpenRequest, RemindRequests, Staffing};
use api::paths;
use api::text::Text;
use axum::extract::State;

use super::staffing::{allowed, answer};
use crate::auth::{Access, Permission, Reach};
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::procedures::event::one;
use crate::http::state::AppState;
use crate::rules::day::{date_at, iso};
use crate::rules::observation::staffing::is_school_part;

/// Withdraws an offer. Withdrawing it again changes nothing.
#[utoipa::path(delete, path = paths::EVENT_REQUEST, tag = "staffing",
    params(("event" = EventId, Path), ("request" = RequestId, Path)),
    responses((status = 200, body = Staffing)))]
pub async fn withdraw(
    State(state): State<AppState>,
    access: Access,
    Path((event, request)): Path<(EventId, RequestId)>,
) -> Result<Json<Staffing>, Problem> {
    let reach = access.require(Permission::StaffingUpdate)?;
    one(&state, &access, &reach, event).await?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if let Some(role) = write.requested_part(event, request).await? {
        allowed(&reach, role)?;
    }
    if let Some((person, role)) = write.withdraw_request(event, request).await? {
        write
            .audit(
                Permission::StaffingUpdate.as_str(),
                format!("event {event}"),
                serde_json::json!({ "withdrawn": person, "role": role }),
            )
            .await?;
    }
    write.commit().await?;
    let event = one(&state, &access, &reach, event).await?;
    answer(&state, &access, &reach, event).await
}

/// Offers for events ahead that nobody has answered, by date.
#[utoipa::path(get, path = paths::OPEN_REQUESTS, tag = "staffing",
    responses((status = 200, body = Vec<OpenRequest>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<OpenRequest>>, Problem> {
    let reach = access.require(Permission::StaffingRead)?;
    Ok(Json(open(&state, &access, &reach).await?))
}

/// Reminds people of offers: they stand first among their tasks. Offers that were answered meanwhile are left alone.
#[utoipa::path(post, path = paths::REQUEST_REMINDERS, tag = "staffing", request_body = RemindRequests,
    responses((status = 200, body = Vec<OpenRequest>), (status = 422, body = api::problem::Problem)))]
pub async fn remind(
    State(state): State<AppState>,
    access: Access,
    Json(remind): Json<RemindRequests>,
) -> Result<Json<Vec<OpenRequest>>, Problem> {
    let reach = access.require(Permission::StaffingUpdate)?;
    if remind.requests.len() > MAX_REMINDED {
        return Err(Problem::invalid(
            "requests",
            "staffing.many_reminders",
            Text::new(
                format!("За один раз можно напомнить не больше чем о {MAX_REMINDED} предложениях."),
                format!("No more than {MAX_REMINDED} offers can be reminded of at once."),
            ),
        ));
    }
    let mut due: Vec<RequestId> = open(&state, &access, &reach)
        .await?
        .into_iter()
        .map(|request| request.id)
        .collect();
    due.retain(|id| remind.requests.contains(id));
    if !due.is_empty() {
        let mut write = state.store.write(access.author(), state.now_ms()).await?;
        write.remind_requests(&due).await?;
        write
            .audit(
                Permission::StaffingUpdate.as_str(),
                "staffing_request".to_owned(),
                serde_json::json!({ "reminded": due }),
            )
            .await?;
        write.commit().await?;
    }
    Ok(Json(open(&state, &access, &reach).await?))
}

/// What waits within reach; a school sees the offers of its own parts only.
async fn open(
    state: &AppState,
    access: &Access,
    reach: &Reach,
) -> Result<Vec<OpenRequest>, Problem> {
    let zone_minutes = state.store.zone_minutes(access.municipality).await?;
    let today = iso(date_at(state.now_ms(), zone_minutes));
    let mut open = state
        .store
        .open_requests(access.municipality, reach, &today)
        .await?;
    open.retain(|one| *reach == Reach::Municipality || is_school_part(one.role));
    Ok(open)
}
