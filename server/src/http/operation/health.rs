//! `/api/v1/health`: is the server alive, does the database take a write and give it back?

use api::paths;
use axum::extract::State;

use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::state::AppState;

/// Is the server alive, and does its database take a write and give it back to a reader?
#[utoipa::path(get, path = paths::HEALTH, tag = "health",
    responses((status = 200, body = api::operation::health::Health)))]
pub async fn read(
    State(state): State<AppState>,
) -> Result<Json<api::operation::health::Health>, Problem> {
    state.store.check_health().await?;
    Ok(Json(api::operation::health::Health {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        database: state.store.kind().to_owned(),
        now_ms: state.now_ms(),
    }))
}
