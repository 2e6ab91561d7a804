//! `orientir backup`: one file with everything, while the server runs.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use zip::CompressionMethod;

use super::archive::{Archive, FORMAT, IMAGE, Manifest, Owner, Part, TableCount, Writer, beside};
use super::key::Sealing;
use super::sentence::say;
use super::{Seal, Sentence, files};
use crate::Clock;
use crate::files::FileSettings;
use crate::store::StoreError;
use crate::store::operation::{
    BackupRecord, Connection, CopyError, Schema, Sink, Snapshot, sqlite_path,
};

/// Writes the database and the files into one archive and reads it back. The server may go on working.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The archive; must not exist.
    pub file: PathBuf,
    /// `sqlite:PATH` or `postgres://…`.
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite:orientir.db",
        hide_env_values = true
    )]
    pub database: String,
    /// Directory of the files; beside the database when absent.
    #[arg(long, env = "ORIENTIR_FILES")]
    pub files: Option<PathBuf>,
    /// How it is encrypted.
    #[command(flatten)]
    pub seal: Seal,
    /// Leave the files out.
    #[arg(long)]
    pub database_only: bool,
    /// Go on when a file is missing that a row names; the archive says which.
    #[arg(long)]
    pub without_missing: bool,
    /// Take it as right that there is less than half of what the last backup had.
    #[arg(long)]
    pub smaller: bool,
    /// Pack the database: smaller and slower.
    #[arg(long)]
    pub pack: bool,
}

/// What was backed up.
#[derive(Clone, Debug)]
pub struct Report {
    /// The archive's list.
    pub manifest: Manifest,
    /// Size of the archive, bytes.
    pub bytes: u64,
    /// Is it encrypted?
    pub encrypted: bool,
}

impl Arguments {
    /// The folder of files.
    fn folder(&self) -> PathBuf {
        let beside = FileSettings::beside(&self.database).directory;
        self.files.clone().unwrap_or(beside)
    }
}

/// Runs the command.
///
/// # Errors
/// A sentence, or those of the database and the file system; then there is no archive.
pub async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let report = backup(arguments, &Clock::system()).await?;
    println!(
        "{}: {} · {} {} · {} {} · {} {}",
        say(
            "Копия готова и прочитана обратно",
            "Backup written and read back"
        ),
        arguments.file.display(),
        report.bytes,
        say("байт", "bytes"),
        report.manifest.rows(),
        say("строк", "rows"),
        report.manifest.files().count(),
        say("файлов", "files"),
    );
    for owner in &report.manifest.municipalities {
        println!(
            "{}: {} · {} {} {}",
            say("Муниципалитет", "Municipality"),
            owner.name,
            say("конец журнала", "end of the audit log"),
            owner.audit_sequence,
            owner.audit_hash,
        );
    }
    Ok(())
}

/// Makes a backup.
///
/// # Errors
/// See [`run`].
pub async fn backup(arguments: &Arguments, clock: &Clock) -> anyhow::Result<Report> {
    let sealing = arguments.seal.sealing()?;
    let made_ms = clock.now_ms();
    let mut writer = Writer::create(&arguments.file, &sealing)?;
    let image = Part(beside(&arguments.file, ".image"));
    let mut snapshot = snapshot(&arguments.database, &image.0).await?;
    let mut manifest = describe(&mut snapshot, made_ms).await?;
    manifest.database_only = arguments.database_only;
    let method = match arguments.pack {
        true => CompressionMethod::Deflated,
        false => CompressionMethod::Stored,
    };
    if sqlite_path(&arguments.database).is_some() {
        writer.begin(IMAGE, method)?;
        io::copy(&mut File::open(&image.0)?, &mut writer).map_err(full)?;
    } else {
        for table in &manifest.tables {
            writer.begin(&format!("rows/{}", table.shape.table), method)?;
            snapshot
                .rows(&table.shape, &mut Into(&mut writer))
                .await
                .map_err(copied)?;
        }
    }
    if !arguments.database_only {
        let named = files::named(snapshot.connection()).await?;
        manifest.missing = add_files(&mut writer, &arguments.folder(), named)?;
        refuse_missing(arguments, &manifest.missing)?;
    }
    snapshot.close().await?;
    drop(image);
    let (written, manifest) = writer.finish(manifest).map_err(any_full)?;
    read_back(written.path(), &sealing, &manifest)?;
    let (bytes, encrypted) = (written.bytes, !matches!(sealing, Sealing::Open));
    written.keep(&arguments.file)?;
    let report = Report {
        manifest,
        bytes,
        encrypted,
    };
    note(arguments, &report, clock.now_ms()).await?;
    Ok(report)
}

/// A look at the database that stands still: a copy of the file, or a transaction that sees one moment.
pub(super) async fn snapshot(database: &str, image: &Path) -> anyhow::Result<Snapshot> {
    let Some(path) = sqlite_path(database) else {
        return Snapshot::of_server(database)
            .await
            .context("opening the database");
    };
    if !path.is_file() {
        return Err(Sentence::error(
            "database.none",
            format!(
                "Базы {} нет. Укажите её: --database sqlite:ПУТЬ.",
                path.display()
            ),
            format!(
                "There is no database {}. Name it: --database sqlite:PATH.",
                path.display()
            ),
        ));
    }
    let _ = std::fs::remove_file(image);
    Snapshot::image(&path, image)
        .await
        .map_err(|error| copied(error.into()))?;
    Ok(Snapshot::of_image(image).await?)
}

async fn describe(snapshot: &mut Snapshot, made_ms: i64) -> anyhow::Result<Manifest> {
    let shapes = snapshot.shapes().await?;
    let connection = snapshot.connection();
    let schema = Schema::of(connection).await?;
    let mut tables = Vec::new();
    for shape in shapes {
        let rows = connection.count(&shape.table).await?;
        tables.push(TableCount { shape, rows });
    }
    Ok(Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        migrations: schema.applied,
        made_ms,
        tables,
        database_only: false,
        missing: Vec::new(),
        municipalities: owners(connection).await?,
        entries: std::collections::BTreeMap::new(),
    })
}

/// The municipalities of a database with the ends of their audit logs.
///
/// # Errors
/// Those of the database.
pub async fn owners(connection: &mut Connection) -> Result<Vec<Owner>, StoreError> {
    if !connection.has_table("head").await? {
        return Ok(Vec::new());
    }
    let id = match connection {
        Connection::Sqlite(_) => "lower(hex(m.id))",
        Connection::Postgres(_) => "m.id::text",
    };
    let rows = connection
        .texts(&format!(
            "SELECT {id}, m.name_ru, CAST(h.audit_sequence AS text), h.audit_hash \
             FROM municipality m JOIN head h ON h.municipality_id = m.id ORDER BY m.name_ru, 1"
        ))
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let [id, name, audit_sequence, audit_hash]: [String; 4] = row
                .into_iter()
                .collect::<Option<Vec<_>>>()?
                .try_into()
                .ok()?;
            Some(Owner {
                id: uuid::Uuid::parse_str(&id).ok()?.to_string(),
                name,
                audit_sequence,
                audit_hash,
            })
        })
        .collect())
}

/// Rows on their way into an archive.
struct Into<'a>(&'a mut Writer);

impl Sink for Into<'_> {
    async fn take(&mut self, bytes: Vec<u8>) -> Result<(), CopyError> {
        Ok(self.0.write_all(&bytes)?)
    }
}

/// Takes every file of the folder; those that rows name and that are not there come back.
fn add_files(
    writer: &mut Writer,
    folder: &Path,
    mut named: BTreeSet<String>,
) -> anyhow::Result<Vec<String>> {
    for name in files::list(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = files::path(folder, &name);
        let mut file = File::open(&path).with_context(|| format!("opening {}", path.display()))?;
        writer.begin(&format!("files/{name}"), CompressionMethod::Stored)?;
        io::copy(&mut file, writer).map_err(full)?;
        named.remove(&name);
    }
    Ok(named.into_iter().collect())
}

fn refuse_missing(arguments: &Arguments, missing: &[String]) -> anyhow::Result<()> {
    let Some(first) = missing.first() else {
        return Ok(());
    };
    if arguments.without_missing {
        return Ok(());
    }
    let (count, folder) = (missing.len(), arguments.folder());
    Err(Sentence::error(
        "backup.missing",
        format!(
            "Нет файлов, на которые ссылается база: {count}, первый — {first}. Проверьте папку {} (--files); если их уже не вернуть, повторите с --without-missing.",
            folder.display()
        ),
        format!(
            "Files that the database names are missing: {count}, the first is {first}. Check the folder {} (--files); if they cannot be brought back, repeat with --without-missing.",
            folder.display()
        ),
    ))
}

/// What was written is believed only after it was read: entries by hash, files by name and hash.
fn read_back(path: &Path, sealing: &Sealing, manifest: &Manifest) -> anyhow::Result<()> {
    let mut archive = Archive::open(path, &sealing.opening())?;
    anyhow::ensure!(
        archive.manifest == *manifest,
        "the list of the archive was not read as it was written"
    );
    archive.verify()?;
    for name in manifest.files() {
        let entry = manifest.entries.get(&format!("files/{name}"));
        if entry.is_none_or(|entry| entry.sha256 != files::hash_of(name)) {
            return Err(Sentence::error(
                "backup.changed_file",
                format!(
                    "Файл {name} изменён на диске: его содержимое не то, что было принято. Верните его из прежней копии (orientir check покажет все такие файлы)."
                ),
                format!(
                    "The file {name} was changed on disk: it is not what was taken in. Bring it back from an earlier backup (orientir check lists all of them)."
                ),
            ));
        }
    }
    Ok(())
}

/// Notes the backup in the database. Much less than last time is no success, whatever the checksums say.
async fn note(arguments: &Arguments, report: &Report, verified_ms: i64) -> anyhow::Result<()> {
    let mut connection = Connection::open(&arguments.database).await?;
    let (rows, before) = (report.manifest.rows(), connection.last_row_count().await?);
    if !arguments.smaller
        && let Some(before) = before
        && rows < before / 2
    {
        return Err(Sentence::error(
            "backup.shrunk",
            format!(
                "Копия записана в {}, но строк в базе меньше половины прежнего: {rows} вместо {before}. Проверьте, та ли это база; если так и должно быть, повторите с --smaller.",
                arguments.file.display()
            ),
            format!(
                "The backup was written to {}, but the database has less than half of the rows it had: {rows} instead of {before}. Check that it is the right database; if it is, repeat with --smaller.",
                arguments.file.display()
            ),
        ));
    }
    let record = BackupRecord {
        at_ms: report.manifest.made_ms,
        verified_ms,
        bytes: report.bytes,
        rows,
        files: report.manifest.files().count() as u64,
        database_only: report.manifest.database_only,
        encrypted: report.encrypted,
    };
    connection.note_backup(&record).await?;
    Ok(connection.close().await?)
}

fn copied(error: CopyError) -> anyhow::Error {
    match error {
        CopyError::Io(error) => full(error),
        CopyError::Store(StoreError::Full(_)) => no_space(),
        CopyError::Store(error) => error.into(),
    }
}

pub(super) fn full(error: io::Error) -> anyhow::Error {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => no_space(),
        _ => error.into(),
    }
}

/// The same for errors that come through other libraries.
pub(super) fn any_full(error: anyhow::Error) -> anyhow::Error {
    let is_full = error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| {
            matches!(
                error.kind(),
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
            )
        }) || matches!(cause.downcast_ref(), Some(StoreError::Full(_)))
    });
    if is_full { no_space() } else { error }
}

fn no_space() -> anyhow::Error {
    Sentence::error(
        "disk.full",
        "На диске кончилось место. Недописанное удалено, прежнее не тронуто; освободите место или укажите другой диск и повторите.",
        "The disk is full. What was half written is removed, what was there is untouched; make room or name another disk and repeat.",
    )
}
