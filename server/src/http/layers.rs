//! What surrounds every request: its id, the log, panics, cross-site refusal and security headers.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Response, header};
use axum::middleware::{self, Next};
use axum::response::IntoResponse;
use axum::routing::MethodRouter;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tracing::Instrument;
use uuid::Uuid;

use super::problem::{Problem, REQUEST};
use super::state::{AppState, Config};

/// Header with the id of the request, in answers.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What pages of ours may load. The hash-free policy needs no inline script or style anywhere.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; media-src 'self' blob:; worker-src 'self' blob:; connect-src 'self'; object-src 'none'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The documentation page of the API writes style attributes from its own scripts.
const DOCS_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/// Surrounds a router.
///
/// # Errors
/// When the configured origin is none.
pub fn surround(router: Router, config: &Config) -> anyhow::Result<Router> {
    let csrf = CsrfLayer::new()
        .add_trusted_origin(&config.public_origin)?
        .with_rejection_response(|_: ProtectionError| Problem::cross_site().into_response());
    let secure = config.secure();
    // Answers are compressed while they are sent; streams of live changes and files that are compressed
    // already are left alone.
    let compression = CompressionLayer::new().quality(CompressionLevel::Fastest);
    Ok(router
        .layer(compression)
        .layer(csrf)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(move |request, next| {
            with_headers(request, next, secure)
        }))
        .layer(middleware::from_fn(with_id)))
}

/// Bounds the time of a handler. A handler that is stopped has saved either everything or nothing:
/// its transaction was not committed.
pub fn limited(
    service: MethodRouter<AppState>,
    timeout: Option<Duration>,
) -> MethodRouter<AppState> {
    let Some(timeout) = timeout else {
        return service;
    };
    service.layer(middleware::from_fn(
        move |request: Request, next: Next| async move {
            tokio::time::timeout(timeout, next.run(request))
                .await
                .unwrap_or_else(|_| Problem::timeout().into_response())
        },
    ))
}

/// A panic is an error of ours: logged once, told as an opaque problem.
fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response<axum::body::Body> {
    let message = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    tracing::error!(message, "panic");
    Problem::internal().into_response()
}

/// Names the request in the log and in problems. The query is not logged: it may hold what people typed.
async fn with_id(request: Request, next: Next) -> axum::response::Response {
    let id = Uuid::now_v7().simple().to_string();
    let span = tracing::info_span!(
        "request",
        id,
        method = %request.method(),
        path = request.uri().path(),
    );
    let started = std::time::Instant::now();
    let header = HeaderValue::from_str(&id).ok();
    let mut response = REQUEST
        .scope(id, next.run(request).instrument(span.clone()))
        .await;
    span.in_scope(|| {
        tracing::info!(
            status = response.status().as_u16(),
            ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            "answered"
        );
    });
    if let Some(header) = header {
        response.headers_mut().insert(REQUEST_ID, header);
    }
    response
}

async fn with_headers(request: Request, next: Next, secure: bool) -> axum::response::Response {
    let docs = request.uri().path().starts_with(api::paths::DOCS);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // A page may bring a stricter policy of its own.
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(if docs {
            DOCS_POLICY
        } else {
            POLICY
        }));
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if secure {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        );
    }
    response
}
