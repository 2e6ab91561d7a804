//! The life of an invitation.

use api::access::invitation::Invitation;
use api::access::session::Role;
use api::id::InvitationId;
use axum::http::StatusCode;
use serde_json::json;
use uuid::Uuid;

use crate::world::{Answer, World, fact};

const DAY_MS: i64 = 24 * 3_600_000;

async fn invite(world: &World, id: InvitationId) -> Answer {
    let coordinator = world.home_person(Role::Coordinator).await;
    world
        .post(
            "/api/v1/invitations",
            &coordinator,
            json!({ "id": id, "person": world.home.observer, "event": world.home.own_event }),
        )
        .await
}

fn token(answer: &Answer) -> String {
    let link = answer
        .parse::<Invitation>()
        .link
        .expect("the answer carries the link");
    let (before, token) = link.split_once('#').expect("the token stands after #");
    assert_eq!(before, "https://orientir.example/app/invitation");
    token.to_owned()
}

async fn enter(world: &World, token: &str, cookies: &str) -> Answer {
    world
        .post(
            "/api/v1/session/invitation",
            cookies,
            json!({ "token": token }),
        )
        .await
}

fact!(
    async fn an_observer_enters_by_the_link_and_again_on_the_same_tablet(world: World) {
        let answer = invite(&world, InvitationId(Uuid::now_v7())).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert!(
            answer
                .parse::<Invitation>()
                .qr_svg
                .is_some_and(|svg| svg.contains("<svg"))
        );
        let token = token(&answer);
        let first = enter(&world, &token, "").await;
        assert_eq!(first.status, StatusCode::OK, "{}", first.text);
        let own = world.get("/api/v1/assignments", &first.cookies()).await;
        assert_eq!(own.json().as_array().map(Vec::len), Some(1), "{}", own.text);
        let again = enter(&world, &token, &first.cookies()).await;
        assert_eq!(again.status, StatusCode::OK, "{}", again.text);
    }
);

fact!(
    async fn another_tablet_is_refused_with_the_reason(world: World) {
        let token = token(&invite(&world, InvitationId(Uuid::now_v7())).await);
        assert_eq!(enter(&world, &token, "").await.status, StatusCode::OK);
        let other = enter(&world, &token, "").await;
        assert_eq!(other.status, StatusCode::UNAUTHORIZED);
        assert_eq!(other.code(), "invitation.other_device");
    }
);

fact!(
    async fn an_invitation_and_its_session_end_together(world: World) {
        let token = token(&invite(&world, InvitationId(Uuid::now_v7())).await);
        world.wait(6 * DAY_MS);
        let entered = enter(&world, &token, "").await;
        assert_eq!(entered.status, StatusCode::OK);
        world.wait(DAY_MS);
        let late = enter(&world, &token, &entered.cookies()).await;
        assert_eq!(late.status, StatusCode::UNAUTHORIZED);
        assert_eq!(late.code(), "invitation.expired");
        let own = world.get("/api/v1/assignments", &entered.cookies()).await;
        assert_eq!(own.code(), "session.expired");
    }
);

fact!(
    async fn an_unknown_token_is_refused(world: World) {
        let foreign = server::auth::Token::generate(world.home.municipality)
            .expect("randomness")
            .to_text();
        for token in ["", "abc", &foreign] {
            let answer = enter(&world, token, "").await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
            assert_eq!(answer.code(), "invitation.unknown");
        }
    }
);

fact!(
    async fn a_repeated_invitation_replaces_the_link(world: World) {
        let id = InvitationId(Uuid::now_v7());
        let first = token(&invite(&world, id).await);
        let second = token(&invite(&world, id).await);
        assert_eq!(enter(&world, &first, "").await.code(), "invitation.unknown");
        assert_eq!(enter(&world, &second, "").await.status, StatusCode::OK);
        let coordinator = world.home_person(Role::Coordinator).await;
        let list = world.get("/api/v1/invitations", &coordinator).await;
        let list: Vec<Invitation> = list.parse();
        assert_eq!(list.len(), 1);
        assert!(list[0].used_ms.is_some());
        assert_eq!(list[0].link, None, "the secret is shown once");
    }
);

fact!(
    async fn nobody_is_invited_to_an_event_abroad(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let answer = world
            .post(
                "/api/v1/invitations",
                &coordinator,
                json!({
                    "id": Uuid::now_v7(),
                    "person": world.home.observer,
                    "event": world.abroad.own_event,
                }),
            )
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer.code(), "request.unknown_reference");
    }
);
