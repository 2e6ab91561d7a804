//! The state of the installation, and the first hour of an office, through the router.

use api::access::session::Role;
use api::operation::first_hour::FirstHour;
use api::operation::system::SystemState;
use api::paths;
use axum::http::StatusCode;
use serde_json::json;
use server::jobs::Job;
use server::store::Author;
use server::store::operation::Connection;

use crate::world::{World, fact};

async fn state(world: &World, cookie: &str) -> SystemState {
    world.get(paths::SYSTEM, cookie).await.parse()
}

fact!(
    async fn an_administrator_sees_the_installation_and_own_jobs_alone(world: World) {
        let administrator = world.home_person(Role::Administrator).await;
        let before = state(&world, &administrator).await;
        assert_eq!(before.version, env!("CARGO_PKG_VERSION"));
        assert_eq!(before.database, world.store.kind());
        assert_eq!(before.backup, None);
        assert_eq!(before.quiet, None);
        assert!(before.free_bytes.is_some_and(|bytes| bytes > 0));
        for place in [&world.home, &world.abroad] {
            let author = Author::system(place.municipality);
            let mut write = world
                .store
                .write(author, world.now_ms())
                .await
                .expect("write");
            let run = api::id::RunId(uuid::Uuid::now_v7());
            write.enqueue(&Job::Recompute { run }).await.expect("asked");
            write.commit().await.expect("commit");
        }
        let after = state(&world, &administrator).await;
        assert_eq!(after.jobs.waiting, before.jobs.waiting + 1);
        let manager = world.home_person(Role::Manager).await;
        let refused = world.get(paths::SYSTEM, &manager).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
);

fact!(
    async fn a_restored_copy_is_called_the_working_server_once(world: World) {
        let administrator = world.home_person(Role::Administrator).await;
        let mut connection = Connection::open(world.store.address_for_tests())
            .await
            .expect("opens");
        connection
            .mark_restored(2_000, 1_000)
            .await
            .expect("marked");
        let quiet = state(&world, &administrator).await.quiet.expect("a copy");
        assert_eq!((quiet.restored_ms, quiet.backup_ms), (2_000, Some(1_000)));
        let coordinator = world.home_person(Role::Coordinator).await;
        let refused = world
            .put(paths::SYSTEM_ACTIVATION, &coordinator, json!(null))
            .await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        for _ in 0..2 {
            let answer = world
                .put(paths::SYSTEM_ACTIVATION, &administrator, json!(null))
                .await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
            assert_eq!(answer.parse::<SystemState>().quiet, None);
        }
        let log = world.get(paths::AUDIT, &administrator).await.text;
        assert_eq!(log.matches("system.update").count(), 1, "{log}");
    }
);

fact!(
    async fn the_first_hour_counts_the_own_municipality_alone(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let found: FirstHour = world.get(paths::FIRST_HOUR, &coordinator).await.parse();
        let schools: Vec<serde_json::Value> =
            world.get(paths::ORGANISATIONS, &coordinator).await.parse();
        assert_eq!(found.schools, schools.len() as u64);
        assert_eq!((found.imports, found.sheets), (0, 0));
        assert!(found.people > 0);
    }
);
