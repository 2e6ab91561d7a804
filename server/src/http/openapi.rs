//! The OpenAPI document, made of the same table as the router.

use api::paths;
use utoipa::OpenApi;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};

use super::table::{Guard, Route};
use crate::auth::{COLUMNS, permissions};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Orientir",
        description = "Quality and objectivity of school assessment in a municipality. Instants are milliseconds since 1970 UTC, dates are YYYY-MM-DD, ids are UUIDs made by the client.",
    ),
    components(schemas(api::problem::Problem, api::live::LiveMessage))
)]
struct Document;

/// The document of these routes.
pub fn document(table: &[Route]) -> utoipa::openapi::OpenApi {
    let mut document = Document::openapi();
    document.info.version = env!("CARGO_PKG_VERSION").to_owned();
    let components = document.components.get_or_insert_default();
    for route in table {
        let (schemas, paths) = &route.documentation;
        components.schemas.extend(schemas.iter().cloned());
        for (path, item) in &paths.paths {
            let mut item = item.clone();
            for operation in [
                &mut item.get,
                &mut item.post,
                &mut item.put,
                &mut item.delete,
            ]
            .into_iter()
            .flatten()
            {
                let mut statuses = vec![("default", "Any other refusal")];
                if let Some(needs) = needs(route.guard) {
                    operation.description = Some(match operation.description.take() {
                        Some(text) => format!("{text}\n\n{needs}"),
                        None => needs,
                    });
                    statuses.push(("401", "Not signed in, or the session has ended"));
                }
                if let Guard::Needs(_) = route.guard {
                    statuses.push(("403", "The caller's role lacks the permission"));
                    if path.contains('{') {
                        statuses.push(("404", "Unknown, or out of the caller's scope"));
                    }
                }
                for (status, description) in statuses {
                    operation
                        .responses
                        .responses
                        .entry(status.to_owned())
                        .or_insert_with(|| RefOr::T(problem(description)));
                }
            }
            document
                .paths
                .paths
                .entry(path.clone())
                .or_default()
                .merge_operations(item);
        }
    }
    document
}

/// Whom a route is for, in words: the permission with the roles that have it.
fn needs(guard: Guard) -> Option<String> {
    match guard {
        Guard::Public => None,
        Guard::SignedIn => Some("For everybody who is signed in.".to_owned()),
        Guard::Needs(permission) => {
            let roles: Vec<String> = COLUMNS
                .iter()
                .filter(|(_, role)| permissions(*role).contains(&permission))
                .map(|(_, role)| format!("{role:?}"))
                .collect();
            Some(format!(
                "Needs the permission `{}`: {}.",
                permission.as_str(),
                roles.join(", ")
            ))
        }
    }
}

fn problem(description: &str) -> Response {
    ResponseBuilder::new()
        .description(description)
        .content(
            api::problem::MEDIA_TYPE,
            ContentBuilder::new()
                .schema(Some(RefOr::Ref(Ref::from_schema_name("Problem"))))
                .build(),
        )
        .build()
}

/// The document as it is committed: pretty JSON with a line feed at its end.
pub fn text(table: &[Route]) -> String {
    let mut text = document(table)
        .to_pretty_json()
        .unwrap_or_else(|error| format!("{{\"error\": \"{error}\"}}"));
    text.push('\n');
    text
}

/// The documentation page, served from inside the program.
pub fn docs() -> utoipa_swagger_ui::SwaggerUi {
    utoipa_swagger_ui::SwaggerUi::new(paths::DOCS)
        .config(utoipa_swagger_ui::Config::from(paths::OPENAPI))
}
