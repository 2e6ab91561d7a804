//! A network of the worst kind: delays, cuts on the way there and back, repeats and overtakes requests.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

/// Whom a network treats how badly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    /// Half of all requests meet a fault.
    Storm,
    /// One in fifty does: the network of a school.
    Breeze,
}

/// What happens to one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It passes.
    Passes,
    /// It passes slowly, there and back.
    Crawls,
    /// It is cut on the way there.
    CutThere,
    /// The server acts, but its answer is cut.
    CutBack,
    /// It arrives twice, the second time later.
    Twice,
    /// The client gives up; it arrives nevertheless, after what the client sends next.
    Late,
}

const FATES: [Fate; 6] = [
    Fate::Passes,
    Fate::Crawls,
    Fate::CutThere,
    Fate::CutBack,
    Fate::Twice,
    Fate::Late,
];

/// A proxy between tablets and the server.
#[derive(Clone)]
pub struct Proxy {
    /// Where tablets connect.
    pub address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    server: SocketAddr,
    seed: u64,
    weather: Weather,
    calm: AtomicBool,
    requests: AtomicU64,
    fates: [AtomicU64; FATES.len()],
}

impl Proxy {
    /// Opens it in front of a server.
    ///
    /// # Errors
    /// Those of the network of this machine.
    pub async fn open(server: SocketAddr, seed: u64, weather: Weather) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let proxy = Proxy {
            address: listener.local_addr()?,
            shared: Arc::new(Shared {
                server,
                seed,
                weather,
                calm: AtomicBool::new(false),
                requests: AtomicU64::new(0),
                fates: Default::default(),
            }),
        };
        let shared = proxy.shared.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(serve(shared.clone(), client));
            }
        });
        Ok(proxy)
    }

    /// From now on everything passes.
    pub fn calm_down(&self) {
        self.shared.calm.store(true, Ordering::Relaxed);
    }

    /// How many requests met which fate.
    pub fn report(&self) -> String {
        let count = |index: usize| self.shared.fates[index].load(Ordering::Relaxed);
        format!(
            "{} requests: {} passed, {} crawled, {} cut on the way there, {} cut on the way back, {} arrived twice, {} arrived late",
            self.shared.requests.load(Ordering::Relaxed),
            count(0),
            count(1),
            count(2),
            count(3),
            count(4),
            count(5)
        )
    }
}

impl Shared {
    fn fate(&self, random: &mut ChaCha8Rng) -> Fate {
        let chance = if self.calm.load(Ordering::Relaxed) {
            0.0
        } else {
            match self.weather {
                Weather::Storm => 0.5,
                Weather::Breeze => 0.02,
            }
        };
        let index = if random.random_bool(chance) {
            random.random_range(1..FATES.len())
        } else {
            0
        };
        self.fates[index].fetch_add(1, Ordering::Relaxed);
        FATES[index]
    }
}

/// One connection carries one request.
async fn serve(shared: Arc<Shared>, mut client: TcpStream) {
    let number = shared.requests.fetch_add(1, Ordering::Relaxed);
    let mut random = ChaCha8Rng::seed_from_u64(shared.seed ^ number.wrapping_mul(0x9e37_79b9));
    let Some(request) = read_request(&mut client).await else {
        return;
    };
    let mut ms = |from: u64, to: u64| Duration::from_millis(random.random_range(from..to));
    let (there, back, later) = (ms(20, 300), ms(20, 300), ms(50, 2_000));
    let part = random.random::<f64>();
    let server = shared.server;
    // An error on the way is one more cut: the connection is dropped, the client sees it.
    let _ = match shared.fate(&mut random) {
        Fate::Passes => pass(server, &request, &mut client, 1.0).await,
        Fate::Crawls => {
            sleep(there).await;
            let answer = ask(server, &request).await;
            sleep(back).await;
            match answer {
                Ok(answer) => client.write_all(&answer).await,
                Err(error) => Err(error),
            }
        }
        Fate::CutThere => {
            let length = (request.len() as f64 * part) as usize;
            match TcpStream::connect(server).await {
                Ok(mut upstream) => upstream.write_all(&request[..length]).await,
                Err(error) => Err(error),
            }
        }
        Fate::CutBack => pass(server, &request, &mut client, part).await,
        Fate::Twice => {
            let done = pass(server, &request, &mut client, 1.0).await;
            drop(client);
            sleep(later).await;
            done.and(ask(server, &request).await.map(drop))
        }
        Fate::Late => {
            drop(client);
            sleep(later).await;
            ask(server, &request).await.map(drop)
        }
    };
}

/// Carries the request there and a part (0–1) of the answer back.
async fn pass(
    server: SocketAddr,
    request: &[u8],
    client: &mut TcpStream,
    part: f64,
) -> std::io::Result<()> {
    let answer = ask(server, request).await?;
    let length = (answer.len() as f64 * part) as usize;
    client.write_all(&answer[..length]).await
}

/// Requests ask for the connection to be closed, so the answer ends with it.
async fn ask(server: SocketAddr, request: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut upstream = TcpStream::connect(server).await?;
    upstream.write_all(request).await?;
    let mut answer = Vec::new();
    upstream.read_to_end(&mut answer).await?;
    Ok(answer)
}

async fn read_request(client: &mut TcpStream) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]);
            let length: usize = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .map_or(Some(0), |length| length.parse().ok())?;
            if bytes.len() >= end + 4 + length {
                return Some(bytes);
            }
        }
        if client.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
}
