//! `/api/v1/audit`: who changed what.

use api::access::audit::{AuditEntry, AuditQuery};
use api::paths;
use axum::extract::State;

use crate::auth::{Access, Permission};
use crate::http::extract::{Json, Query};
use crate::http::problem::Problem;
use crate::http::state::AppState;

/// Entries in one answer.
const PAGE: u64 = 200;

/// The audit log, newest first, a page at a time.
#[utoipa::path(get, path = paths::AUDIT, tag = "audit", params(
        ("before" = Option<u64>, Query, description = "Entries below this sequence; the newest when absent")),
    responses((status = 200, body = Vec<AuditEntry>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
    Query(query): Query<AuditQuery>,
) -> Result<Json<Vec<AuditEntry>>, Problem> {
    access.require_municipality(Permission::AuditRead)?;
    Ok(Json(
        state
            .store
            .audit(access.municipality, query.before, PAGE)
            .await?,
    ))
}
