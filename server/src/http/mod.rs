//! HTTP: the router and its handlers, one file per resource.

pub mod ground;
pub mod problem;
pub mod table;

mod act;
mod agreement;
mod approval;
mod assignment;
mod attachment;
mod audit;
mod background;
mod calendar;
mod campaign;
mod campaign_result;
mod case;
mod cell;
mod cell_text;
mod check;
mod colleague;
mod comment;
mod cookie;
mod day;
mod declaration;
mod document;
mod download;
mod dynamics;
mod event;
mod evidence;
mod expert;
mod extract;
mod file;
mod form;
mod form_draft;
mod health;
mod heat_map;
mod import;
mod indicator;
mod invitation;
mod kept_map;
mod layers;
mod live;
mod low_result;
mod map_layer;
mod mechanism;
mod observer;
mod openapi;
mod organisation;
mod person;
mod presence;
mod procedure;
mod protocol;
pub mod public;
mod public_observer;
mod readiness;
mod report;
mod run;
mod school_change;
mod school_context;
mod school_profile;
mod session;
mod staffing;
mod state;
mod submission;
mod support;
mod training;

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
