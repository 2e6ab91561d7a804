//! Parts of a request, whose refusals are problems.

use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::cookie;
use super::problem::Problem;
use super::state::AppState;
use crate::auth::Access;

/// JSON as body of a request or answer.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(value)) => Ok(Json(value)),
            Err(JsonRejection::MissingJsonContentType(_)) => {
                Err(Problem::media_type("application/json"))
            }
            Err(JsonRejection::BytesRejection(rejection))
                if rejection.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE =>
            {
                Err(Problem::too_large())
            }
            Err(JsonRejection::JsonDataError(error)) => Err(Problem::malformed(&innermost(&error))),
            Err(JsonRejection::JsonSyntaxError(error)) => {
                Err(Problem::malformed(&innermost(&error)))
            }
            Err(other) => Err(Problem::malformed(&other.body_text())),
        }
    }
}

/// Path and position of a JSON error, without the framework's words around it.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut error = error;
    let mut text = error.to_string();
    while let Some(source) = error.source() {
        text = source.to_string();
        error = source;
    }
    text
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        let mut response = axum::Json(self.0).into_response();
        // Answers speak of people: no cache keeps them, on a shared computer least of all.
        response
            .headers_mut()
            .entry(header::CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("no-store"));
        response
    }
}

/// Parameters of the path. One that cannot be read names nothing that exists.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        axum::extract::Path::<T>::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Path(value)| Path(value))
            .map_err(|_: PathRejection| Problem::not_found())
    }
}

/// Parameters after the question mark.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        axum::extract::Query::<T>::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Query(value)| Query(value))
            .map_err(|rejection: QueryRejection| Problem::malformed(&rejection.body_text()))
    }
}

/// The caller must be signed in.
impl FromRequestParts<AppState> for Access {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let Some(token) = cookie::session(&parts.headers, &state.config) else {
            return Err(Problem::signed_out());
        };
        state
            .store
            .access(&token, state.now_ms())
            .await?
            .ok_or_else(Problem::session_expired)
    }
}
