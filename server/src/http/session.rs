//! `/api/v1/session`: who is signed in.

use api::paths;
use api::session::Session;
use axum::extract::State;
use axum::http::HeaderMap;

use super::cookie;
use super::extract::Json;
use super::problem::Problem;
use super::state::AppState;
use crate::auth::Access;

/// Who is signed in; a visitor is told so, not refused.
#[utoipa::path(get, path = paths::SESSION, tag = "session",
    responses((status = 200, body = Session)))]
pub async fn read(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Json<Session>, Problem> {
    let access = match cookie::session(&headers, &state.config) {
        Some(token) => state.store.access(&token, state.now_ms()).await?,
        None => None,
    };
    Ok(Json(session(&state, access.as_ref()).await?))
}

/// The session as it travels.
pub(super) async fn session(state: &AppState, access: Option<&Access>) -> Result<Session, Problem> {
    let person = match access {
        Some(access) => Some(state.store.session_person(access).await?),
        None => None,
    };
    Ok(Session {
        person,
        demo: state.config.demo,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        now_ms: state.now_ms(),
        expires_ms: access.map(|access| access.expires_ms),
    })
}
