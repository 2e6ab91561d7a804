//! The OpenAPI document is committed, so that a change of the contract shows in a review.

use axum::http::StatusCode;
use server::http::{openapi_text, table};

use crate::world::fact;

#[test]
fn the_committed_document_is_the_present_one() {
    let committed = std::fs::read_to_string("openapi.json").unwrap_or_default();
    assert!(
        committed == openapi_text(&table()),
        "server/openapi.json is out of date; write it anew from the root of the repository with\n\n    \
         cargo run -p server -- openapi > server/openapi.json\n"
    );
}

#[test]
fn one_name_describes_one_type() {
    let mut described = std::collections::BTreeMap::new();
    for route in table() {
        for (name, schema) in &route.documentation.0 {
            let schema = serde_json::to_string(schema).expect("a schema");
            let first = described
                .entry(name.clone())
                .or_insert_with(|| schema.clone());
            assert_eq!(*first, schema, "{name} at {}", route.path);
        }
    }
}

#[test]
fn every_path_of_the_contract_is_spelled_in_it() {
    for route in table() {
        assert!(route.path.starts_with(api::paths::API), "{}", route.path);
    }
}

fact!(
    async fn the_document_and_its_page_are_served(world: World) {
        let document = world.get(api::paths::OPENAPI, "").await;
        assert_eq!(document.status, StatusCode::OK);
        assert_eq!(document.json()["openapi"], "3.1.0");
        let page = world.get("/api/docs/", "").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains("swagger"), "{}", page.text);
    }
);
