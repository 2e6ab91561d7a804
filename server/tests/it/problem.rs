//! Every refusal is a problem document with a stable code and texts in both languages.

use api::access::session::Role;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::json;

use crate::world::{Answer, fact};

fn is_problem(answer: &Answer, status: StatusCode, code: &str) {
    assert_eq!(answer.status, status, "{}", answer.text);
    assert_eq!(
        answer.headers[header::CONTENT_TYPE],
        api::problem::MEDIA_TYPE
    );
    let problem: api::problem::Problem = answer.parse();
    assert_eq!(problem.code, code);
    assert_eq!(problem.kind, format!("urn:orientir:problem:{code}"));
    assert_eq!(problem.status, status.as_u16());
    assert!(!problem.text.ru.is_empty() && !problem.text.en.is_empty());
    assert_eq!(
        problem.request.as_deref(),
        answer.headers["x-request-id"].to_str().ok()
    );
}

fact!(
    async fn bad_requests_say_what_is_wrong(world: World) {
        let cookie = world.home_person(Role::Coordinator).await;
        let send = async |method: Method, path: &str, kind: &str, body: &str| {
            let request = Request::builder()
                .method(method)
                .uri(path)
                .header(header::COOKIE, &cookie)
                .header(header::CONTENT_TYPE, kind)
                .body(Body::from(body.to_owned()))
                .expect("request");
            world.send(request).await
        };
        let json_type = "application/json";
        let answer = send(Method::POST, "/api/v1/procedures", json_type, "{").await;
        is_problem(&answer, StatusCode::BAD_REQUEST, "request.malformed");
        let answer = send(Method::POST, "/api/v1/procedures", json_type, "{\"id\": 7}").await;
        is_problem(&answer, StatusCode::BAD_REQUEST, "request.malformed");
        let answer = send(Method::POST, "/api/v1/procedures", "text/plain", "{}").await;
        is_problem(
            &answer,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "request.media_type",
        );
        let large = format!("\"{}\"", "x".repeat(100_000));
        let answer = send(Method::POST, "/api/v1/procedures", json_type, &large).await;
        is_problem(&answer, StatusCode::PAYLOAD_TOO_LARGE, "request.too_large");
        let answer = send(Method::GET, "/api/v1/nothing", json_type, "").await;
        is_problem(&answer, StatusCode::NOT_FOUND, "request.no_route");
        let answer = send(Method::DELETE, "/api/v1/events", json_type, "").await;
        is_problem(&answer, StatusCode::METHOD_NOT_ALLOWED, "request.no_method");
        let answer = send(Method::GET, "/api/v1/events/not-an-id", json_type, "").await;
        is_problem(&answer, StatusCode::NOT_FOUND, "access.not_found");
        let answer = send(Method::GET, "/api/v1/audit?before=soon", json_type, "").await;
        is_problem(&answer, StatusCode::BAD_REQUEST, "request.malformed");
    }
);

fact!(
    async fn a_date_that_is_none_is_named(world: World) {
        let cookie = world.home_person(Role::Coordinator).await;
        let answer = world
            .post(
                "/api/v1/events",
                &cookie,
                json!({
                    "id": uuid::Uuid::now_v7(), "procedure": world.home.procedure,
                    "organisation": world.home.own_school, "date": "2026-02-30",
                    "start": "09:00", "duration_minutes": 45, "subject": "math", "grade": 6,
                    "class": "Б", "room": "3",
                }),
            )
            .await;
        is_problem(&answer, StatusCode::UNPROCESSABLE_ENTITY, "request.invalid");
        assert_eq!(answer.json()["fields"][0]["field"], "date");
        assert_eq!(answer.json()["fields"][0]["code"], "field.date");
    }
);

fact!(
    async fn answers_carry_the_security_headers(world: World) {
        let answer = world.get("/api/v1/health", "").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let policy = answer.headers["content-security-policy"]
            .to_str()
            .expect("text");
        for part in [
            "default-src 'self'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "style-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("unsafe-inline"), "{policy}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert_eq!(answer.headers["referrer-policy"], "same-origin");
        assert!(answer.headers.contains_key("strict-transport-security"));
    }
);
