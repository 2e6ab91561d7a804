//! Damage is found: in the audit log, in references, in rows and in files.

use sea_orm::ConnectionTrait;
use server::operation::{backup, check, export};
use server::store::operation::Connection;

use super::place::{Folder, back_up, backup_of, bring_file, code};
use crate::world::{World, fact};

async fn faults(world: &World) -> Vec<String> {
    let mut connection = Connection::open(world.store.address_for_tests())
        .await
        .expect("opens");
    check::database(&mut connection)
        .await
        .expect("checked")
        .faults
}

fact!(
    async fn a_sound_database_has_no_faults_and_a_rewritten_log_has(world: World) {
        bring_file(&world, b"order").await;
        bring_file(&world, b"another").await;
        assert_eq!(faults(&world).await, Vec::<String>::new());
        world
            .store
            .connection_for_tests()
            .execute_unprepared("UPDATE audit SET action = 'nothing' WHERE action = 'file.create'")
            .await
            .expect("rewritten");
        let found = faults(&world).await;
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("Родной район"), "{found:?}");
    }
);

#[tokio::test]
async fn a_row_that_refers_to_nothing_and_a_value_of_another_type_are_found() {
    let world = World::sqlite().await;
    bring_file(&world, b"order").await;
    let connection = world.store.connection_for_tests();
    connection
        .execute_unprepared(
            "PRAGMA foreign_keys = OFF; DELETE FROM organisation; \
             UPDATE file_upload SET bytes = 'many'; PRAGMA foreign_keys = ON",
        )
        .await
        .expect("damaged");
    let found = faults(&world).await;
    assert!(
        found.iter().any(|one| one.starts_with("event: ")),
        "{found:?}"
    );
    assert!(
        found
            .iter()
            .any(|one| one.starts_with("file_upload: row 1")),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_changed_or_missing_file_stops_a_backup() {
    let world = World::sqlite().await;
    let folder = Folder::new();
    let hash = bring_file(&world, b"order").await;
    let path = world
        .state
        .config
        .files
        .directory
        .join(world.home.municipality.to_string())
        .join(&hash[..2])
        .join(&hash);
    let clock = server::Clock::system();
    let arguments = backup_of(&world, &folder.path("a.zip"), Default::default());
    let content = std::fs::read(&path).expect("read");
    std::fs::write(&path, b"changed").expect("written");
    let error = backup::backup(&arguments, &clock)
        .await
        .expect_err("changed");
    assert_eq!(code(&error), "backup.changed_file");
    std::fs::remove_file(&path).expect("removed");
    let error = backup::backup(&arguments, &clock)
        .await
        .expect_err("missing");
    assert_eq!(code(&error), "backup.missing");
    assert_eq!(
        std::fs::read_dir(&folder.0).expect("read").count(),
        0,
        "nothing is left behind"
    );
    std::fs::write(&path, content).expect("written");
    back_up(&world, &folder.path("a.zip")).await;
}

fact!(
    async fn everything_leaves_in_open_formats_but_no_secret(world: World) {
        let folder = Folder::new();
        let hash = bring_file(&world, b"order").await;
        world.home_person(api::access::session::Role::Manager).await;
        let to = folder.path("export");
        let arguments = export::Arguments {
            directory: to.clone(),
            database: world.store.address_for_tests().to_owned(),
            files: Some(world.state.config.files.directory.clone()),
        };
        let (tables, rows, files) = export::export(&arguments).await.expect("exported");
        assert!(
            tables > 60 && rows > 20 && files == 1,
            "{tables} {rows} {files}"
        );
        assert!(to.join("files").join(&hash).is_file());
        let schools = std::fs::read_to_string(to.join("tables/organisation.csv")).expect("read");
        assert_eq!(schools.lines().count(), 1 + 4);
        assert!(schools.contains("Школа «Своя»"));
        let dictionary = std::fs::read_to_string(to.join("dictionary.csv")).expect("read");
        assert!(
            dictionary.contains("organisation,,,Организации,Organisations"),
            "{dictionary}"
        );
        let invitations = std::fs::read_to_string(to.join("tables/invitation.csv")).expect("read");
        assert!(!invitations.contains("token_hash"));
        assert!(!to.join("tables/session.csv").exists());
        let again = export::export(&arguments).await.expect_err("taken");
        assert_eq!(code(&again), "export.taken");
    }
);

fact!(
    async fn an_end_that_was_kept_elsewhere_is_missed_after_a_rewrite(world: World) {
        bring_file(&world, b"order").await;
        let kept = server::operation::heads::lines(&world.store)
            .await
            .expect("ends");
        let kept: Vec<String> = kept
            .iter()
            .filter_map(|line| line.split_once(' '))
            .filter(|(id, _)| *id == world.home.municipality.to_string())
            .map(|(_, end)| end.to_owned())
            .collect();
        let check = async || {
            let mut connection = Connection::open(world.store.address_for_tests())
                .await
                .expect("opens");
            check::audit_log(&mut connection, &kept)
                .await
                .expect("checked")
                .faults
        };
        bring_file(&world, b"another").await;
        assert_eq!(check().await, Vec::<String>::new());
        // Whoever owns the database can write a whole new log; the end kept elsewhere is not in it.
        world
            .store
            .connection_for_tests()
            .execute_unprepared(
                "DELETE FROM audit; UPDATE head SET audit_sequence = 0, audit_hash = ''",
            )
            .await
            .expect("rewritten");
        assert_eq!(check().await.len(), 1);
    }
);
