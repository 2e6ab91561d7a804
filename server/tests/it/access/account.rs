//! One's own account: contacts, password, sessions.

use api::access::account::Account;
use api::access::session::{Role, Scope};
use axum::http::{Method, StatusCode};
use serde_json::json;
use server::store::Author;

use crate::world::{World, fact};

const OLD: &str = "прежняя фраза";
const NEW: &str = "новая длинная фраза";

/// Somebody with a login, signed in twice.
async fn twice(world: &World) -> [String; 2] {
    let home = world.home.clone();
    let (id, first) = world.person(&home, Role::Expert, Scope::Municipality).await;
    let hash = world.state.passwords.hash(OLD.into()).await.expect("hash");
    let author = Author::system(home.municipality);
    let mut write = world
        .store
        .write(author, world.now_ms())
        .await
        .expect("write");
    write.set_login(id, "anna", hash).await.expect("login");
    write.commit().await.expect("commit");
    let body = json!({ "login": "anna", "password": OLD });
    let second = world.post("/api/v1/session", "", body).await;
    [first, second.cookies()]
}

async fn change(world: &World, cookie: &str, current: &str, new: &str) -> crate::world::Answer {
    let body = json!({ "current": current, "new": new });
    world.put("/api/v1/account/password", cookie, body).await
}

fact!(
    async fn own_password_needs_the_one_of_now_and_ends_other_sessions(world: World) {
        let [here, there] = twice(&world).await;
        let wrong = change(&world, &here, "не та", NEW).await;
        assert_eq!(wrong.code(), "account.wrong_password");
        let short = change(&world, &here, OLD, "коротко").await;
        assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
        let still = world.get("/api/v1/account", &there).await;
        assert_eq!(still.status, StatusCode::OK);
        let done = change(&world, &here, OLD, NEW).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text);
        let out = world.get("/api/v1/account", &there).await;
        assert_eq!(out.status, StatusCode::UNAUTHORIZED);
        let signed_in = |password: &str| {
            let body = json!({ "login": "anna", "password": password });
            world.post("/api/v1/session", "", body)
        };
        assert_eq!(signed_in(OLD).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(signed_in(NEW).await.status, StatusCode::OK);
    }
);

fact!(
    async fn guessing_the_own_password_is_slowed_as_at_the_door(world: World) {
        let [here, _] = twice(&world).await;
        let mut codes = Vec::new();
        for _ in 0..20 {
            codes.push(change(&world, &here, "не та", NEW).await.code());
        }
        assert!(
            codes.contains(&"session.too_many_attempts".to_owned()),
            "{codes:?}"
        );
    }
);

fact!(
    async fn who_enters_by_invitation_has_no_password_to_change(world: World) {
        let observer = world.observer().await;
        let refused = change(&world, &observer, OLD, NEW).await;
        assert_eq!(refused.code(), "account.no_password");
    }
);

fact!(
    async fn own_sessions_are_seen_and_ended_one_and_all(world: World) {
        let [here, there] = twice(&world).await;
        let account: Account = world.get("/api/v1/account", &here).await.parse();
        let own: Vec<bool> = account.sessions.iter().map(|one| one.is_this).collect();
        assert_eq!(own.iter().filter(|is_this| **is_this).count(), 1);
        assert_eq!(own.len(), 2);
        let other = account
            .sessions
            .iter()
            .find(|one| !one.is_this)
            .expect("the other");
        let path = api::paths::account_session(&other.id);
        for _ in 0..2 {
            let left: Account = world.call(Method::DELETE, &path, &here, None).await.parse();
            assert_eq!(left.sessions.len(), 1);
        }
        let out = world.get("/api/v1/account", &there).await;
        assert_eq!(out.status, StatusCode::UNAUTHORIZED);
        let left = world
            .call(Method::DELETE, "/api/v1/account/sessions", &here, None)
            .await;
        assert_eq!(left.parse::<Account>().sessions.len(), 1);
    }
);

fact!(
    async fn session_of_somebody_else_is_not_ended(world: World) {
        let [here, _] = twice(&world).await;
        let stranger = world.home_person(Role::Expert).await;
        let account: Account = world.get("/api/v1/account", &here).await.parse();
        for session in &account.sessions {
            let path = api::paths::account_session(&session.id);
            world.call(Method::DELETE, &path, &stranger, None).await;
        }
        let still: Account = world.get("/api/v1/account", &here).await.parse();
        assert_eq!(still.sessions.len(), 2);
    }
);

fact!(
    async fn own_contacts_and_language_are_kept_and_checked(world: World) {
        let [here, _] = twice(&world).await;
        let body = json!({ "email": " anna@school.example ", "phone": "", "language": "en" });
        let saved: Account = world.put("/api/v1/account", &here, body).await.parse();
        assert_eq!(saved.contacts.email.as_deref(), Some("anna@school.example"));
        assert_eq!(saved.contacts.phone, None);
        let session = world.get("/api/v1/session", &here).await.json();
        assert_eq!(session["person"]["language"], "en");
        for wrong in ["anna", "@school", "a b@school.example", "a@b@c.example"] {
            let body = json!({ "email": wrong, "phone": null, "language": "ru" });
            let refused = world.put("/api/v1/account", &here, body).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
    }
);
