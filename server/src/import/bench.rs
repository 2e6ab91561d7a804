//! `orientir bench-import`: how fast a file is imported, beside a bare insert of the same rows.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Context;
use api::id::{ImportId, MunicipalityId};
use api::text::Text;
use sea_orm::sqlx;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Executor};
use uuid::Uuid;

use super::check::{Register, check};
use super::flow::{self, Brought, Consent, UnknownSchools};
use super::stage::{Staged, unpack};
use crate::Clock;
use crate::store::{Author, MISSING_ITEM, Municipality, Store};

/// Measures an import beside a bare insert of the same rows.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// `sqlite:PATH` or `postgres://…`; a new municipality is founded in it.
    #[arg(long)]
    database: String,
    /// File of results.
    file: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// Those of the file and of the store.
pub async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let bytes = std::fs::read(&arguments.file)
        .with_context(|| format!("reading {}", arguments.file.display()))?;
    let store = Store::open(&arguments.database).await?;
    let clock = Clock::system();
    let municipality = MunicipalityId(Uuid::now_v7());
    let founded = Municipality {
        id: municipality,
        name: Text::new("Замер", "Benchmark"),
        demo: true,
        zone_minutes: 0,
    };
    store.found(&founded, clock.now_ms()).await?;
    let author = Author::system(municipality);

    let started = Instant::now();
    let id = ImportId(Uuid::now_v7());
    let brought = Brought {
        id,
        file_name: arguments.file.display().to_string(),
        bytes: bytes.clone(),
        classes: false,
    };
    let import = flow::bring(&store, author, brought, clock.now_ms()).await?;
    let checked = started.elapsed().as_secs_f64();
    let started = Instant::now();
    let import = flow::confirm(
        &store,
        author,
        import.id,
        Consent {
            unknown_schools: UnknownSchools::Add,
            earlier: None,
        },
        clock.now_ms(),
    )
    .await?;
    let confirmed = started.elapsed().as_secs_f64();

    let register = Register::default();
    let looked = check(&bytes, &register, false);
    let staged = looked
        .gathered
        .and_then(|gathered| gathered.pack(looked.kind))
        .and_then(|payload| unpack(&payload, &register))
        .context("the file cannot be read")?;
    let bare = bare_insert(&staged).await?;
    let rows = f64::from(import.row_count);
    println!(
        "{} rows, {} schools, {} ({})",
        import.row_count,
        staged.schools.len(),
        arguments.file.display(),
        store.kind()
    );
    println!("step                        seconds      rows/s");
    for (step, seconds) in [
        ("read and check", checked),
        ("confirm (one transaction)", confirmed),
        ("whole import", checked + confirmed),
        ("bare SQLite insert", bare),
    ] {
        println!(
            "{step:<26} {seconds:>8.2}  {:>10.0}",
            rows / seconds.max(1e-9)
        );
    }
    Ok(())
}

/// Seconds for one transaction of prepared inserts into a table without keys, with the product's durability.
async fn bare_insert(staged: &Staged) -> anyhow::Result<f64> {
    let path = std::env::temp_dir().join(format!("orientir-bare-{}.db", Uuid::now_v7()));
    let mut connection = SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .connect()
        .await?;
    connection
        .execute("CREATE TABLE bare (school TEXT, class TEXT, pupil TEXT, booklet TEXT, items BLOB, raw INTEGER, mark INTEGER, register_mark INTEGER, prior_score REAL)")
        .await?;
    let started = Instant::now();
    let mut transaction = connection.begin().await?;
    for row in &staged.rows {
        let work = &row.result;
        let items: Vec<u8> = work
            .items
            .iter()
            .map(|points| points.unwrap_or(MISSING_ITEM))
            .collect();
        sqlx::query("INSERT INTO bare VALUES (?,?,?,?,?,?,?,?,?)")
            .bind(&row.school)
            .bind(&work.class)
            .bind(&work.pupil)
            .bind(&work.booklet)
            .bind(items)
            .bind(work.raw_score)
            .bind(work.mark)
            .bind(work.register_mark)
            .bind(work.prior_score)
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    let seconds = started.elapsed().as_secs_f64();
    connection.close().await?;
    for suffix in ["", "-wal", "-shm"] {
        // A leftover in the temporary directory harms nobody.
        let _ = std::fs::remove_file(format!("{}{suffix}", path.display()));
    }
    Ok(seconds)
}
