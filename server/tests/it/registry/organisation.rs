//! Schools entered and changed by hand.

use api::access::session::Role;
use api::id::OrganisationId;
use api::registry::organisation::{Organisation, OrganisationChange};
use axum::http::StatusCode;
use serde_json::json;
use uuid::Uuid;

use crate::world::{Answer, World, fact, school};

async fn put(world: &World, cookie: &str, school: &Organisation) -> Answer {
    let path = api::paths::organisation(school.id);
    let body = serde_json::to_value(school).expect("a school");
    world.put(&path, cookie, body).await
}

fact!(
    async fn code_of_another_school_and_a_circle_of_branches_are_named(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let first = school(OrganisationId(Uuid::now_v7()), "Первая");
        assert_eq!(
            put(&world, &coordinator, &first).await.status,
            StatusCode::OK
        );
        let mut twin = school(OrganisationId(Uuid::now_v7()), "Вторая");
        twin.code = first.code.clone();
        let refused = put(&world, &coordinator, &twin).await;
        assert_eq!(refused.code(), "organisation.code_taken");
        let mut branch = school(OrganisationId(Uuid::now_v7()), "Филиал");
        branch.parent = Some(first.id);
        put(&world, &coordinator, &branch).await;
        let mut circle = first.clone();
        circle.parent = Some(branch.id);
        let refused = put(&world, &coordinator, &circle).await;
        assert_eq!(
            refused.json()["fields"][0]["code"],
            "organisation.circle",
            "{}",
            refused.text
        );
    }
);

fact!(
    async fn history_keeps_what_was_noted_and_takes_no_invented_change(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let mut renamed = school(world.home.own_school, "Новая");
        renamed.history.push(OrganisationChange {
            date: "2026-04-01".into(),
            kind: "renamed".into(),
            other: None,
            order_reference: Some("№ 3".into()),
        });
        let saved: Organisation = put(&world, &coordinator, &renamed).await.parse();
        assert_eq!(saved.history.len(), 1);
        renamed.history.clear();
        let kept: Organisation = put(&world, &coordinator, &renamed).await.parse();
        assert_eq!(kept.history, saved.history);
        for (date, kind) in [("1 апреля", "renamed"), ("2026-04-01", "vanished")] {
            let mut wrong = renamed.clone();
            wrong.history.push(OrganisationChange {
                date: date.into(),
                kind: kind.into(),
                other: None,
                order_reference: None,
            });
            let refused = put(&world, &coordinator, &wrong).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind}");
        }
    }
);

fact!(
    async fn school_does_not_change_its_own_card(world: World) {
        let head = world.home_person(Role::SchoolHead).await;
        let own = school(world.home.own_school, "Своя");
        assert_eq!(put(&world, &head, &own).await.status, StatusCode::FORBIDDEN);
        let mut far = own;
        far.place = Some([91.0, 0.0]);
        far.pupils = 1_000_000;
        let coordinator = world.home_person(Role::Coordinator).await;
        let refused = put(&world, &coordinator, &far).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_ne!(refused.json()["fields"], json!([]));
    }
);
