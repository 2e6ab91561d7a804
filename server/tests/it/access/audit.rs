//! The audit log: complete, chained, and tampering is found.

use api::access::audit::AuditEntry;
use api::access::session::Role;
use axum::http::StatusCode;
use sea_orm::ConnectionTrait;
use serde_json::json;
use server::store::AuditChain;
use uuid::Uuid;

use crate::world::{World, fact};

async fn plan(world: &World, cookie: &str) {
    let answer = world
        .post(
            "/api/v1/procedures",
            cookie,
            json!({
                "id": Uuid::now_v7(), "kind": "oge", "level": "federal",
                "title": {"ru": "ОГЭ", "en": "OGE"}, "year": 2026,
                "window": ["2026-05-20", "2026-06-20"],
            }),
        )
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}

fact!(
    async fn a_change_is_logged_under_the_name_of_its_permission(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        plan(&world, &coordinator).await;
        let entries: Vec<AuditEntry> = world.get("/api/v1/audit", &coordinator).await.parse();
        assert_eq!(entries[0].action, "procedure.create");
        assert_eq!(entries[0].person_name.as_deref(), Some("Coordinator"));
        assert_eq!(entries[0].details, json!({ "kind": "oge", "year": 2026 }));
    }
);

fact!(
    async fn the_chain_is_whole_and_a_changed_entry_breaks_it(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        for _ in 0..5 {
            plan(&world, &coordinator).await;
        }
        let municipality = world.home.municipality;
        assert_eq!(
            world
                .store
                .verify_audit(municipality)
                .await
                .expect("verified"),
            AuditChain::Whole { entries: 5 }
        );
        for (statement, broken) in [
            ("UPDATE audit SET details = '{}' WHERE sequence = 3", 3),
            ("DELETE FROM audit WHERE sequence = 2", 2),
            ("DELETE FROM audit WHERE sequence >= 2", 2),
        ] {
            world
                .store
                .connection_for_tests()
                .execute_unprepared(statement)
                .await
                .expect("tampered");
            assert_eq!(
                world
                    .store
                    .verify_audit(municipality)
                    .await
                    .expect("verified"),
                AuditChain::Broken { sequence: broken },
                "{statement}"
            );
        }
    }
);

fact!(
    async fn a_change_that_fails_leaves_no_entry(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let answer = world
            .post(
                "/api/v1/events",
                &coordinator,
                json!({
                    "id": Uuid::now_v7(), "procedure": Uuid::now_v7(),
                    "organisation": world.home.own_school, "date": "2026-04-16",
                    "start": "09:00", "duration_minutes": 45, "subject": "math", "grade": 6,
                    "class": "Б", "room": "3",
                }),
            )
            .await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            answer.text
        );
        assert_eq!(
            world
                .store
                .verify_audit(world.home.municipality)
                .await
                .expect("verified"),
            AuditChain::Whole { entries: 0 }
        );
    }
);
