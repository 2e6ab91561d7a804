//! `/api/v1/assignments/{assignment}/colleagues`: what other observers at the same event answered.

use api::id::AssignmentId;
use api::observation::colleague::Colleague;
use api::paths;
use axum::extract::State;

use crate::auth::{Access, Permission};
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;

/// Answers of the other observers at the event of an own assignment, to questions that the caller has
/// answered, too; without names.
#[utoipa::path(get, path = paths::COLLEAGUES, tag = "assignments",
    params(("assignment" = AssignmentId, Path)),
    responses((status = 200, body = Vec<Colleague>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
    Path(assignment): Path<AssignmentId>,
) -> Result<Json<Vec<Colleague>>, Problem> {
    access.require(Permission::AssignmentRead)?;
    let colleagues = state
        .store
        .fellow_observers(access.municipality, access.person, assignment)
        .await?;
    colleagues.map(Json).ok_or_else(Problem::not_found)
}
