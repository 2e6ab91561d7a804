//! `/api/v1/calendar`: what returns every year, and who does it.

use api::access::session::Role;
use api::paths;
use api::procedures::calendar::Calendar;
use axum::extract::State;

use crate::auth::{Access, Permission};
use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::rules::day::date_at;
use crate::rules::procedures::calendar::calendar;

/// The calendar of this school year; what is the caller's own is marked.
#[utoipa::path(get, path = paths::CALENDAR, tag = "calendar",
    responses((status = 200, body = Calendar)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Calendar>, Problem> {
    access.require(Permission::CalendarRead)?;
    let zone = state.store.zone_minutes(access.municipality).await?;
    let roles: Vec<Role> = access.grants.iter().map(|grant| grant.role).collect();
    Ok(Json(calendar(date_at(state.now_ms(), zone), &roles)?))
}
