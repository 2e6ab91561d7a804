//! Offers that wait: withdrawn, listed, reminded of.

use api::access::session::Role;
use api::observation::staffing::{Candidate, OpenRequest, OwnDeclarations, Staffing};
use axum::http::{Method, StatusCode};
use serde_json::json;
use uuid::Uuid;

use super::staffing::{people, post, registered, sign};
use crate::world::{World, fact};

async fn offered(world: &World, coordinator: &str, name: &str) -> (Staffing, String) {
    let (person, cookie) = registered(world, name).await;
    let asked = post(
        world,
        coordinator,
        "requests",
        person,
        "observer",
        json!({}),
    )
    .await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text);
    (asked.parse(), cookie)
}

async fn candidates(world: &World, coordinator: &str) -> Vec<Candidate> {
    let path = api::paths::of_event(world.home.own_event, "candidates");
    let path = format!("{path}?role=observer");
    world.get(&path, coordinator).await.parse()
}

fact!(
    async fn an_offer_is_withdrawn_and_the_person_may_be_asked_anew(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let (staffing, cookie) = offered(&world, &coordinator, "Анна Чистова").await;
        let request = staffing.requests[0].id;
        let names = |list: &[Candidate]| -> Vec<String> {
            list.iter().map(|one| one.name.clone()).collect()
        };
        let before = candidates(&world, &coordinator).await;
        assert!(!names(&before).contains(&"Анна Чистова".to_owned()));

        let path = api::paths::event_request(world.home.own_event, request);
        let school = world.home_person(Role::SchoolCoordinator).await;
        let refused = world.call(Method::DELETE, &path, &school, None).await;
        assert_eq!(refused.json()["fields"][0]["code"], "staffing.role");
        for _ in 0..2 {
            let withdrawn = world.call(Method::DELETE, &path, &coordinator, None).await;
            assert_eq!(withdrawn.status, StatusCode::OK, "{}", withdrawn.text);
            assert_eq!(people(&withdrawn, "requests"), Vec::<String>::new());
        }
        let own: OwnDeclarations = world.get(api::paths::DECLARATIONS, &cookie).await.parse();
        assert!(own.requests.is_empty());
        let after = candidates(&world, &coordinator).await;
        assert!(names(&after).contains(&"Анна Чистова".to_owned()));
    }
);

fact!(
    async fn whoever_has_not_answered_is_listed_and_reminded(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let (staffing, cookie) = offered(&world, &coordinator, "Анна Чистова").await;
        let (_, answered) = offered(&world, &coordinator, "Борис Быстров").await;
        sign(&world, &answered).await;
        let open: Vec<OpenRequest> = world
            .get(api::paths::OPEN_REQUESTS, &coordinator)
            .await
            .parse();
        let names: Vec<_> = open.iter().map(|one| one.person_name.as_str()).collect();
        assert_eq!(names, ["Анна Чистова"]);
        assert_eq!(open[0].reminded_ms, None);

        let own: OwnDeclarations = world.get(api::paths::DECLARATIONS, &cookie).await.parse();
        assert_eq!(own.requests[0].reminded_ms, None);
        let body = json!({ "requests": [staffing.requests[0].id, Uuid::now_v7()] });
        let reminded = world
            .post(api::paths::REQUEST_REMINDERS, &coordinator, body.clone())
            .await;
        assert_eq!(reminded.status, StatusCode::OK, "{}", reminded.text);
        let own: OwnDeclarations = world.get(api::paths::DECLARATIONS, &cookie).await.parse();
        assert_eq!(own.requests[0].reminded_ms, Some(world.now_ms()));

        // A school sees nothing of who is to watch it, and reminds nobody.
        let school = world.home_person(Role::SchoolCoordinator).await;
        let list = world.get(api::paths::OPEN_REQUESTS, &school).await;
        assert_eq!(list.json(), json!([]));
        world.wait(60_000);
        let nothing = world
            .post(api::paths::REQUEST_REMINDERS, &school, body)
            .await;
        assert_eq!(nothing.json(), json!([]));
        let own: OwnDeclarations = world.get(api::paths::DECLARATIONS, &cookie).await.parse();
        assert_eq!(own.requests[0].reminded_ms, Some(world.now_ms() - 60_000));
    }
);
