//! `/api/v1/assignments`: the caller's own parts in events.

use api::paths;
use api::procedures::event::OwnAssignment;
use axum::extract::State;

use crate::auth::{Access, Permission};
use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::state::AppState;

/// The caller's own parts with their events, by date.
#[utoipa::path(get, path = paths::ASSIGNMENTS, tag = "assignments",
    responses((status = 200, body = Vec<OwnAssignment>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<OwnAssignment>>, Problem> {
    access.require(Permission::AssignmentRead)?;
    let (municipality, person) = (access.municipality, access.person);
    let mut own = state.store.own_assignments(municipality, person).await?;
    let clashes = state.store.own_clashes(municipality, person).await?;
    for part in &mut own {
        part.clash = clashes.get(&part.event.id).cloned();
    }
    Ok(Json(own))
}
