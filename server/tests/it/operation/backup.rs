//! A backup becomes the same installation again, or says why not and leaves everything as it was.

use std::collections::BTreeSet;

use server::Clock;
use server::operation::activate::activate;
use server::operation::{Open, Seal, backup, restore};
use server::store::operation::TABLES;
use server::store::{Author, Store};

use super::place::{
    Folder, back_up, backup_of, bring_file, code, empty_postgres, restore_to, rows,
};
use crate::world::{World, fact};

fact!(
    async fn every_table_is_known_to_backup_check_and_dictionary(world: World) {
        let stored: BTreeSet<String> = rows(world.store.address_for_tests())
            .await
            .into_keys()
            .collect();
        let mut known: BTreeSet<String> =
            TABLES.iter().map(|table| table.name.to_owned()).collect();
        known.insert("seaql_migrations".into());
        for own in ["installation", "backup_record"] {
            assert!(known.remove(own));
        }
        assert_eq!(
            stored, known,
            "a new table is one line in server/src/store/operation/typed.rs"
        );
    }
);

fact!(
    async fn a_restored_copy_is_equal_and_stays_quiet_until_activated(world: World) {
        let folder = Folder::new();
        let hash = bring_file(&world, b"order").await;
        let cookie = world
            .home_person(api::access::session::Role::Administrator)
            .await;
        let before = rows(world.store.address_for_tests()).await;
        let file = folder.path("backup.zip");
        // Others write while it is made.
        let writing = async {
            for index in 0..20 {
                bring_file(&world, format!("later {index}").as_bytes()).await;
            }
        };
        let arguments = backup_of(&world, &file, Seal::default());
        let clock = Clock::system();
        let (_, report) = tokio::join!(writing, backup::backup(&arguments, &clock));
        let report = report.expect("backed up");
        assert_eq!(report.manifest.municipalities.len(), 2);
        let record = world
            .store
            .last_backup()
            .await
            .expect("read")
            .expect("noted");
        assert_eq!(record.rows, report.manifest.rows());

        let place = folder.database("restored.db");
        let files = folder.path("restored.files");
        restore::restore(&restore_to(&place, &file, &files, Open::default()), &clock)
            .await
            .expect("restored");
        let restored = rows(&place).await;
        for (table, rows) in &before {
            if *table == "head" {
                continue;
            }
            for row in rows {
                assert!(
                    restored[table].binary_search(row).is_ok(),
                    "{table} lacks a row"
                );
            }
        }
        let shelf = files
            .join(world.home.municipality.to_string())
            .join(&hash[..2]);
        assert!(shelf.join(&hash).is_file());

        let copy = Store::open(&place).await.expect("opens");
        assert!(copy.is_quiet().await.expect("read"));
        let mut write = copy
            .write(Author::system(world.home.municipality), 1)
            .await
            .expect("write");
        let job = server::jobs::Job::Recompute {
            run: api::id::RunId(uuid::Uuid::now_v7()),
        };
        write.enqueue(&job).await.expect("asked");
        write.commit().await.expect("commit");
        assert!(activate(&copy, &clock, None).await.expect("activated"));
        assert!(!copy.is_quiet().await.expect("read"));
        assert!(!activate(&copy, &clock, None).await.expect("nothing to do"));
        assert!(!cookie.is_empty());
    }
);

#[tokio::test]
async fn sqlite_to_postgres_and_back_is_the_same() {
    let Some(server) = empty_postgres().await else {
        return;
    };
    let world = World::sqlite().await;
    let folder = Folder::new();
    bring_file(&world, b"order").await;
    let first = folder.path("first.zip");
    back_up(&world, &first).await;
    let before = rows(world.store.address_for_tests()).await;
    let clock = Clock::system();
    let files = folder.path("server.files");
    restore::restore(
        &restore_to(&server, &first, &files, Open::default()),
        &clock,
    )
    .await
    .expect("to the server");
    assert_eq!(before, rows(&server).await);
    let second = folder.path("second.zip");
    let arguments = backup::Arguments {
        database: server.clone(),
        files: Some(files),
        ..backup_of(&world, &second, Seal::default())
    };
    backup::backup(&arguments, &clock)
        .await
        .expect("from the server");
    let place = folder.database("back.db");
    let arguments = restore_to(&place, &second, &folder.path("back.files"), Open::default());
    restore::restore(&arguments, &clock).await.expect("back");
    assert_eq!(before, rows(&place).await);
    let error = restore::restore(
        &restore_to(&server, &first, &folder.path("x"), Open::default()),
        &clock,
    )
    .await
    .expect_err("the server is taken");
    assert_eq!(code(&error), "restore.taken");
}

#[tokio::test]
async fn what_cannot_be_restored_is_refused_and_the_place_stays_empty() {
    let world = World::sqlite().await;
    let folder = Folder::new();
    bring_file(&world, b"order").await;
    let file = folder.path("backup.zip");
    back_up(&world, &file).await;
    let whole = std::fs::read(&file).expect("read");
    let clock = Clock::system();
    let bad = folder.path("bad.zip");
    let place = folder.database("place.db");
    let arguments = restore_to(&place, &bad, &folder.path("place.files"), Open::default());
    let mut seen = BTreeSet::new();
    let half = whole.len() / 2;
    let changed = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        bytes
    };
    for bytes in [
        Vec::new(),
        b"PK".to_vec(),
        b"some text".to_vec(),
        whole[..half].to_vec(),
        whole[..whole.len() - 1].to_vec(),
        changed(half),
        changed(200),
    ] {
        std::fs::write(&bad, bytes).expect("written");
        let error = restore::restore(&arguments, &clock)
            .await
            .expect_err("refused");
        seen.insert(code(&error));
        assert!(!folder.path("place.db").exists());
        assert!(!folder.path("place.files").exists());
    }
    assert_eq!(
        seen.into_iter().collect::<Vec<_>>(),
        ["archive.cut", "archive.damaged", "archive.unknown"]
    );
    let exists = backup::backup(&backup_of(&world, &file, Seal::default()), &clock)
        .await
        .expect_err("never replaced");
    assert_eq!(code(&exists), "backup.exists");
}

#[tokio::test]
async fn a_taken_place_is_refused_or_moved_away_unread() {
    let world = World::sqlite().await;
    let folder = Folder::new();
    let file = folder.path("backup.zip");
    back_up(&world, &file).await;
    let clock = Clock::system();
    let own = world.store.address_for_tests().to_owned();
    let error = restore::restore(
        &restore_to(&own, &file, &folder.path("f"), Open::default()),
        &clock,
    )
    .await
    .expect_err("taken");
    assert_eq!(code(&error), "restore.taken");
    assert!(error.to_string().contains("Родной район"), "{error}");

    let damaged = folder.path("place.db");
    std::fs::write(&damaged, b"this was a database once").expect("written");
    std::fs::write(folder.path("place.db-wal"), b"its journal").expect("written");
    let place = folder.database("place.db");
    let mut arguments = restore_to(&place, &file, &folder.path("g"), Open::default());
    let error = restore::restore(&arguments, &clock)
        .await
        .expect_err("taken");
    assert_eq!(code(&error), "restore.taken");
    assert_eq!(
        std::fs::read(&damaged).expect("there"),
        b"this was a database once"
    );
    arguments.move_away = true;
    restore::restore(&arguments, &clock)
        .await
        .expect("restored beside");
    let aside: BTreeSet<String> = std::fs::read_dir(&folder.0)
        .expect("read")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter_map(|name| Some(name.split_once(".before-restore-")?.0.to_owned()))
        .collect();
    // SQLite may have left its shared memory beside them when it was asked what is there.
    let parts = ["place.db", "place.db-wal", "place.db-shm"];
    assert!(
        aside.iter().all(|name| parts.contains(&name.as_str())),
        "{aside:?}"
    );
    assert!(
        parts[..2].iter().all(|part| aside.contains(*part)),
        "{aside:?}"
    );
}

#[tokio::test]
async fn an_encrypted_copy_opens_with_its_key_alone() {
    let world = World::sqlite().await;
    let folder = Folder::new();
    let clock = Clock::system();
    let words = folder.path("words");
    std::fs::write(&words, "пароль от копии\n").expect("written");
    let other = folder.path("other");
    std::fs::write(&other, "не тот пароль\n").expect("written");
    let file = folder.path("backup.age");
    let seal = Seal {
        recipient: None,
        passphrase_file: Some(words.clone()),
    };
    let report = backup::backup(&backup_of(&world, &file, seal), &clock)
        .await
        .expect("backed up");
    assert!(report.encrypted);
    let place = folder.database("place.db");
    let open = |file: Option<&std::path::PathBuf>| Open {
        identity: None,
        passphrase_file: file.cloned(),
    };
    for (key, expected) in [
        (None, "archive.no_key"),
        (Some(&other), "archive.wrong_key"),
    ] {
        let arguments = restore_to(&place, &file, &folder.path("files"), open(key));
        let error = restore::restore(&arguments, &clock)
            .await
            .expect_err("refused");
        assert_eq!(code(&error), expected);
        assert!(!folder.path("place.db").exists());
    }
    let whole = std::fs::read(&file).expect("read");
    let cut = folder.path("cut.age");
    std::fs::write(&cut, &whole[..whole.len() - 100]).expect("written");
    let arguments = restore_to(&place, &cut, &folder.path("files"), open(Some(&words)));
    let error = restore::restore(&arguments, &clock).await.expect_err("cut");
    assert_eq!(code(&error), "archive.cut");
    let arguments = restore_to(&place, &file, &folder.path("files"), open(Some(&words)));
    restore::restore(&arguments, &clock)
        .await
        .expect("restored");
    assert_eq!(
        rows(world.store.address_for_tests()).await,
        rows(&place).await
    );
}
