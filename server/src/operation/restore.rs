//! `orientir restore`: a backup becomes an installation, in an empty place, wholly or not at all.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use super::archive::{Archive, IMAGE, Manifest, Part, TableCount, beside, damaged, sync_folder};
use super::backup::{any_full, full};
use super::sentence::say;
use super::{Open, Sentence, check, files};
use crate::Clock;
use crate::files::FileSettings;
use crate::store::operation::{Connection, Schema, Shape, Snapshot, Stage, Target, sqlite_path};

/// Makes an installation from a backup, in an empty place. It stays quiet until `orientir activate`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The archive.
    pub file: PathBuf,
    /// `sqlite:PATH` or `postgres://…`, either kind whatever the backup came from.
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
    /// What opens it.
    #[command(flatten)]
    pub open: Open,
    /// Move away what stands at the place, unread, in place of refusing. SQLite and files only.
    #[arg(long)]
    pub move_away: bool,
}

/// What was restored.
#[derive(Clone, Debug)]
pub struct Report {
    /// The archive's list.
    pub manifest: Manifest,
    /// Migrations that brought it to the schema of this program.
    pub migrated: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// A sentence; then nothing was changed.
pub async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let report = restore(arguments, &Clock::system()).await?;
    let manifest = &report.manifest;
    for owner in &manifest.municipalities {
        println!("{}: {}", say("Муниципалитет", "Municipality"), owner.name);
    }
    println!(
        "{}: {} {} · {} {}",
        say("Восстановлено и сверено", "Restored and compared"),
        manifest.rows(),
        say("строк", "rows"),
        manifest.files().count(),
        say("файлов", "files"),
    );
    if !report.migrated.is_empty() {
        println!(
            "{} {}. {}",
            say("Копию сделал Ориентир", "The backup was made by Orientir"),
            manifest.program,
            say(
                "База переведена на эту версию. Чтобы вернуться к прежней, установите прежний пакет и восстановите эту копию им.",
                "The database was brought to this version. To return to the former one, install the former package and restore this backup with it.",
            ),
        );
    }
    println!(
        "{}",
        say(
            "Это тихая копия: письма, задания и внешний вход стоят. Если это теперь рабочий сервер, выполните: orientir activate",
            "This is a quiet copy: letters, jobs and external sign-in wait. If it is the working server now, run: orientir activate",
        )
    );
    Ok(())
}

/// Restores a backup.
///
/// # Errors
/// See [`run`].
pub async fn restore(arguments: &Arguments, clock: &Clock) -> anyhow::Result<Report> {
    // Everything that can refuse comes before the first byte is written.
    let mut archive = Archive::open(&arguments.file, &arguments.open.identities()?)?;
    refuse_newer(&archive.manifest)?;
    archive.verify()?;
    for name in archive.manifest.files() {
        if !files::is_name(name) {
            return Err(damaged(name));
        }
    }
    let folder = arguments
        .files
        .clone()
        .unwrap_or_else(|| FileSettings::beside(&arguments.database).directory);
    look(arguments, &folder, &archive.manifest).await?;

    let stage = Stage::begin(&arguments.database)
        .await
        .map_err(|error| any_full(error.into()))?;
    let filled = async {
        let migrated = fill(&stage, &mut archive, clock.now_ms()).await?;
        let new_folder = beside(&folder, ".restoring");
        let _ = std::fs::remove_dir_all(&new_folder);
        if !archive.manifest.database_only {
            unpack(&mut archive, &new_folder)?;
        }
        anyhow::Ok((migrated, new_folder))
    };
    let (migrated, new_folder) = match filled.await {
        Ok(done) => done,
        Err(error) => {
            let _ = std::fs::remove_dir_all(beside(&folder, ".restoring"));
            stage.discard().await;
            return Err(any_full(error));
        }
    };
    if arguments.move_away {
        move_away(&arguments.database, &folder, clock.now_ms())?;
    }
    if !archive.manifest.database_only {
        let _ = std::fs::remove_dir(&folder);
        std::fs::rename(&new_folder, &folder)
            .with_context(|| format!("naming {}", folder.display()))?;
        sync_folder(&folder)?;
    }
    stage.settle().await?;
    Ok(Report {
        manifest: archive.manifest,
        migrated,
    })
}

fn refuse_newer(manifest: &Manifest) -> anyhow::Result<()> {
    let schema = Schema {
        program: Some(manifest.program.clone()),
        ..Schema::beside(manifest.migrations.clone())
    };
    let Err(error) = schema.refuse_newer() else {
        return Ok(());
    };
    let (program, own) = (&manifest.program, env!("CARGO_PKG_VERSION"));
    Err(error).context(Sentence::new(
        "archive.newer",
        format!("Копию сделала более новая программа: {program}, здесь {own}. Установите её и повторите; ничего не изменено."),
        format!("A newer program made this backup: {program}, this one is {own}. Install it and repeat; nothing was changed."),
    ))
}

/// Refuses a place that holds something.
async fn look(arguments: &Arguments, folder: &Path, manifest: &Manifest) -> anyhow::Result<()> {
    let is_file = sqlite_path(&arguments.database).is_some();
    if !(arguments.move_away && is_file) {
        let found = match Target::at(&arguments.database).await? {
            Target::Nothing | Target::Empty => None,
            Target::Taken(names) => Some(names.join(", ")),
            Target::Strange(seen) => Some(seen),
        };
        if let Some(found) = found {
            return Err(Sentence::error(
                "restore.taken",
                format!(
                    "Место занято: {found}. Копия восстанавливается только в пустое место: укажите другую базу (--database) или, для SQLite, добавьте --move-away, и прежнее будет отложено рядом. Ничего не изменено."
                ),
                format!(
                    "The place is taken: {found}. A backup is restored into an empty place only: name another database (--database) or, for SQLite, add --move-away, and what is there will be laid aside. Nothing was changed."
                ),
            ));
        }
    }
    let filled = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if filled && !manifest.database_only && !arguments.move_away {
        return Err(Sentence::error(
            "restore.files_taken",
            format!(
                "В папке файлов {} что-то лежит. Укажите другую (--files) или добавьте --move-away, и она будет отложена рядом. Ничего не изменено.",
                folder.display()
            ),
            format!(
                "The folder of files {} is not empty. Name another (--files) or add --move-away, and it will be laid aside. Nothing was changed.",
                folder.display()
            ),
        ));
    }
    Ok(())
}

/// Fills the stage, brings it to this schema, marks it as quiet and checks it. Returns the migrations that ran.
async fn fill(stage: &Stage, archive: &mut Archive, now_ms: i64) -> anyhow::Result<Vec<String>> {
    let manifest = archive.manifest.clone();
    let has_image = manifest.entries.contains_key(IMAGE);
    match stage {
        Stage::File { staging, .. } if has_image => write(&mut archive.entry(IMAGE)?, staging)?,
        _ if has_image => {
            let image =
                Part(std::env::temp_dir().join(format!("orientir-{}.image", uuid::Uuid::now_v7())));
            write(&mut archive.entry(IMAGE)?, &image.0)?;
            let references = stage.build(&manifest.migrations).await?;
            let mut connection = stage.connection().await?;
            let mut snapshot = Snapshot::of_image(&image.0).await?;
            let tables = connection.shapes().await?;
            for table in &manifest.tables {
                connection
                    .fill_from(&received(&table.shape, &tables), &mut snapshot)
                    .await
                    .with_context(|| table.shape.table.clone())?;
            }
            references.restore(&mut connection).await?;
            connection.close().await?;
        }
        _ => {
            let references = stage.build(&manifest.migrations).await?;
            let mut connection = stage.connection().await?;
            connection.run("BEGIN").await?;
            for table in &manifest.tables {
                let mut rows = archive.entry(&format!("rows/{}", table.shape.table))?;
                connection
                    .fill(&table.shape, &mut rows)
                    .await
                    .with_context(|| table.shape.table.clone())?;
            }
            references.restore(&mut connection).await?;
            connection.run("COMMIT").await?;
            connection.close().await?;
        }
    }
    let mut connection = stage.connection().await?;
    compare(&mut connection, &manifest.tables).await?;
    let migrated = Schema::of(&mut connection).await?.pending;
    connection.close().await?;
    stage.upgrade().await?;
    let mut connection = stage.connection().await?;
    connection.mark_restored(now_ms, manifest.made_ms).await?;
    let faults = check::database(&mut connection).await?.faults;
    connection.close().await?;
    if let Some(first) = faults.first() {
        return Err(Sentence::error(
            "restore.faults",
            format!(
                "Данные копии не сходятся ({}): {first}. Возьмите другую копию; ничего не изменено.",
                faults.len()
            ),
            format!(
                "The data of the backup do not agree ({}): {first}. Take another one; nothing was changed.",
                faults.len()
            ),
        ));
    }
    Ok(migrated)
}

/// The shape of a table of SQLite with the kinds that PostgreSQL expects.
fn received(shape: &Shape, tables: &[Shape]) -> Shape {
    let mut shape = shape.clone();
    if let Some(table) = tables.iter().find(|table| table.table == shape.table) {
        for column in &mut shape.columns {
            if let Some(own) = table.columns.iter().find(|own| own.name == column.name) {
                column.kind = own.kind;
            }
        }
    }
    shape
}

/// Each table must have as many rows as the archive says.
async fn compare(connection: &mut Connection, tables: &[TableCount]) -> anyhow::Result<()> {
    for table in tables {
        let (name, got) = (
            &table.shape.table,
            connection.count(&table.shape.table).await?,
        );
        anyhow::ensure!(
            got == table.rows,
            "{name}: {} rows in the backup, {got} restored",
            table.rows
        );
    }
    Ok(())
}

fn unpack(archive: &mut Archive, folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let names: Vec<String> = archive.manifest.files().map(str::to_owned).collect();
    for name in names {
        let path = files::path(folder, &name);
        if let Some(shelf) = path.parent() {
            std::fs::create_dir_all(shelf)?;
        }
        write(&mut archive.entry(&format!("files/{name}"))?, &path)?;
    }
    Ok(())
}

fn write(from: &mut impl Read, path: &Path) -> anyhow::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file: File = options
        .open(path)
        .with_context(|| format!("writing {}", path.display()))?;
    io::copy(from, &mut file).map_err(full)?;
    file.sync_all()?;
    Ok(())
}

/// Lays aside what stands at the place, without reading it: it may be damaged.
fn move_away(database: &str, folder: &Path, now_ms: i64) -> anyhow::Result<()> {
    let end = format!(".before-restore-{now_ms}");
    let mut old = vec![folder.to_owned()];
    if let Some(path) = sqlite_path(database) {
        old.extend(["-wal", "-shm", "-journal"].map(|part| beside(&path, part)));
        old.push(path);
    }
    for path in old.into_iter().filter(|path| path.exists()) {
        std::fs::rename(&path, beside(&path, &end))
            .with_context(|| format!("laying aside {}", path.display()))?;
    }
    Ok(())
}
