//! How soon the heat map is answered at a constant rate, beside a server that returns the same bytes.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use api::id::RunId;
use api::procedures::procedure::ProcedureKind;
use api::results::heat_map::{CellState, HeatMap};
use objectivity::cell::{Cell, Explanation, Level, State};
use rand::{RngExt, SeedableRng};
use server::store::{RunResult, StoredCell};
use tokio::sync::Mutex;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::figures::{Times, print_machine};
use crate::filler::Filler;
use crate::http::{Client, Request};
use crate::process::{Server, Target, free_address, processor_seconds, scratch, spawn_self};
use crate::world::{Filling, SHEET, WORKS, World, YEAR};

/// Arguments of `api`.
#[derive(clap::Args)]
pub struct ApiArguments {
    #[command(flatten)]
    target: Target,
    /// Schools; the map has 12 columns.
    #[arg(long, default_value_t = 1_000)]
    schools: usize,
    /// Requests a second.
    #[arg(long, default_value_t = 200.0)]
    rate: f64,
    /// Seconds of each measurement.
    #[arg(long, default_value_t = 20.0)]
    seconds: f64,
    /// Answers of observers a second in the measurement with changes.
    #[arg(long, default_value_t = 5.0)]
    changes: f64,
}

/// Sheets that are open on the map's day.
const SHEETS: usize = 200;
/// Connections, as many as browsers of some managers would hold.
const CONNECTIONS: usize = 32;

/// Runs the measurement.
pub async fn run(arguments: &ApiArguments) -> anyhow::Result<()> {
    let filling = Instant::now();
    let world = World::found(&arguments.target.database, arguments.schools).await?;
    store_cells(&world).await?;
    let observers = world.observers(SHEETS).await?;
    let managers = world.managers(4).await?;
    let form = Arc::new(world.form(SHEET)?);
    let kind = world.store.kind();
    drop(world);
    println!(
        "{} schools × {} columns filled in {:.1} s ({kind})",
        arguments.schools,
        WORKS.len(),
        filling.elapsed().as_secs_f64()
    );
    let server = Server::start(&arguments.target).await?;
    for observer in observers.iter().take(SHEETS / 2) {
        open(&mut Client::new(server.address, &observer.cookie), observer).await?;
    }

    let path = format!("{}?year={YEAR}", api::paths::HEAT_MAP);
    let mut client = Client::new(server.address, &managers[0]);
    let plain = client.get(&path).await?;
    let map: HeatMap = plain.json()?;
    anyhow::ensure!(
        map.rows.len() == arguments.schools && map.columns.len() == WORKS.len(),
        "the map is {} × {}",
        map.rows.len(),
        map.columns.len()
    );
    let small = client
        .send(&Request {
            method: "GET",
            path: &path,
            headers: BROTLI,
            body: None,
        })
        .await?;
    let tag = small.header("etag").context("an etag")?.to_owned();
    println!(
        "answer: {} bytes, {} with brotli; {} requests a second for {} s, by the plan and not by the answers",
        plain.body.len(),
        small.body.len(),
        arguments.rate,
        arguments.seconds
    );

    let directory = scratch("bare")?;
    let file = directory.join("map.br");
    std::fs::write(&file, &small.body)?;
    let address = free_address()?;
    let bare = spawn_self(&[
        "bare",
        "--listen",
        &address.to_string(),
        "--file",
        &file.display().to_string(),
        "--coding",
        "br",
    ])?;
    while Client::new(address, "").get("/").await.is_err() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }

    let shot = |address: SocketAddr, headers: String, status: u16| Shot {
        address,
        path: path.clone(),
        cookies: managers.clone(),
        headers,
        status,
        rate: arguments.rate,
        seconds: arguments.seconds,
    };
    println!("{}", Times::head());
    let floor = shot(address, BROTLI.to_owned(), 200).fire().await?;
    println!("{}", floor.line("bare axum handler, same bytes"));
    drop(bare);
    std::fs::remove_dir_all(&directory)?;
    let used = processor_seconds(server.id());
    let map = shot(server.address, BROTLI.to_owned(), 200).fire().await?;
    let spent = processor_seconds(server.id()) - used;
    println!("{}", map.line("heat map"));
    let headers = format!("{BROTLI}if-none-match: {tag}\r\n");
    let same = shot(server.address, headers, 304).fire().await?;
    println!("{}", same.line("heat map, not modified (304)"));
    if arguments.changes > 0.0 {
        let address = server.address;
        let (rate, seconds) = (arguments.changes, arguments.seconds);
        let answering = tokio::spawn(async move {
            answer(address, &form, &observers[SHEETS / 2..], rate, seconds).await
        });
        let live = shot(server.address, BROTLI.to_owned(), 200).fire().await?;
        let made = answering.await??;
        println!("{}", live.line("heat map while sites change"));
        println!("        {made} changes of sites meanwhile");
    }
    println!(
        "server: {:.2} ms of processor time a heat map",
        spent * 1_000.0 / map.count().max(1) as f64
    );
    print_machine();
    println!("target: p99 at most 20 ms");
    Ok(())
}

const BROTLI: &str = "accept-encoding: gzip, deflate, br\r\n";

/// Requests at planned moments.
struct Shot {
    address: SocketAddr,
    path: String,
    cookies: Vec<String>,
    headers: String,
    status: u16,
    rate: f64,
    seconds: f64,
}

impl Shot {
    /// Each time runs from the planned moment, so a server that stalls is charged for everybody whom it
    /// kept waiting (no coordinated omission).
    async fn fire(self) -> anyhow::Result<Times> {
        let shot = Arc::new(self);
        let clients: Arc<Vec<Mutex<Client>>> = Arc::new(
            (0..CONNECTIONS)
                .map(|index| {
                    let cookie = &shot.cookies[index % shot.cookies.len()];
                    Mutex::new(Client::new(shot.address, cookie))
                })
                .collect(),
        );
        let count = (shot.rate * shot.seconds) as usize;
        let start = Instant::now() + Duration::from_millis(50);
        let mut requests = JoinSet::new();
        for index in 0..count {
            let planned = start + Duration::from_secs_f64(index as f64 / shot.rate);
            tokio::time::sleep_until(planned.into()).await;
            let (shot, clients) = (shot.clone(), clients.clone());
            requests.spawn(async move {
                let mut client = clients[index % clients.len()].lock().await;
                let request = Request {
                    method: "GET",
                    path: &shot.path,
                    headers: &shot.headers,
                    body: None,
                };
                let answer = client.send(&request).await?;
                let time = planned.elapsed();
                anyhow::ensure!(answer.status == shot.status, "answered {}", answer.status);
                Ok(time)
            });
        }
        let mut times = Times::default();
        while let Some(done) = requests.join_next().await {
            times.add(done??);
        }
        Ok(times)
    }
}

async fn open(client: &mut Client, sheet: &Filling) -> anyhow::Result<()> {
    let new = serde_json::json!({ "id": sheet.submission, "subject": sheet.subject });
    let answer = client
        .send_json("POST", api::paths::SUBMISSIONS, &new)
        .await?;
    anyhow::ensure!(answer.status == 200, "not opened: {}", answer.status);
    Ok(())
}

/// Observers open sheets and answer, at a rate; each moves a site of the map.
async fn answer(
    address: SocketAddr,
    form: &Arc<forms::Form>,
    observers: &[Filling],
    rate: f64,
    seconds: f64,
) -> anyhow::Result<usize> {
    let blank = Filler::new(form);
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(1);
    let mut next = tokio::time::interval(Duration::from_secs_f64(1.0 / rate));
    let count = ((rate * seconds) as usize).min(observers.len());
    for sheet in &observers[..count] {
        next.tick().await;
        let mut client = Client::new(address, &sheet.cookie);
        open(&mut client, sheet).await?;
        let operation = api::forms::submission::Operation {
            id: sync::OperationId(Uuid::now_v7()),
            device: sync::DeviceId(Uuid::now_v7()),
            sequence: 1,
            submission: sync::SubmissionId(sheet.submission.0),
            base_revision: 0,
            at_ms: 1_776_254_400_000,
            zone_minutes: 420,
            form_version: form.version.clone(),
            change: serde_json::to_value(blank.again().change(&mut random))?,
        };
        let put = serde_json::json!({ "operations": [operation] });
        let answer = client
            .send_json("PUT", &api::paths::operations(sheet.submission), &put)
            .await?;
        anyhow::ensure!(answer.status == 200, "not taken: {}", answer.status);
    }
    Ok(count)
}

/// A run with a cell for every school and work.
async fn store_cells(world: &World) -> anyhow::Result<()> {
    let run = RunId(Uuid::now_v7());
    let mut write = world.write().await?;
    write.request_run(run, "load").await?;
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(1);
    let mut cells = Vec::new();
    for (index, school) in world.schools.iter().enumerate() {
        for (subject, grade) in WORKS {
            let n = random.random_range(4..60);
            let (state, shown) = match random.random_range(0..100) {
                _ if n < 10 => (State::Insufficient, CellState::Insufficient),
                0..80 => (State::Calm, CellState::Calm),
                80..95 => (State::Attention, CellState::Attention),
                _ => (State::Signs, CellState::Signs),
            };
            let first_reason = (shown >= CellState::Attention).then(|| "boundary".to_owned());
            let stored = StoredCell {
                organisation: *school,
                kind: ProcedureKind::Vpr,
                year: YEAR,
                subject: subject.to_owned(),
                grade,
                state: shown,
                n,
                first_reason,
            };
            cells.push((stored, detail(index, subject, grade, n, state)));
        }
    }
    let found = RunResult {
        engine_version: "load".to_owned(),
        parameters: "{}".to_owned(),
        data_version: String::new(),
        works: cells.iter().map(|(cell, _)| u64::from(cell.n)).sum(),
        result_hash: String::new(),
        cells,
    };
    write.finish_run(run, &found).await?;
    write.commit().await?;
    Ok(())
}

fn detail(school: usize, subject: &str, grade: u8, n: u32, state: State) -> Cell {
    Cell {
        year: YEAR,
        subject: subject.to_owned(),
        grade,
        school: format!("load{:05}", school + 1),
        n,
        level: Level::L1,
        state,
        posterior: None,
        local_fdr: None,
        mean: None,
        shrunk_mean: None,
        first_reason: None,
        channels: Vec::new(),
        markers: Vec::new(),
        log_lr: 0.0,
        earlier_log_lr: 0.0,
        p_value: None,
        q_value: None,
        context_index: None,
        peer_group: None,
        remarks: Vec::new(),
        charts: Default::default(),
        explanation: Explanation::default(),
    }
}
