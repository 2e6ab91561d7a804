//! `/api/v1/health`: is the server alive, does the database answer?

use api::paths;
use axum::extract::State;

use super::extract::Json;
use super::problem::Problem;
use super::state::AppState;

/// Is the server alive?
#[utoipa::path(get, path = paths::HEALTH, tag = "health",
    responses((status = 200, body = api::health::Health)))]
pub async fn read(State(state): State<AppState>) -> Result<Json<api::health::Health>, Problem> {
    state.store.ping().await?;
    Ok(Json(api::health::Health {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        database: state.store.kind().to_owned(),
        now_ms: state.now_ms(),
    }))
}
