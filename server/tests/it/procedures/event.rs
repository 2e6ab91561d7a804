//! Events are moved and called off: those who take part read why, and nothing that was seen is moved.

use api::access::session::Role;
use api::observation::day::DayBoard;
use api::procedures::event::{Event, EventChangeKind, OwnAssignment};
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::forms::submission::operation;
use crate::world::{Answer, World, fact};

fn moved(date: &str, start: &str) -> Value {
    json!({
        "id": Uuid::now_v7(), "date": date, "start": start, "duration_minutes": 60,
        "room": "21", "reason": " Карантин ",
    })
}

async fn shift(world: &World, cookie: &str, body: Value) -> Answer {
    let path = api::paths::event(world.home.own_event);
    world.put(&path, cookie, body).await
}

async fn call_off(world: &World, cookie: &str) -> Answer {
    let path = api::paths::of_event(world.home.own_event, "cancellation");
    let body = json!({ "id": Uuid::now_v7(), "reason": "Отменили в школе" });
    world.post(&path, cookie, body).await
}

fact!(
    async fn a_moved_event_tells_what_was_and_why(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let body = moved("2026-04-20", "11:30");
        let answer = shift(&world, &coordinator, body.clone()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let event: Event = answer.parse();
        assert_eq!(
            (
                event.date.as_str(),
                event.start.as_str(),
                event.room.as_str()
            ),
            ("2026-04-20", "11:30", "21")
        );
        let change = event.last_change.expect("the change");
        assert_eq!(change.kind, EventChangeKind::Moved);
        assert_eq!(change.reason, "Карантин");
        assert_eq!(
            (change.date_before.as_str(), change.start_before.as_str()),
            ("2026-04-15", "10:00")
        );
        // Sent once more, nothing is done twice: what was before stays what was before.
        let again: Event = shift(&world, &coordinator, body).await.parse();
        let change = again.last_change.expect("the change");
        assert_eq!(change.date_before, "2026-04-15");

        let own: Vec<OwnAssignment> = world
            .get(api::paths::ASSIGNMENTS, &world.observer().await)
            .await
            .parse();
        assert_eq!(own[0].event.date, "2026-04-20");
        let told = own[0].event.last_change.as_ref().expect("the change");
        assert_eq!(told.reason, "Карантин");
    }
);

fact!(
    async fn only_the_coordinator_moves_and_calls_off(world: World) {
        for role in [Role::Manager, Role::SchoolCoordinator, Role::Methodist] {
            let cookie = world.home_person(role).await;
            let refused = shift(&world, &cookie, moved("2026-04-20", "11:30")).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{role:?}");
            let refused = call_off(&world, &cookie).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{role:?}");
        }
        let observer = world.observer().await;
        let refused = shift(&world, &observer, moved("2026-04-20", "11:30")).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
);

fact!(
    async fn what_cannot_be_read_is_named(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let cases = [
            ("date", json!("20.04.2026")),
            ("start", json!("25:00")),
            ("duration_minutes", json!(0)),
            ("reason", json!("  ")),
        ];
        for (field, value) in cases {
            let mut body = moved("2026-04-20", "11:30");
            body[field] = value;
            let refused = shift(&world, &coordinator, body).await;
            assert_eq!(
                refused.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{field}: {}",
                refused.text
            );
            assert_eq!(refused.json()["fields"][0]["field"], field);
        }
    }
);

fact!(
    async fn an_event_that_is_called_off_leaves_the_day_until_it_is_moved(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let answer = call_off(&world, &coordinator).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let event: Event = answer.parse();
        assert!(event.cancelled);
        let board: DayBoard = world.get(api::paths::DAY, &coordinator).await.parse();
        let on_board = |board: &DayBoard| {
            let mut sites = board.sites.iter();
            sites.any(|site| site.event == world.home.own_event)
        };
        assert!(!on_board(&board));
        let listed: Vec<Event> = world.get(api::paths::EVENTS, &coordinator).await.parse();
        let own = listed.iter().find(|one| one.id == world.home.own_event);
        assert!(own.expect("it stays in the list").cancelled);
        let observer = world.observer().await;
        let parts: Vec<OwnAssignment> = world.get(api::paths::ASSIGNMENTS, &observer).await.parse();
        assert!(parts[0].event.cancelled);

        let held = shift(&world, &coordinator, moved("2026-04-15", "12:00")).await;
        assert!(!held.parse::<Event>().cancelled);
        let board: DayBoard = world.get(api::paths::DAY, &coordinator).await.parse();
        assert!(on_board(&board));
    }
);

fact!(
    async fn an_event_at_which_a_sheet_was_begun_stays_on_its_day(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let observer = world.observer().await;
        let opened = world
            .post(
                api::paths::SUBMISSIONS,
                &observer,
                json!({ "id": Uuid::now_v7(), "subject": {
                    "kind": "assignment", "assignment": world.home.own_assignment,
                } }),
            )
            .await;
        let sheet = opened.parse::<api::forms::submission::Submission>().id;
        let room = crate::forms::submission::path_of("obs_vpr_day", "ctx_room");
        let change = operation(sheet, Uuid::now_v7(), 1, &room, "12");
        crate::forms::submission::put(&world, &observer, sheet, &[change]).await;

        let refused = shift(&world, &coordinator, moved("2026-04-20", "11:30")).await;
        assert_eq!(refused.code(), "event.has_sheets", "{}", refused.text);
        let refused = call_off(&world, &coordinator).await;
        assert_eq!(refused.code(), "event.has_sheets", "{}", refused.text);
        let other_room = shift(&world, &coordinator, moved("2026-04-15", "10:00")).await;
        assert_eq!(other_room.status, StatusCode::OK, "{}", other_room.text);
    }
);

fact!(
    async fn whoever_would_be_busy_elsewhere_is_named(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        // The observer of the own event takes part in the other one as well.
        let author = server::store::Author::system(world.home.municipality);
        let mut write = world
            .store
            .write(author, world.now_ms())
            .await
            .expect("write");
        write
            .assign(
                api::id::AssignmentId(Uuid::now_v7()),
                world.home.other_event,
                world.home.observer,
                api::procedures::event::AssignmentRole::Observer,
            )
            .await
            .expect("part");
        write.commit().await.expect("commit");
        let there: Event = world
            .get(&api::paths::event(world.home.other_event), &coordinator)
            .await
            .parse();
        let mut body = moved(&there.date, &there.start);
        let refused = shift(&world, &coordinator, body.clone()).await;
        assert_eq!(refused.code(), "event.clashes", "{}", refused.text);
        assert!(refused.text.contains("Другая"), "{}", refused.text);
        body["despite_clashes"] = json!(true);
        let answer = shift(&world, &coordinator, body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    }
);
