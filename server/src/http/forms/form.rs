//! `/api/v1/forms`: published forms.

use api::forms::form::FormLabel;
use api::paths;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::auth::{Access, Permission};
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;

/// Published forms of the municipality.
#[utoipa::path(get, path = paths::FORMS, tag = "forms",
    responses((status = 200, body = Vec<FormLabel>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<FormLabel>>, Problem> {
    access.require(Permission::FormRead)?;
    Ok(Json(state.store.forms(access.municipality).await?))
}

/// One version of a form as a document. It never changes, so a browser may keep it.
#[utoipa::path(get, path = paths::FORM, tag = "forms",
    params(("form" = String, Path), ("version" = String, Path)),
    responses((status = 200, body = Object), (status = 304)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    headers: HeaderMap,
    Path((form, version)): Path<(String, String)>,
) -> Result<Response, Problem> {
    access.require(Permission::FormRead)?;
    let (document, hash) = state
        .store
        .form_document(access.municipality, &form, &version)
        .await?
        .ok_or_else(Problem::not_found)?;
    let tag = format!("\"{hash}\"");
    let caching = [
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, max-age=31536000, immutable"),
        ),
        (
            header::ETAG,
            HeaderValue::from_str(&tag).unwrap_or_else(|_| HeaderValue::from_static("")),
        ),
    ];
    let known = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|value| value.as_bytes() == tag.as_bytes());
    if known {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    let kind = [(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    )];
    Ok((caching, kind, document).into_response())
}
