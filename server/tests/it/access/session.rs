//! Signing in and out, limits and expiry.

use api::access::session::Role;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::json;
use server::store::{Author, Store};

use crate::world::{World, fact};

const HOUR_MS: i64 = 3_600_000;

/// Gives the observer at home a login.
async fn give_login(world: &World, login: &str, password: &str) {
    let hash = world
        .state
        .passwords
        .hash(password.to_owned())
        .await
        .expect("hash");
    let mut write = world
        .store
        .write(Author::system(world.home.municipality), world.now_ms())
        .await
        .expect("write");
    write
        .set_login(world.home.observer, login, hash)
        .await
        .expect("login");
    write.commit().await.expect("commit");
}

fact!(
    async fn a_visitor_is_told_that_nobody_is_signed_in(world: World) {
        let answer = world.get("/api/v1/session", "").await;
        assert_eq!(answer.status, StatusCode::OK);
        let json = answer.json();
        assert_eq!(json["person"], serde_json::Value::Null);
        assert_eq!(json["demo"], true);
        assert_eq!(json["now_ms"], world.now_ms());
    }
);

fact!(
    async fn the_right_password_opens_a_session_that_signing_out_ends(world: World) {
        give_login(&world, "Ирина.Ковалёва", "правильный пароль").await;
        let answer = world
            .post(
                "/api/v1/session",
                "",
                json!({ "login": " ирина.ковалёва ", "password": "правильный пароль" }),
            )
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let set = answer.headers[header::SET_COOKIE].to_str().expect("text");
        for part in [
            "__Host-orientir=",
            "; Path=/",
            "; HttpOnly",
            "; SameSite=Lax",
            "; Secure",
        ] {
            assert!(set.contains(part), "{set}");
        }
        let cookie = answer.cookies();
        let own = world.get("/api/v1/session", &cookie).await.json();
        assert_eq!(own["person"]["id"], world.home.observer.to_string());
        let out = world
            .call(axum::http::Method::DELETE, "/api/v1/session", &cookie, None)
            .await;
        assert_eq!(out.status, StatusCode::OK);
        let after = world.get("/api/v1/assignments", &cookie).await;
        assert_eq!(after.status, StatusCode::UNAUTHORIZED);
        assert_eq!(after.code(), "session.expired");
    }
);

fact!(
    async fn wrong_login_and_wrong_password_are_answered_alike(world: World) {
        give_login(&world, "irina", "right").await;
        let mut texts = Vec::new();
        for (login, password) in [("irina", "wrong"), ("nobody", "wrong")] {
            let answer = world
                .post(
                    "/api/v1/session",
                    "",
                    json!({ "login": login, "password": password }),
                )
                .await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
            let mut json = answer.json();
            json["request"] = serde_json::Value::Null;
            texts.push(json);
        }
        assert_eq!(texts[0], texts[1]);
    }
);

fact!(
    async fn the_sixth_attempt_has_to_wait_and_then_may_succeed(world: World) {
        give_login(&world, "irina", "right").await;
        let try_with = async |password: &str| {
            world
                .post(
                    "/api/v1/session",
                    "",
                    json!({ "login": "irina", "password": password }),
                )
                .await
        };
        for _ in 0..5 {
            assert_eq!(try_with("wrong").await.status, StatusCode::UNAUTHORIZED);
        }
        let blocked = try_with("right").await;
        assert_eq!(blocked.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(blocked.code(), "session.too_many_attempts");
        assert_eq!(blocked.headers[header::RETRY_AFTER], "30");
        world.wait(30_000);
        assert_eq!(try_with("right").await.status, StatusCode::OK);
        // The counter was forgotten: the next failure does not block.
        assert_eq!(try_with("wrong").await.status, StatusCode::UNAUTHORIZED);
    }
);

fact!(
    async fn attempts_made_at_once_are_counted_like_those_made_one_by_one(world: World) {
        give_login(&world, "irina", "right").await;
        let attempts = (0..12).map(|_| from(&world, "203.0.113.7", "wrong"));
        let statuses = futures::future::join_all(attempts).await;
        let judged = statuses
            .iter()
            .filter(|status| **status == StatusCode::UNAUTHORIZED)
            .count();
        assert_eq!(judged, 5, "{statuses:?}");
    }
);

fact!(
    async fn whoever_guesses_elsewhere_does_not_lock_the_owner_out(world: World) {
        give_login(&world, "irina", "right").await;
        for _ in 0..6 {
            let _ = from(&world, "203.0.113.7", "wrong").await;
        }
        let guesser = from(&world, "203.0.113.7", "right").await;
        assert_eq!(guesser, StatusCode::TOO_MANY_REQUESTS);
        let owner = from(&world, "203.0.113.8", "right").await;
        assert_eq!(owner, StatusCode::OK);
    }
);

fact!(
    async fn a_clock_that_is_put_back_makes_nobody_wait_for_a_day(world: World) {
        give_login(&world, "irina", "right").await;
        for _ in 0..5 {
            let _ = from(&world, "203.0.113.7", "wrong").await;
        }
        world.wait(-24 * HOUR_MS);
        let owner = from(&world, "203.0.113.7", "right").await;
        assert_eq!(owner, StatusCode::OK);
    }
);

fact!(
    async fn wrong_links_lock_nobody_out(world: World) {
        for number in 0..250 {
            let request = Request::post("/api/v1/session/invitation")
                .header(header::CONTENT_TYPE, "application/json")
                .header("x-forwarded-for", "203.0.113.7")
                .body(Body::from(
                    json!({ "token": format!("no{number}") }).to_string(),
                ))
                .expect("request");
            let status = world.send(request).await.status;
            assert_eq!(status, StatusCode::UNAUTHORIZED);
        }
    }
);

fact!(
    async fn answers_stay_in_no_cache_and_signing_out_empties_it(world: World) {
        let cookie = world.home_person(Role::Manager).await;
        let people = world.get("/api/v1/people", &cookie).await;
        assert_eq!(people.status, StatusCode::OK);
        assert_eq!(people.headers[header::CACHE_CONTROL], "no-store");
        let out = world
            .call(axum::http::Method::DELETE, "/api/v1/session", &cookie, None)
            .await;
        assert_eq!(out.headers["clear-site-data"], "\"cache\"");
    }
);

async fn from(world: &World, address: &str, password: &str) -> StatusCode {
    let attempt = Request::post("/api/v1/session")
        .header(header::CONTENT_TYPE, "application/json")
        .header("x-forwarded-for", address)
        .body(Body::from(
            json!({ "login": "irina", "password": password }).to_string(),
        ))
        .expect("request");
    world.send(attempt).await.status
}

fact!(
    async fn a_session_ends_without_use_and_after_its_day(world: World) {
        let cookie = world.home_person(Role::Manager).await;
        world.wait(HOUR_MS + 1);
        let idle = world.get("/api/v1/organisations", &cookie).await;
        assert_eq!(idle.status, StatusCode::UNAUTHORIZED);
        assert_eq!(idle.code(), "session.expired");

        let cookie = world.home_person(Role::Manager).await;
        for _ in 0..13 {
            world.wait(HOUR_MS - 60_000);
            let _ = world.get("/api/v1/organisations", &cookie).await;
        }
        let ended = world.get("/api/v1/organisations", &cookie).await;
        assert_eq!(ended.status, StatusCode::UNAUTHORIZED);
    }
);

fact!(
    async fn use_keeps_a_session_alive(world: World) {
        let cookie = world.home_person(Role::Manager).await;
        for _ in 0..3 {
            world.wait(HOUR_MS - 60_000);
            let answer = world.get("/api/v1/organisations", &cookie).await;
            assert_eq!(answer.status, StatusCode::OK);
        }
    }
);

fact!(
    async fn a_blocked_person_is_out_at_once(world: World) {
        let cookie = world.observer().await;
        let answer = world.get("/api/v1/assignments", &cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let mut write = world
            .store
            .write(Author::system(world.home.municipality), world.now_ms())
            .await
            .expect("write");
        write
            .set_active(world.home.observer, false)
            .await
            .expect("blocked");
        write.commit().await.expect("commit");
        let answer = world.get("/api/v1/assignments", &cookie).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
);

fact!(
    async fn whom_another_process_blocks_is_out_within_seconds(world: World) {
        let cookie = world.observer().await;
        let answer = world.get("/api/v1/assignments", &cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let other = Store::open(world.store.address_for_tests())
            .await
            .expect("opened");
        let author = Author::system(world.home.municipality);
        let mut write = other.write(author, world.now_ms()).await.expect("write");
        write
            .set_active(world.home.observer, false)
            .await
            .expect("blocked");
        write.commit().await.expect("commit");
        world.wait(5_000);
        let answer = world.get("/api/v1/assignments", &cookie).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
);

fact!(
    async fn signing_in_ends_the_session_the_browser_had(world: World) {
        let planted = world.home_person(Role::Manager).await;
        let answer = world
            .post(
                "/api/v1/session/demo",
                &planted,
                json!({ "person": world.home.observer }),
            )
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_ne!(answer.cookies(), planted);
        let before = world.get("/api/v1/organisations", &planted).await;
        assert_eq!(before.status, StatusCode::UNAUTHORIZED);
    }
);

fact!(
    async fn a_request_from_another_site_changes_nothing(world: World) {
        let cookie = world.observer().await;
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://evil.example"),
        ] {
            let request = Request::delete("/api/v1/session")
                .header(header::HOST, "orientir.example")
                .header(header::COOKIE, &cookie)
                .header(name, value)
                .body(Body::empty())
                .expect("request");
            let answer = world.send(request).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}");
            assert_eq!(answer.code(), "request.cross_site");
        }
        let own = world.get("/api/v1/assignments", &cookie).await;
        assert_eq!(own.status, StatusCode::OK);
        let request = Request::delete("/api/v1/session")
            .header(header::HOST, "orientir.example")
            .header(header::COOKIE, &cookie)
            .header("origin", "https://orientir.example")
            .body(Body::empty())
            .expect("request");
        assert_eq!(world.send(request).await.status, StatusCode::OK);
    }
);

fact!(
    async fn demo_people_are_offered_with_their_roles(world: World) {
        let people = world.get("/api/v1/demo/people", "").await.json();
        let observers = people
            .as_array()
            .expect("a list")
            .iter()
            .filter(|person| person["role"] == "observer")
            .count();
        assert_eq!(observers, 4);
    }
);
