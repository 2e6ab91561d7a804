//! An older database is backed up before it is changed, a newer one is refused.

use server::Clock;
use server::operation::{Open, restore, upgrade};
use server::store::operation::Connection;
use server::store::{Store, StoreError};

use super::place::{Folder, code, restore_to, rows};
use crate::world::fact;

const OWN: &str = "m20261201_001800_operation";

fact!(
    async fn an_older_database_is_backed_up_before_it_is_upgraded(world: World) {
        let folder = Folder::new();
        let address = world.store.address_for_tests().to_owned();
        let backups = folder.path("backups");
        let clock = Clock::system();
        let none = upgrade::prepare(&address, &backups, &clock)
            .await
            .expect("looked");
        assert_eq!(none, None, "nothing is pending");

        let mut connection = Connection::open(&address).await.expect("opens");
        connection
            .run(&format!(
                "DROP TABLE installation; DROP TABLE backup_record; \
                 DELETE FROM seaql_migrations WHERE version = '{OWN}'"
            ))
            .await
            .expect("older");
        connection.close().await.expect("closed");
        let blocked = folder.path("blocked");
        std::fs::write(&blocked, b"a file where a folder should be").expect("written");
        let error = upgrade::prepare(&address, &blocked, &clock)
            .await
            .expect_err("no place");
        assert_eq!(code(&error), "upgrade.no_backup");
        let before = rows(&address).await;
        let file = upgrade::prepare(&address, &backups, &clock)
            .await
            .expect("backed up")
            .expect("a backup");
        Store::open(&address).await.expect("upgraded");

        let place = folder.database("former.db");
        let arguments = restore_to(&place, &file, &folder.path("files"), Open::default());
        let report = restore::restore(&arguments, &clock)
            .await
            .expect("restored");
        assert_eq!(report.migrated, [OWN]);
        let mut after = rows(&place).await;
        after.remove("seaql_migrations");
        for (table, rows) in after {
            assert_eq!(rows, before[&table], "{table}");
        }
    }
);

fact!(
    async fn a_newer_database_is_refused_with_both_versions(world: World) {
        let address = world.store.address_for_tests().to_owned();
        world.store.note_program("9.8.7").await.expect("noted");
        let mut connection = Connection::open(&address).await.expect("opens");
        connection
            .run("INSERT INTO seaql_migrations VALUES ('m20990101_future', 0)")
            .await
            .expect("newer");
        connection.close().await.expect("closed");
        let error = Store::open(&address).await.err().expect("refused");
        assert!(matches!(error, StoreError::NewerSchema { .. }), "{error:?}");
        let error = error.to_string();
        for part in ["9.8.7 (m20990101_future)", env!("CARGO_PKG_VERSION")] {
            assert!(error.contains(part), "{error}");
        }
    }
);
