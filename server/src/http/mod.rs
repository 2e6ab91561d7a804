//! HTTP: the router and its handlers, one file per resource.

pub(crate) mod access;
pub(crate) mod assessment;
pub(crate) mod forms;
pub(crate) mod management;
pub(crate) mod observation;
pub(crate) mod operation;
pub(crate) mod papers;
pub(crate) mod procedures;
pub mod public;
pub(crate) mod registry;
pub mod results;
pub(crate) mod schools;

pub mod problem;
pub mod table;

mod check;
mod cookie;
mod download;
mod extract;
mod file_name;
mod layers;
mod live;
mod openapi;
mod state;

use std::collections::BTreeMap;

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use axum::routing::MethodRouter;

pub use openapi::text as openapi_text;
pub use problem::Problem;
pub use state::{AppState, Config};
pub use table::table;

/// The whole server: the API, its documentation, and `site` for everything else.
///
/// # Errors
/// When the configured origin is none.
pub fn router(state: AppState, site: Router) -> anyhow::Result<Router> {
    let table = table();
    let document = openapi_text(&table);
    // Methods of one path are put together, so that a missing method is told apart from a missing path.
    let mut paths: BTreeMap<String, MethodRouter<AppState>> = BTreeMap::new();
    for route in &table {
        let service = layers::limited(route.service(), route.timeout);
        let merged = match paths.remove(&route.path) {
            Some(others) => others.merge(service),
            None => service,
        };
        paths.insert(route.path.clone(), merged);
    }
    let mut api = Router::new();
    for (path, service) in paths {
        api = api.route(&path, service.fallback(async || Problem::no_method()));
    }
    let api = api
        .route(
            api::paths::OPENAPI,
            axum::routing::get(async move || {
                (
                    [(
                        header::CONTENT_TYPE,
                        HeaderValue::from_static("application/json"),
                    )],
                    document,
                )
            }),
        )
        .route(
            "/api/{*rest}",
            axum::routing::any(async || Problem::no_route().into_response()),
        )
        .with_state(state.clone())
        .merge(openapi::docs());
    layers::surround(api.fallback_service(site), &state.config)
}
