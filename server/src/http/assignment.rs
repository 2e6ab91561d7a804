//! `/api/v1/assignments`: the caller's own parts in events.

use api::event::OwnAssignment;
use api::paths;
use axum::extract::State;

use super::extract::Json;
use super::problem::Problem;
use super::state::AppState;
use crate::auth::{Access, Permission};

/// The caller's own parts with their events, by date.
#[utoipa::path(get, path = paths::ASSIGNMENTS, tag = "assignments",
    responses((status = 200, body = Vec<OwnAssignment>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<OwnAssignment>>, Problem> {
    access.require(Permission::AssignmentRead)?;
    Ok(Json(
        state
            .store
            .own_assignments(access.municipality, access.person)
            .await?,
    ))
}
