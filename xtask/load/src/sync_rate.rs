//! How many whole submissions a second are taken, and whether they are all there afterwards.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::Context;
use api::forms::submission::{OperationsReceipt, PutOperations, Submission, SubmissionState};
use forms::Form;
use rand::SeedableRng;
use sea_orm::sqlx;
use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Executor};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::figures::{Times, print_machine};
use crate::filler::Filler;
use crate::http::Client;
use crate::process::{Server, Target, processor_seconds, scratch};
use crate::world::{Filling, SHEET, World};

/// Submissions a second that ODK Central publishes for its own load test, 38 questions each.
///
/// # Source
/// getodk/central, "Load testing" in its documentation, as quoted in forms.md and the issue.
const ODK_CENTRAL: f64 = 41.2;
/// Answers in a submission, as many as there.
const ANSWERS: usize = 38;

/// Arguments of `sync`.
#[derive(clap::Args)]
pub struct SyncArguments {
    #[command(flatten)]
    target: Target,
    /// Submissions.
    #[arg(long, default_value_t = 3_000)]
    submissions: usize,
    /// Tablets that send at the same time.
    #[arg(long, default_value_t = 64)]
    tablets: usize,
}

/// Runs the measurement.
pub async fn run(arguments: &SyncArguments) -> anyhow::Result<()> {
    let world = World::found(&arguments.target.database, 100).await?;
    let form = Arc::new(world.form(SHEET)?);
    let sheets = world.observers(arguments.submissions).await?;
    let manager = world.managers(1).await?.remove(0);
    let kind = world.store.kind();
    drop(world);
    let prepared: Arc<Vec<(Filling, Vec<u8>)>> = Arc::new(prepare(&form, sheets)?);
    let bytes: usize = prepared.iter().map(|(_, body)| body.len()).sum();
    let server = Server::start(&arguments.target).await?;

    let next = Arc::new(AtomicUsize::new(0));
    let used = processor_seconds(server.id());
    let started = Instant::now();
    let mut tablets = JoinSet::new();
    for _ in 0..arguments.tablets {
        let (prepared, next, address) = (prepared.clone(), next.clone(), server.address);
        tablets.spawn(async move {
            let mut times = Times::default();
            while let Some((sheet, body)) = prepared.get(next.fetch_add(1, Ordering::Relaxed)) {
                let from = Instant::now();
                send(&mut Client::new(address, &sheet.cookie), sheet, body).await?;
                times.add(from.elapsed());
            }
            anyhow::Ok(times)
        });
    }
    let mut times = Times::default();
    while let Some(done) = tablets.join_next().await {
        times.extend(done??);
    }
    let seconds = started.elapsed().as_secs_f64();
    let spent = processor_seconds(server.id()) - used;
    let lost = lost(&server, &manager, &prepared).await?;
    let rate = arguments.submissions as f64 / seconds;

    println!(
        "{} submissions of {ANSWERS} answers by {} tablets at once; each is opened, answered and submitted: three requests ({kind}, {} bytes of answers each)",
        arguments.submissions,
        arguments.tablets,
        bytes / arguments.submissions.max(1),
    );
    println!("{}", Times::head());
    println!("{}", times.line("one whole submission"));
    let bare = bare_commits(&prepared).await?;
    println!("submissions a second            {rate:>9.1}");
    println!(
        "ODK Central, published          {ODK_CENTRAL:>9.1}   ×{:.1}",
        rate / ODK_CENTRAL
    );
    println!(
        "bare SQLite commits, same bytes {bare:>9.1}   ×{:.2}",
        rate / bare
    );
    println!("server: {spent:.1} s of processor time in {seconds:.1} s");
    print_machine();
    println!(
        "target: 5 × {ODK_CENTRAL} = {:.0} a second, none lost",
        5.0 * ODK_CENTRAL
    );
    println!("acknowledged {} lost {lost}", arguments.submissions);
    anyhow::ensure!(
        lost == 0,
        "{lost} submissions are not there as they were acknowledged"
    );
    Ok(())
}

fn prepare(form: &Arc<Form>, sheets: Vec<Filling>) -> anyhow::Result<Vec<(Filling, Vec<u8>)>> {
    let blank = Filler::new(form);
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(1);
    sheets
        .into_iter()
        .map(|sheet| {
            let mut filler = blank.again();
            let device = sync::DeviceId(Uuid::now_v7());
            let operations = (1..=ANSWERS as u64)
                .map(|sequence| {
                    Ok(api::forms::submission::Operation {
                        id: sync::OperationId(Uuid::now_v7()),
                        device,
                        sequence,
                        submission: sync::SubmissionId(sheet.submission.0),
                        base_revision: 0,
                        at_ms: 1_776_254_400_000 + sequence as i64 * 20_000,
                        zone_minutes: 420,
                        form_version: form.version.clone(),
                        change: serde_json::to_value(filler.change(&mut random))?,
                    })
                })
                .collect::<Result<_, serde_json::Error>>()?;
            let body = serde_json::to_vec(&PutOperations { operations })?;
            Ok((sheet, body))
        })
        .collect()
}

async fn send(client: &mut Client, sheet: &Filling, body: &[u8]) -> anyhow::Result<()> {
    let open = json!({ "id": sheet.submission, "subject": sheet.subject });
    let opened = client
        .send_json("POST", api::paths::SUBMISSIONS, &open)
        .await?;
    anyhow::ensure!(opened.status == 200, "not opened: {}", opened.status);
    let path = api::paths::operations(sheet.submission);
    let request = crate::http::Request {
        method: "PUT",
        path: &path,
        headers: "",
        body: Some(body),
    };
    let receipt: OperationsReceipt = client.send(&request).await?.json()?;
    anyhow::ensure!(
        receipt.receipt.through == ANSWERS as u64,
        "not all were taken"
    );
    let submit = json!({ "revision": receipt.receipt.revision, "incomplete_reason": "Замер" });
    let submitted = client
        .send_json("POST", &api::paths::submit(sheet.submission), &submit)
        .await?;
    anyhow::ensure!(
        submitted.status == 200,
        "not submitted: {}",
        submitted.status
    );
    Ok(())
}

/// Submissions that a reader does not find as they were acknowledged.
async fn lost(
    server: &Server,
    manager: &str,
    prepared: &Arc<Vec<(Filling, Vec<u8>)>>,
) -> anyhow::Result<usize> {
    let next = Arc::new(AtomicUsize::new(0));
    let mut readers = JoinSet::new();
    for _ in 0..8 {
        let (prepared, next) = (prepared.clone(), next.clone());
        let mut client = Client::new(server.address, manager);
        readers.spawn(async move {
            let mut lost = 0;
            while let Some((sheet, body)) = prepared.get(next.fetch_add(1, Ordering::Relaxed)) {
                let sent: PutOperations = serde_json::from_slice(body)?;
                let held: Submission = client
                    .get(&api::paths::submission(sheet.submission))
                    .await?
                    .json()
                    .context("reading a submission")?;
                let ids = |operations: &[api::forms::submission::Operation]| {
                    operations
                        .iter()
                        .map(|operation| operation.id)
                        .collect::<BTreeSet<_>>()
                };
                let whole = held.state == SubmissionState::Submitted
                    && held.operations.len() == ANSWERS
                    && ids(&held.operations) == ids(&sent.operations);
                lost += usize::from(!whole);
            }
            anyhow::Ok(lost)
        });
    }
    let mut lost = 0;
    while let Some(done) = readers.join_next().await {
        lost += done??;
    }
    Ok(lost)
}

/// Commits a second of a bare table, one for each submission, with the product's durability.
async fn bare_commits(prepared: &[(Filling, Vec<u8>)]) -> anyhow::Result<f64> {
    let directory = scratch("bare")?;
    let mut connection = SqliteConnectOptions::new()
        .filename(directory.join("bare.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .connect()
        .await?;
    connection
        .execute("CREATE TABLE bare (id BLOB PRIMARY KEY, body BLOB)")
        .await?;
    let started = Instant::now();
    for (sheet, body) in prepared {
        sqlx::query("INSERT INTO bare VALUES (?, ?)")
            .bind(&sheet.submission.0.as_bytes()[..])
            .bind(&body[..])
            .execute(&mut connection)
            .await?;
    }
    let rate = prepared.len() as f64 / started.elapsed().as_secs_f64();
    connection.close().await?;
    std::fs::remove_dir_all(&directory)?;
    Ok(rate)
}
