//! Places to back up, restore to and compare.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sea_orm::ConnectionTrait;
use server::operation::{Open, Seal, Sentence, backup, restore};
use server::store::operation::{CopyError, CopyReader, Row, Sink, Snapshot, sqlite_path};
use server::{Clock, store::Author};
use uuid::Uuid;

use crate::world::World;

/// A folder that goes with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("orientir-place-{}", Uuid::now_v7()));
        std::fs::create_dir_all(&path).expect("a folder");
        Folder(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn database(&self, name: &str) -> String {
        format!("sqlite:{}", self.path(name).display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// An empty schema of the PostgreSQL of the tests, when there is one.
pub async fn empty_postgres() -> Option<String> {
    let address = std::env::var("TEST_DATABASE_URL").ok()?;
    let schema = format!("t{}", Uuid::now_v7().simple());
    let connection = sea_orm::Database::connect(&address)
        .await
        .expect("a server");
    connection
        .execute_unprepared(&format!("CREATE SCHEMA {schema}"))
        .await
        .expect("a schema");
    connection.close().await.expect("closing");
    let joint = if address.contains('?') { '&' } else { '?' };
    Some(format!("{address}{joint}options=-csearch_path%3D{schema}"))
}

/// A file in the store of files, named by a row.
pub async fn bring_file(world: &World, content: &[u8]) -> String {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    bytes.extend_from_slice(content);
    bytes.extend_from_slice(b"\n%%EOF\n");
    let settings = &world.state.config.files;
    let kept = server::files::keep(settings, world.home.municipality, bytes.clone())
        .await
        .expect("kept");
    let mut write = world
        .store
        .write(Author::system(world.home.municipality), world.now_ms())
        .await
        .expect("write");
    write
        .add_file(&api::papers::document::StoredFile {
            id: api::id::FileId(Uuid::now_v7()),
            name: "Приказ.pdf".into(),
            media_type: "application/pdf".into(),
            bytes: bytes.len() as u64,
            hash: kept.hash.clone(),
            scanned: false,
        })
        .await
        .expect("a row");
    write
        .audit("file.create", "file".into(), serde_json::json!({}))
        .await
        .expect("audit");
    write.commit().await.expect("commit");
    kept.hash
}

pub fn backup_of(world: &World, file: &Path, seal: Seal) -> backup::Arguments {
    backup::Arguments {
        file: file.to_owned(),
        database: world.store.address_for_tests().to_owned(),
        files: Some(world.state.config.files.directory.clone()),
        seal,
        database_only: false,
        without_missing: false,
        smaller: false,
        pack: true,
    }
}

pub fn restore_to(database: &str, file: &Path, files: &Path, open: Open) -> restore::Arguments {
    restore::Arguments {
        file: file.to_owned(),
        database: database.to_owned(),
        files: Some(files.to_owned()),
        open,
        move_away: false,
    }
}

pub async fn back_up(world: &World, file: &Path) {
    backup::backup(&backup_of(world, file, Seal::default()), &Clock::system())
        .await
        .expect("backed up");
}

/// Code of the sentence of an error.
pub fn code(error: &anyhow::Error) -> &'static str {
    error.downcast_ref::<Sentence>().map_or_else(
        || panic!("no sentence: {error:#}"),
        |sentence| sentence.code,
    )
}

/// All rows of a database in an order of their own, without what differs in a restored copy on purpose.
pub async fn rows(address: &str) -> BTreeMap<String, Vec<Row>> {
    let folder = Folder::new();
    let mut snapshot = match sqlite_path(address) {
        Some(path) => {
            let image = folder.path("image");
            Snapshot::image(&path, &image).await.expect("an image");
            Snapshot::of_image(&image).await.expect("a look")
        }
        None => Snapshot::of_server(address).await.expect("a look"),
    };
    let mut all = BTreeMap::new();
    for shape in snapshot.shapes().await.expect("tables") {
        if ["installation", "backup_record"].contains(&shape.table.as_str()) {
            continue;
        }
        let mut bytes = Bytes(Vec::new());
        snapshot.rows(&shape, &mut bytes).await.expect("rows");
        let mut reader = CopyReader::new(bytes.0.as_slice(), shape.columns.len()).expect("rows");
        let (mut rows, mut row) = (Vec::new(), Row::default());
        while reader.next(&mut row).expect("a row") {
            rows.push(std::mem::take(&mut row));
        }
        // A database that is built anew says when that was.
        if shape.table == "seaql_migrations" {
            rows.clear();
        }
        rows.sort();
        all.insert(shape.table, rows);
    }
    snapshot.close().await.expect("closed");
    all
}

struct Bytes(Vec<u8>);

impl Sink for Bytes {
    async fn take(&mut self, bytes: Vec<u8>) -> Result<(), CopyError> {
        self.0.extend_from_slice(&bytes);
        Ok(())
    }
}
