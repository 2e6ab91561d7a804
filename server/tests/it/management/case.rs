//! A critical item that was signed opens a case; the school explains, the coordinator closes it.

use api::access::session::{Role, Scope};
use api::management::case::{Case, CaseState, EntryKind};
use axum::http::StatusCode;
use serde_json::json;
use uuid::Uuid;

use crate::forms::submission::{critical, operation};
use crate::world::{Answer, World, fact};

const DAY_MS: i64 = 24 * 3_600_000;

/// The observer answers the critical item as a violation, and signs when asked to.
async fn report(world: &World, sign: bool) -> String {
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
    let submission = opened.parse::<api::forms::submission::Submission>().id;
    let (path, _) = critical();
    let put = crate::forms::submission::put(
        world,
        &observer,
        submission,
        &[operation(submission, Uuid::now_v7(), 1, &path, "no")],
    )
    .await;
    assert_eq!(put.status, StatusCode::OK, "{}", put.text);
    if sign {
        let submitted = world
            .post(
                &api::paths::submit(submission),
                &observer,
                json!({ "revision": 2, "incomplete_reason": "проверка" }),
            )
            .await;
        assert_eq!(submitted.status, StatusCode::OK, "{}", submitted.text);
    }
    observer
}

async fn cases(world: &World, cookie: &str) -> Vec<Case> {
    world.get(api::paths::CASES, cookie).await.parse()
}

async fn words(world: &World, cookie: &str, case: &Case, what: &str, content: &str) -> Answer {
    world
        .post(
            &format!("{}/{what}", api::paths::case(case.id)),
            cookie,
            json!({ "id": Uuid::now_v7(), "content": content }),
        )
        .await
}

async fn resolve(world: &World, cookie: &str, case: &Case, resolution: &str) -> Answer {
    world
        .post(
            &format!("{}/resolution", api::paths::case(case.id)),
            cookie,
            json!({
                "id": Uuid::now_v7(), "resolution": resolution, "content": "Приедет методист",
            }),
        )
        .await
}

fact!(
    async fn a_case_opens_when_the_sheet_is_signed_and_not_before(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        report(&world, false).await;
        assert_eq!(cases(&world, &coordinator).await, []);
        report(&world, true).await;
        let found = cases(&world, &coordinator).await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].state, CaseState::Reported);
        assert_eq!(found[0].organisation, world.home.own_school);
        assert!(!found[0].item.ru.is_empty() && !found[0].item.en.is_empty());
        // 15 April in the municipality and three days.
        assert_eq!(found[0].answer_due, "2026-04-18");
        // Signing once more opens nothing.
        report(&world, true).await;
        assert_eq!(cases(&world, &coordinator).await.len(), 1);
    }
);

fact!(
    async fn the_school_explains_and_the_observer_sees_what_was_done(world: World) {
        let observer = report(&world, true).await;
        let coordinator = world.home_person(Role::Coordinator).await;
        let head = world.home_person(Role::SchoolHead).await;
        let case = cases(&world, &head).await.pop().expect("the school's case");
        assert_eq!(
            case.submission, None,
            "the school reads no observer's sheet"
        );
        let answered = words(&world, &head, &case, "answers", "Замена из-за болезни").await;
        assert_eq!(answered.status, StatusCode::OK, "{}", answered.text);
        assert_eq!(answered.parse::<Case>().state, CaseState::Answered);
        words(&world, &head, &case, "answers", "Приказ прилагаем").await;
        let closed = resolve(&world, &coordinator, &case, "help").await;
        assert_eq!(closed.status, StatusCode::OK, "{}", closed.text);
        let seen: Case = world
            .get(&api::paths::case(case.id), &observer)
            .await
            .parse();
        assert_eq!(seen.state, CaseState::Resolved);
        let kinds: Vec<EntryKind> = seen.entries.iter().map(|entry| entry.kind).collect();
        assert_eq!(
            kinds,
            [
                EntryKind::Reported,
                EntryKind::Answer,
                EntryKind::Answer,
                EntryKind::Resolved
            ],
            "both explanations are kept"
        );
        assert_eq!(seen.entries[3].content, "Приедет методист");
        let of_school: Case = world.get(&api::paths::case(case.id), &head).await.parse();
        assert_eq!(
            of_school.entries[0].author, None,
            "the observer is not named"
        );
    }
);

fact!(
    async fn an_unheard_school_is_not_judged_before_its_term(world: World) {
        report(&world, true).await;
        let coordinator = world.home_person(Role::Coordinator).await;
        let case = cases(&world, &coordinator).await.pop().expect("a case");
        let early = resolve(&world, &coordinator, &case, "recheck").await;
        assert_eq!(early.code(), "case.unheard");
        world.wait(3 * DAY_MS);
        // The earlier session has ended by then.
        let coordinator = world.home_person(Role::Coordinator).await;
        assert!(
            !cases(&world, &coordinator).await[0].overdue,
            "the last day counts"
        );
        world.wait(DAY_MS);
        let coordinator = world.home_person(Role::Coordinator).await;
        assert!(cases(&world, &coordinator).await[0].overdue);
        let late = resolve(&world, &coordinator, &case, "recheck").await;
        assert_eq!(late.status, StatusCode::OK, "{}", late.text);
        assert!(
            !cases(&world, &coordinator).await[0].overdue,
            "closed is not overdue"
        );
    }
);

fact!(
    async fn another_school_and_another_observer_see_no_case(world: World) {
        report(&world, true).await;
        let coordinator = world.home_person(Role::Coordinator).await;
        let case = cases(&world, &coordinator).await.pop().expect("a case");
        let other_school = Scope::Organisation {
            organisation: world.home.other_school,
        };
        let other_event = Scope::Event {
            event: world.home.own_event,
        };
        for (role, scope) in [
            (Role::SchoolHead, other_school),
            (Role::Observer, other_event),
        ] {
            let (_, cookie) = world.person(&world.home.clone(), role, scope).await;
            assert_eq!(cases(&world, &cookie).await, [], "{role:?}");
            let one = world.get(&api::paths::case(case.id), &cookie).await;
            assert_eq!(one.status, StatusCode::NOT_FOUND, "{role:?}");
        }
        let (_, stranger) = world
            .person(&world.home.clone(), Role::SchoolHead, other_school)
            .await;
        let refused = words(&world, &stranger, &case, "answers", "Не наше").await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
    }
);
