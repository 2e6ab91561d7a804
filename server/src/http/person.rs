//! `/api/v1/people`: people and their roles.

use api::paths;
use api::person::Person;
use axum::extract::State;

use super::extract::Json;
use super::problem::Problem;
use super::state::AppState;
use crate::auth::{Access, Permission};

/// People and their roles, by name.
#[utoipa::path(get, path = paths::PEOPLE, tag = "people",
    responses((status = 200, body = Vec<Person>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<Person>>, Problem> {
    access.require_municipality(Permission::PersonRead)?;
    Ok(Json(state.store.people(access.municipality).await?))
}
