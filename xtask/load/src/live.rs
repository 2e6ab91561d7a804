//! How soon a change is seen by everybody who listens.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use api::forms::submission::{OperationsReceipt, PutOperations, Submission};
use serde_json::json;
use tokio::sync::{Semaphore, mpsc};
use tokio::time::timeout;
use uuid::Uuid;

use crate::figures::{Times, print_machine};
use crate::filler::Filler;
use crate::http::{Client, read_chunk};
use crate::process::{Server, Target, processor_seconds};
use crate::world::{SHEET, World};

/// Arguments of `live`.
#[derive(clap::Args)]
pub struct LiveArguments {
    #[command(flatten)]
    target: Target,
    /// Event-stream clients, each a manager with a session of their own.
    #[arg(long, default_value_t = 1_000)]
    clients: usize,
    /// Changes, each one answer of an observer.
    #[arg(long, default_value_t = 100)]
    changes: usize,
    /// Changes a second.
    #[arg(long, default_value_t = 10.0)]
    rate: f64,
}

/// When clients heard of a revision.
type Heard = (u64, Instant);

/// Runs the measurement.
pub async fn run(arguments: &LiveArguments) -> anyhow::Result<()> {
    let world = World::found(&arguments.target.database, 3).await?;
    let managers = world.managers(arguments.clients).await?;
    let observer = world.observers(1).await?.remove(0);
    let form = Arc::new(world.form(SHEET)?);
    drop(world);
    let server = Server::start(&arguments.target).await?;

    let mut client = Client::new(server.address, &observer.cookie);
    let open = json!({ "id": observer.submission, "subject": observer.subject });
    let opened: Submission = client
        .send_json("POST", api::paths::SUBMISSIONS, &open)
        .await?
        .json()?;
    let from = opened.revision;

    let (hear, mut heard) = mpsc::unbounded_channel::<Heard>();
    let opening = Arc::new(Semaphore::new(64));
    let mut listeners = tokio::task::JoinSet::new();
    for cookie in managers {
        let (hear, opening) = (hear.clone(), opening.clone());
        let client = Client::new(server.address, &cookie);
        listeners.spawn(async move {
            let mut stream = {
                let _turn = opening.acquire().await;
                client.open_stream(api::paths::LIVE).await?
            };
            let _ = hear.send((0, Instant::now()));
            while let Some(chunk) = read_chunk(&mut stream).await? {
                let now = Instant::now();
                for revision in revisions(&chunk) {
                    let _ = hear.send((revision, now));
                }
            }
            anyhow::Ok(())
        });
    }
    let mut listening = 0;
    while listening < arguments.clients {
        timeout(Duration::from_secs(60), heard.recv()).await?;
        listening += 1;
    }
    println!(
        "{} clients listen; {} changes, {} a second",
        arguments.clients, arguments.changes, arguments.rate
    );

    let sent: Arc<Mutex<HashMap<u64, Instant>>> = Arc::default();
    let used = processor_seconds(server.id());
    let started = Instant::now();
    let mut answered = Times::default();
    let mut filler = Filler::new(&form);
    let mut random: rand_chacha::ChaCha8Rng = rand::SeedableRng::seed_from_u64(1);
    let device = Uuid::now_v7();
    let mut next = tokio::time::interval(Duration::from_secs_f64(1.0 / arguments.rate));
    for sequence in 1..=arguments.changes as u64 {
        next.tick().await;
        let operations = vec![api::forms::submission::Operation {
            id: sync::OperationId(Uuid::now_v7()),
            device: sync::DeviceId(device),
            sequence,
            submission: sync::SubmissionId(opened.id.0),
            base_revision: from + sequence - 1,
            at_ms: 1_776_254_400_000 + sequence as i64,
            zone_minutes: 420,
            form_version: form.version.clone(),
            change: serde_json::to_value(filler.change(&mut random))?,
        }];
        let path = api::paths::operations(opened.id);
        let now = Instant::now();
        sent.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(from + sequence, now);
        let receipt: OperationsReceipt = client
            .send_json("PUT", &path, &PutOperations { operations })
            .await?
            .json()?;
        answered.add(now.elapsed());
        anyhow::ensure!(
            receipt.receipt.revision == from + sequence,
            "revision {} after change {sequence}",
            receipt.receipt.revision
        );
    }
    let wanted = arguments.clients * arguments.changes;
    let mut each = Times::default();
    let mut last: HashMap<u64, Duration> = HashMap::new();
    let mut got = 0;
    while got < wanted {
        let Ok(Some((revision, at))) = timeout(Duration::from_secs(20), heard.recv()).await else {
            anyhow::bail!("{} of {wanted} messages did not arrive", wanted - got);
        };
        let sent = sent.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(from) = sent.get(&revision) else {
            continue;
        };
        let time = at.duration_since(*from);
        each.add(time);
        let slowest = last.entry(revision).or_default();
        *slowest = time.max(*slowest);
        got += 1;
    }
    let spent = processor_seconds(server.id()) - used;
    let mut everybody = Times::default();
    last.into_values().for_each(|time| everybody.add(time));
    println!("{}", Times::head());
    println!("{}", answered.line("answered to the observer"));
    println!("{}", each.line("seen by one client"));
    println!("{}", everybody.line("seen by the last of all clients"));
    println!(
        "server: {:.1} s of processor time in {:.1} s",
        spent,
        started.elapsed().as_secs_f64()
    );
    print_machine();
    println!("target: p99 below 300 ms");
    Ok(())
}

/// Revisions told of in a piece of the stream.
fn revisions(chunk: &[u8]) -> Vec<u64> {
    let text = String::from_utf8_lossy(chunk);
    text.lines()
        .filter_map(|line| line.strip_prefix("data: "))
        .filter_map(|data| serde_json::from_str::<api::live::LiveMessage>(data).ok())
        .filter_map(|message| match message.change {
            api::live::LiveChange::Submission { revision, .. } => Some(revision),
            _ => None,
        })
        .collect()
}
