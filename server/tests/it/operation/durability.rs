//! What is acknowledged is there: after a full disk, an error in the middle or at the commit, requests that are
//! given up, and a failure that somebody overlooked.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sea_orm::{ConnectionTrait, DatabaseConnection};
use server::auth::Token;
use server::store::{AuditChain, Author, Lifetime, Sole, StoreError, sqlite_path};

use crate::world::{World, fact};

/// Some kilobytes: a few of them need new pages.
const LONG: usize = 6_000;

/// A change with an audit entry of this name; whether it was acknowledged.
async fn change(world: &World, is_shared: bool, name: &str) -> Result<(), StoreError> {
    let author = Author::system(world.home.municipality);
    let mut write = if is_shared {
        world.store.write_together(author, world.now_ms()).await?
    } else {
        world.store.write(author, world.now_ms()).await?
    };
    let details = serde_json::json!({ "text": "x".repeat(LONG) });
    write.audit("test", name.to_owned(), details).await?;
    write.commit().await
}

/// Names of the entries that another process finds.
async fn found(world: &World) -> Vec<String> {
    let other = sea_orm::Database::connect(world.store.address_for_tests())
        .await
        .expect("another process");
    let rows = other
        .query_all_raw(sea_orm::Statement::from_string(
            other.get_database_backend(),
            "SELECT object FROM audit WHERE action = 'test' ORDER BY sequence",
        ))
        .await
        .expect("read");
    let names = rows
        .iter()
        .map(|row| row.try_get("", "object").expect("a name"))
        .collect();
    other.close().await.expect("closed");
    names
}

/// Changes of both kinds, one after another: names of those acknowledged, and the refusals.
async fn changes(world: &World, of: &str) -> (Vec<String>, Vec<StoreError>) {
    let (mut acknowledged, mut refused) = (Vec::new(), Vec::new());
    for number in 0..24 {
        let name = format!("{of} {number}");
        match change(world, number % 3 != 0, &name).await {
            Ok(()) => acknowledged.push(name),
            Err(error) => refused.push(error),
        }
    }
    (acknowledged, refused)
}

async fn assert_all_there(world: &World, acknowledged: &[String]) {
    assert_eq!(found(world).await, acknowledged);
    let chain = world.store.verify_audit(world.home.municipality).await;
    let chain = chain.expect("read");
    assert!(matches!(chain, AuditChain::Whole { .. }), "{chain:?}");
}

fn bounded(connection: &DatabaseConnection, pages: u32) -> impl Future<Output = ()> {
    let connection = connection.clone();
    async move {
        connection
            .execute_unprepared(&format!("PRAGMA max_page_count = {pages}"))
            .await
            .expect("bounded");
    }
}

#[tokio::test]
async fn after_a_full_disk_nothing_is_acknowledged_that_is_not_there() {
    let world = World::sqlite().await;
    let connection = world.store.connection_for_tests();
    let (mut all, _) = changes(&world, "before").await;
    // Nobody can ask for fewer pages than there are: from now on none is added.
    bounded(connection, 1).await;
    let (acknowledged, refused) = changes(&world, "full").await;
    all.extend(acknowledged);
    assert!(!refused.is_empty(), "the database fills");
    for error in refused {
        assert!(matches!(error, StoreError::Full(_)), "{error:?}");
    }
    assert_all_there(&world, &all).await;
    bounded(connection, u32::MAX / 2).await;
    let (acknowledged, refused) = changes(&world, "space").await;
    assert_eq!(acknowledged.len(), 24, "{refused:?}");
    all.extend(acknowledged);
    assert_all_there(&world, &all).await;
}

/// How SQLite is made to undo a transaction by itself.
#[derive(Clone, Copy, Debug)]
enum Undoing {
    /// In a statement, as after an error of the disk.
    InStatement,
    /// At the commit.
    AtCommit,
}

/// Lets SQLite fail on the writing connection as long as `failing` says so.
async fn undermine(connection: &DatabaseConnection, how: Undoing, failing: Arc<AtomicBool>) {
    let pool = connection.get_sqlite_connection_pool();
    let mut writer = pool.acquire().await.expect("the writer");
    let mut handle = writer.lock_handle().await.expect("its handle");
    let goes_on = move || !failing.load(Ordering::Relaxed);
    match how {
        Undoing::InStatement => handle.set_progress_handler(1, goes_on),
        Undoing::AtCommit => handle.set_commit_hook(goes_on),
    }
}

/// Waits until the writing connection has been given back: it is looked at then, and one that fails is replaced.
async fn given_back(connection: &DatabaseConnection) {
    let pool = connection.get_sqlite_connection_pool();
    while pool.num_idle() == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn a_transaction_that_sqlite_undid_by_itself_takes_nothing_later_with_it() {
    for how in [Undoing::InStatement, Undoing::AtCommit] {
        let world = World::sqlite().await;
        let failing = Arc::new(AtomicBool::new(false));
        undermine(world.store.connection_for_tests(), how, failing.clone()).await;
        let (mut all, _) = changes(&world, "before").await;
        assert_eq!(all.len(), 24, "{how:?}");
        given_back(world.store.connection_for_tests()).await;
        failing.store(true, Ordering::Relaxed);
        let first = change(&world, true, "failed").await;
        assert!(first.is_err(), "{how:?}");
        failing.store(false, Ordering::Relaxed);
        let (acknowledged, refused) = changes(&world, "after").await;
        assert_eq!(acknowledged.len(), 24, "{how:?}: {refused:?}");
        all.extend(acknowledged);
        assert_all_there(&world, &all).await;
    }
}

fact!(
    async fn requests_given_up_half_way_take_nothing_of_others_with_them(world: World) {
        let world = Arc::new(world);
        let mut all = Vec::new();
        for round in 0..20_u32 {
            let given_up: Vec<_> = (0..6_u32)
                .map(|number| {
                    let world = world.clone();
                    let name = format!("given up {round}.{number}");
                    tokio::spawn(async move { change(&world, number % 2 == 0, &name).await })
                })
                .collect();
            // Some are stopped before they begin, some in the middle, some have ended.
            for _ in 0..round * 3 {
                tokio::task::yield_now().await;
            }
            for task in &given_up {
                task.abort();
            }
            let name = format!("kept {round}");
            change(&world, round % 2 == 0, &name).await.expect("kept");
            all.push(name);
            for task in given_up {
                let _ = task.await;
            }
        }
        let there = found(&world).await;
        let kept: Vec<_> = there
            .iter()
            .filter(|name| name.starts_with("kept"))
            .cloned()
            .collect();
        assert_eq!(kept, all);
        let chain = world.store.verify_audit(world.home.municipality).await;
        let chain = chain.expect("read");
        assert!(matches!(chain, AuditChain::Whole { .. }), "{chain:?}");
    }
);

fact!(
    async fn a_failure_that_was_overlooked_is_not_acknowledged(world: World) {
        for is_shared in [false, true] {
            let author = Author::system(world.home.municipality);
            let token = Token::generate(world.home.municipality).expect("randomness");
            let mut write = if is_shared {
                world.store.write_together(author, world.now_ms()).await
            } else {
                world.store.write(author, world.now_ms()).await
            }
            .expect("a turn");
            let observer = world.home.observer;
            for is_first in [true, false] {
                let opened = write
                    .open_session(&token, observer, Lifetime::PASSWORD, "")
                    .await;
                assert_eq!(opened.is_ok(), is_first, "the secret is there already");
            }
            let details = serde_json::json!({});
            write
                .audit("test", "overlooked".into(), details)
                .await
                .expect("noted");
            let done = write.commit().await;
            assert!(matches!(done, Err(StoreError::Duplicate(_))), "{done:?}");
        }
        assert_all_there(&world, &[]).await;
    }
);

#[tokio::test]
async fn health_is_bad_as_long_as_nothing_can_be_written() {
    let world = World::sqlite().await;
    let failing = Arc::new(AtomicBool::new(false));
    let how = Undoing::InStatement;
    undermine(world.store.connection_for_tests(), how, failing.clone()).await;
    change(&world, true, "before").await.expect("kept");
    given_back(world.store.connection_for_tests()).await;
    failing.store(true, Ordering::Relaxed);
    let answer = world.get(api::paths::HEALTH, "").await;
    assert_eq!(answer.status, axum::http::StatusCode::INTERNAL_SERVER_ERROR);
    let answer = world.get(api::paths::HEALTH, "").await;
    assert_eq!(answer.status, axum::http::StatusCode::OK, "{}", answer.text);
}

#[tokio::test]
async fn an_embedded_database_has_one_server_and_is_nobody_elses_to_read() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::sqlite().await;
    let address = world.store.address_for_tests();
    let first = Sole::take(address).expect("free");
    assert!(first.is_some());
    let second = Sole::take(address);
    assert!(matches!(second, Err(StoreError::Taken(_))), "{second:?}");
    drop(first);
    assert!(Sole::take(address).expect("free again").is_some());
    assert!(Sole::take("postgres://host/base").expect("none").is_none());
    let path = sqlite_path(address).expect("a file");
    let directory = path.parent().expect("a directory");
    for entry in std::fs::read_dir(directory).expect("read") {
        let entry = entry.expect("read");
        if entry.file_type().expect("known").is_file() {
            let mode = entry.metadata().expect("known").permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "{}", entry.path().display());
        }
    }
}
