//! `/api/v1/first-hour`: how far a new office has come.

use api::operation::first_hour::FirstHour;
use api::paths;
use axum::extract::State;

use crate::auth::{Access, Permission};
use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::state::AppState;

/// What the municipality has by now, in counts, for whoever fills its registers.
#[utoipa::path(get, path = paths::FIRST_HOUR, tag = "organisations",
    responses((status = 200, body = FirstHour)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<FirstHour>, Problem> {
    access.require_municipality(Permission::FirstHourRead)?;
    Ok(Json(state.store.first_hour(access.municipality).await?))
}
