//! The database itself: two writers, restarts, refusals.

use api::access::session::Role;
use axum::http::StatusCode;
use sea_orm::ConnectionTrait;
use server::store::{AuditChain, Author, Store, StoreError};

use crate::world::{World, fact};

fact!(
    async fn a_change_that_is_dropped_never_happened(world: World) {
        let place = world.home.clone();
        let mut write = world
            .store
            .write(Author::system(place.municipality), world.now_ms())
            .await
            .expect("write");
        write
            .put_organisation(&crate::world::school(place.own_school, "Переименована"))
            .await
            .expect("put");
        write
            .audit(
                "organisation.update",
                "organisation".into(),
                serde_json::json!({}),
            )
            .await
            .expect("audit");
        drop(write);
        let school = world
            .store
            .organisation(place.municipality, place.own_school)
            .await
            .expect("read")
            .expect("there");
        assert_eq!(school.short_name, "Своя");
        let entries = world
            .store
            .audit(place.municipality, None, 10)
            .await
            .expect("log");
        assert_eq!(entries, []);
    }
);

fact!(
    async fn changes_that_share_a_commit_are_kept_or_undone_each_alone(world: World) {
        let municipality = world.home.municipality;
        let is_kept = |number: u32| number % 4 != 3;
        let changes: Vec<_> = (0..40_u32)
            .map(|number| {
                let (store, now_ms) = (world.store.clone(), world.now_ms());
                tokio::spawn(async move {
                    let author = Author::system(municipality);
                    // Long changes stand between small ones and take no part.
                    let mut write = if number % 10 == 9 {
                        store.write(author, now_ms).await.expect("a turn")
                    } else {
                        store.write_together(author, now_ms).await.expect("a turn")
                    };
                    write
                        .audit("test", number.to_string(), serde_json::json!({}))
                        .await
                        .expect("audited");
                    if is_kept(number) {
                        write.commit().await.expect("durable");
                        let entries = store.audit(municipality, None, 100).await.expect("log");
                        assert!(entries.iter().any(|one| one.object == number.to_string()));
                    }
                })
            })
            .collect();
        for change in changes {
            change.await.expect("no panic");
        }
        let entries = world.store.audit(municipality, None, 100).await;
        let mut kept: Vec<u32> = entries
            .expect("log")
            .iter()
            .map(|entry| entry.object.parse().expect("a number"))
            .collect();
        kept.sort_unstable();
        let expected: Vec<u32> = (0..40).filter(|number| is_kept(*number)).collect();
        assert_eq!(kept, expected);
        let chain = world.store.verify_audit(municipality).await.expect("read");
        assert!(matches!(chain, AuditChain::Whole { .. }), "{chain:?}");
    }
);

fact!(
    async fn opening_twice_migrates_once(world: World) {
        let (first, second) = tokio::join!(
            Store::open(world.store.address_for_tests()),
            Store::open(world.store.address_for_tests())
        );
        first.expect("opened").ping().await.expect("alive");
        second.expect("opened").ping().await.expect("alive");
    }
);

fact!(
    async fn a_code_of_a_school_is_not_given_twice(world: World) {
        let place = world.home.clone();
        let known = crate::world::school(place.own_school, "Своя");
        let mut other = crate::world::school(place.other_school, "Другая");
        other.code = known.code;
        let cookie = world.home_person(Role::Administrator).await;
        let answer = world
            .put(
                &api::paths::organisation(place.other_school),
                &cookie,
                serde_json::to_value(&other).expect("json"),
            )
            .await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert_eq!(answer.code(), "organisation.code_taken");
    }
);

fact!(
    async fn history_of_an_organisation_is_only_added_to(world: World) {
        let place = world.home.clone();
        let cookie = world.home_person(Role::Administrator).await;
        let path = api::paths::organisation(place.other_school);
        let mut school = crate::world::school(place.other_school, "Другая");
        school.parent = Some(place.own_school);
        school
            .history
            .push(api::registry::organisation::OrganisationChange {
                date: "2025-09-01".into(),
                kind: "became_branch".into(),
                other: Some(place.own_school),
                order_reference: Some("№ 14".into()),
            });
        for _ in 0..2 {
            let answer = world
                .put(&path, &cookie, serde_json::to_value(&school).expect("json"))
                .await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
            assert_eq!(answer.json()["history"].as_array().map(Vec::len), Some(1));
        }
        school.history.clear();
        let answer = world
            .put(&path, &cookie, serde_json::to_value(&school).expect("json"))
            .await;
        assert_eq!(answer.json()["history"].as_array().map(Vec::len), Some(1));
    }
);

#[tokio::test]
async fn an_embedded_database_that_another_process_locks_is_busy_and_nothing_is_lost() {
    let world = World::sqlite().await;
    let locker = sea_orm::Database::connect(world.store.address_for_tests())
        .await
        .expect("a second process");
    locker
        .execute_unprepared("BEGIN IMMEDIATE")
        .await
        .expect("locked");
    let cookie = {
        // Signed in before the lock would be the usual order; here the session is read, not written.
        let error = world
            .store
            .write(Author::system(world.home.municipality), world.now_ms())
            .await
            .err()
            .expect("the lock holds");
        assert!(matches!(error, StoreError::Busy(_)), "{error:?}");
        server::http::Problem::from(error)
    };
    let response = axum::response::IntoResponse::into_response(cookie);
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers()["retry-after"], "3");
    locker.execute_unprepared("ROLLBACK").await.expect("freed");
    world.home_person(Role::Manager).await;
}

#[tokio::test]
async fn a_full_embedded_database_says_so_and_keeps_what_it_has() {
    let world = World::sqlite().await;
    let cookie = world.home_person(Role::Coordinator).await;
    let connection = world.store.connection_for_tests();
    connection
        .execute_unprepared("PRAGMA max_page_count = 1")
        .await
        .expect("bounded");
    let mut full = None;
    for _ in 0..2000 {
        let answer = world
            .post(
                "/api/v1/procedures",
                &cookie,
                serde_json::json!({
                    "id": uuid::Uuid::now_v7(), "kind": "oge", "level": "federal",
                    "title": {"ru": "ОГЭ".repeat(90), "en": "OGE"}, "year": 2026,
                    "window": ["2026-05-20", "2026-06-20"],
                }),
            )
            .await;
        if answer.status != StatusCode::OK {
            full = Some(answer);
            break;
        }
    }
    let full = full.expect("the database fills");
    assert_eq!(
        full.status,
        StatusCode::SERVICE_UNAVAILABLE,
        "{}",
        full.text
    );
    assert_eq!(full.code(), "store.full");
    let still = world.get("/api/v1/procedures", &cookie).await;
    assert_eq!(still.status, StatusCode::OK);
}

#[tokio::test]
async fn a_database_in_memory_or_of_another_kind_is_refused() {
    for address in [
        "sqlite::memory:",
        "sqlite:",
        "mysql://localhost/x",
        "orientir.db",
    ] {
        let error = Store::open(address).await.err().expect("refused");
        assert!(matches!(error, StoreError::Address), "{address}: {error:?}");
    }
}

#[tokio::test]
async fn the_embedded_database_keeps_its_promises() {
    let world = World::sqlite().await;
    let connection = world.store.connection_for_tests();
    for (pragma, expected) in [
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("foreign_keys", "1"),
    ] {
        let row = connection
            .query_one_raw(sea_orm::Statement::from_string(
                sea_orm::DbBackend::Sqlite,
                format!("SELECT CAST({pragma} AS TEXT) AS value FROM pragma_{pragma}"),
            ))
            .await
            .expect("read")
            .expect("a row");
        let value: String = row.try_get("", "value").expect("a text");
        assert_eq!(value, expected, "{pragma}");
    }
}
