//! Heat maps kept ready to be sent, and brought up to date by what has changed since.
//!
//! A map is kept for each reach, so nobody is sent what another may see. Before it is sent, the heads of
//! the two logs are compared: whatever changes a map leaves an entry in one of them. Changes at single
//! sites are read for those sites only; anything unknown reads the whole map again.

use std::collections::{BTreeSet, HashMap};
use std::io::Write as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use api::id::{EventId, OrganisationId};
use api::live::LiveChange;
use api::results::heat_map::{CellLive, HeatMap};
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;

use super::heat_map::{Asked, load};
use crate::http::problem::Problem;
use crate::store::{LogHeads, Store, StoreError};

/// Bytes of maps kept, uncompressed; beyond this those not asked for longest go.
const KEPT_BYTES: usize = 64 * 1024 * 1024;
/// Maps kept.
const KEPT: usize = 2_000;
/// Sites that are read singly; beyond this many the whole map is cheaper.
const SITES: usize = 40;
/// Entries of a log that are looked through.
const ENTRIES: u64 = 500;
/// A map may tell a place in the live log this far behind: whoever listens from there hears the rest.
const BEHIND: u64 = 200;
/// A map of fewer cells is brought up to date before it is sent. A larger one is sent as it is and brought up to
/// date beside the requests: the stream tells what it lacks.
const LARGE: usize = 5_000;
/// Large maps are written anew after this many times the time that it takes: during a procedure day with many
/// changes a second a fifth of one core goes into it at most.
const PAUSE: u32 = 4;

/// Maps ready to be sent.
#[derive(Default)]
pub struct KeptMaps {
    maps: Mutex<HashMap<Asked, Kept>>,
}

struct Kept {
    used: Instant,
    bytes: usize,
    place: Arc<Place>,
}

/// Where one map is kept.
#[derive(Default)]
struct Place {
    /// One request brings it up to date, others wait for it.
    current: Arc<tokio::sync::Mutex<Option<Current>>>,
    shown: Mutex<Option<Shown>>,
}

/// A map that can be sent without waiting for anybody.
#[derive(Clone)]
struct Shown {
    written: Arc<WrittenMap>,
    heads: LogHeads,
    /// Of a large map: when it may be written anew.
    again_at: Option<Instant>,
}

impl Place {
    fn shown(&self) -> Option<Shown> {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.clone()
    }

    fn show(&self, current: &Current) {
        let cells = current.map.rows.len() * current.map.columns.len();
        let new = Shown {
            written: current.written.clone(),
            heads: current.heads,
            again_at: (cells >= LARGE).then(|| current.written_at + current.cost * PAUSE),
        };
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(new);
    }
}

struct Current {
    heads: LogHeads,
    map: HeatMap,
    rows: HashMap<OrganisationId, usize>,
    written: Arc<WrittenMap>,
    written_at: Instant,
    cost: Duration,
}

/// A map as it is sent.
#[derive(Debug)]
pub struct WrittenMap {
    /// Hash of what is shown; the place in the live log may move on without it.
    pub tag: HeaderValue,
    plain: Bytes,
    brotli: OnceCell<Bytes>,
    gzip: OnceCell<Bytes>,
}

/// How a body is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// Brotli.
    Brotli,
    /// Gzip.
    Gzip,
    /// Not at all.
    Plain,
}

impl Coding {
    /// The best one that the client takes.
    pub fn of(headers: &HeaderMap) -> Self {
        let takes = |name: &str| {
            headers
                .get_all(header::ACCEPT_ENCODING)
                .iter()
                .filter_map(|value| value.to_str().ok())
                .flat_map(|value| value.split(','))
                .filter_map(|part| {
                    let (coding, weight) = part.split_once(';').unwrap_or((part, "q=1"));
                    (coding.trim() == name).then(|| weight.trim().trim_start_matches("q=").trim())
                })
                .any(|weight| weight.parse::<f32>().is_ok_and(|weight| weight > 0.0))
        };
        if takes("br") {
            Coding::Brotli
        } else if takes("gzip") {
            Coding::Gzip
        } else {
            Coding::Plain
        }
    }

    /// As the header names it.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Coding::Brotli => Some("br"),
            Coding::Gzip => Some("gzip"),
            Coding::Plain => None,
        }
    }
}

impl WrittenMap {
    fn new(map: &mut HeatMap, live_sequence: u64) -> anyhow::Result<Self> {
        use std::fmt::Write as _;
        map.live_sequence = 0;
        let shown = serde_json::to_vec(map)?;
        let mut tag = String::from("\"");
        for byte in &Sha256::digest(&shown)[..16] {
            let _ = write!(tag, "{byte:02x}");
        }
        tag.push('"');
        map.live_sequence = live_sequence;
        Ok(WrittenMap {
            tag: HeaderValue::from_str(&tag)?,
            plain: serde_json::to_vec(map)?.into(),
            brotli: OnceCell::new(),
            gzip: OnceCell::new(),
        })
    }

    /// Compresses ahead in the ways that were asked for of the map before.
    fn compress_like(&self, before: &WrittenMap) -> anyhow::Result<()> {
        for (own, other, coding) in [
            (&self.brotli, &before.brotli, Coding::Brotli),
            (&self.gzip, &before.gzip, Coding::Gzip),
        ] {
            if other.initialized() {
                // A cell of this map, which nobody else has yet, is empty.
                let _ = own.set(compressed(&self.plain, coding)?);
            }
        }
        Ok(())
    }

    /// The body, compressed at most once.
    ///
    /// # Errors
    /// When compressing does not work.
    pub async fn body(&self, coding: Coding) -> Result<Bytes, Problem> {
        let plain = self.plain.clone();
        let cell = match coding {
            Coding::Plain => return Ok(plain),
            Coding::Brotli => &self.brotli,
            Coding::Gzip => &self.gzip,
        };
        let bytes = cell
            .get_or_try_init(|| async {
                tokio::task::spawn_blocking(move || compressed(&plain, coding)).await?
            })
            .await?;
        Ok(bytes.clone())
    }
}

fn compressed(plain: &[u8], coding: Coding) -> anyhow::Result<Bytes> {
    let mut small = Vec::with_capacity(plain.len() / 8);
    if coding == Coding::Gzip {
        let mut writer = flate2::write::GzEncoder::new(&mut small, flate2::Compression::new(5));
        writer.write_all(plain)?;
        writer.finish()?;
    } else {
        // Quality and window of the middle: a hundredth of a second for a thousand schools.
        let mut writer = brotli::CompressorWriter::new(&mut small, 64 * 1024, 4, 22);
        writer.write_all(plain)?;
        writer.flush()?;
        drop(writer);
    }
    Ok(small.into())
}

impl KeptMaps {
    /// The map as it stands now.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn current(&self, store: &Store, asked: Asked) -> Result<Arc<WrittenMap>, Problem> {
        // Read first: a change between here and the cells is told to the client once more, never lost.
        let heads = store.log_heads(asked.municipality).await?;
        let place = self.place(&asked);
        if let Some(shown) = place.shown() {
            if shown.heads.is_not_before(&heads) {
                return Ok(shown.written);
            }
            if let Some(again_at) = shown.again_at {
                self.note_size(&asked, shown.written.plain.len());
                if Instant::now() >= again_at {
                    renew_beside(store, asked, place, heads);
                }
                return Ok(shown.written);
            }
        }
        let mut current = place.current.lock().await;
        let written = bring_up_to_date(store, &asked, &place, &mut current, heads).await?;
        drop(current);
        self.note_size(&asked, written.plain.len());
        Ok(written)
    }

    fn place(&self, asked: &Asked) -> Arc<Place> {
        let mut maps = self.maps.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = maps.get_mut(asked) {
            kept.used = Instant::now();
            return kept.place.clone();
        }
        let kept = Kept {
            used: Instant::now(),
            bytes: 0,
            place: Arc::default(),
        };
        let place = kept.place.clone();
        maps.insert(asked.clone(), kept);
        place
    }

    fn note_size(&self, asked: &Asked, bytes: usize) {
        let mut maps = self.maps.lock().unwrap_or_else(PoisonError::into_inner);
        match maps.get_mut(asked) {
            Some(kept) if kept.bytes != bytes => kept.bytes = bytes,
            _ => return,
        }
        loop {
            let total: usize = maps.values().map(|kept| kept.bytes).sum();
            let oldest = maps
                .iter()
                .filter(|(other, _)| *other != asked)
                .min_by_key(|(_, kept)| kept.used)
                .map(|(other, _)| other.clone());
            match oldest {
                Some(oldest) if total > KEPT_BYTES || maps.len() > KEPT => maps.remove(&oldest),
                _ => return,
            };
        }
    }
}

/// Brings a map up to date, unless somebody does already.
fn renew_beside(store: &Store, asked: Asked, place: Arc<Place>, heads: LogHeads) {
    let Ok(mut current) = place.current.clone().try_lock_owned() else {
        return;
    };
    let store = store.clone();
    tokio::spawn(async move {
        let done = bring_up_to_date(&store, &asked, &place, &mut current, heads).await;
        if done.is_err() {
            tracing::warn!("a map was not brought up to date; the next request tries again");
        }
    });
}

async fn bring_up_to_date(
    store: &Store,
    asked: &Asked,
    place: &Place,
    kept: &mut Option<Current>,
    heads: LogHeads,
) -> Result<Arc<WrittenMap>, Problem> {
    let current = match kept.take() {
        Some(current) if current.heads.is_not_before(&heads) => current,
        Some(current) => renewed(store, asked, current, heads).await?,
        None => read(store, asked, heads, None).await?,
    };
    let written = current.written.clone();
    place.show(&current);
    *kept = Some(current);
    Ok(written)
}

async fn read(
    store: &Store,
    asked: &Asked,
    heads: LogHeads,
    before: Option<Arc<WrittenMap>>,
) -> Result<Current, Problem> {
    let map = load(store, asked, heads.live).await?;
    let rows = map
        .rows
        .iter()
        .enumerate()
        .map(|(index, row)| (row.organisation, index))
        .collect();
    write(map, rows, heads, before).await
}

/// Writes a map, off the threads that answer requests.
async fn write(
    mut map: HeatMap,
    rows: HashMap<OrganisationId, usize>,
    heads: LogHeads,
    before: Option<Arc<WrittenMap>>,
) -> Result<Current, Problem> {
    let started = Instant::now();
    let written = tokio::task::spawn_blocking(move || {
        let written = WrittenMap::new(&mut map, heads.live)?;
        // Somebody who asks waits for the map alone, not for its compression.
        if let Some(before) = before {
            written.compress_like(&before)?;
        }
        anyhow::Ok((map, written))
    });
    let (map, written) = written.await.map_err(anyhow::Error::from)??;
    Ok(Current {
        heads,
        map,
        rows,
        written: Arc::new(written),
        written_at: Instant::now(),
        cost: started.elapsed(),
    })
}

/// What has to be read again.
enum Stale {
    Sites(BTreeSet<EventId>),
    Everything,
}

async fn renewed(
    store: &Store,
    asked: &Asked,
    mut current: Current,
    heads: LogHeads,
) -> Result<Current, Problem> {
    let sites = match stale(store, asked, &current.heads, &heads).await? {
        Stale::Everything => return read(store, asked, heads, Some(current.written)).await,
        Stale::Sites(sites) => sites,
    };
    let mut has_changed = false;
    for event in sites {
        let Some(cell) = store.live_cell(asked.municipality, event).await? else {
            continue;
        };
        if (cell.year, cell.kind) != (current.map.year, current.map.procedure) {
            continue;
        }
        let column = current
            .map
            .columns
            .iter()
            .position(|column| column.subject == cell.subject && column.grade == cell.grade);
        let row = current.rows.get(&cell.organisation).copied();
        if let (Some(column), Some(row)) = (column, row) {
            let shown: &mut Option<CellLive> = &mut current.map.rows[row].cells[column].live;
            if shown.as_ref() != Some(&cell.live) {
                *shown = Some(cell.live);
                has_changed = true;
            }
        }
    }
    if has_changed || heads.live.saturating_sub(current.map.live_sequence) > BEHIND {
        return write(current.map, current.rows, heads, Some(current.written)).await;
    }
    current.heads = heads;
    Ok(current)
}

/// What happened between two places of the logs, as far as a map shows it.
async fn stale(
    store: &Store,
    asked: &Asked,
    before: &LogHeads,
    now: &LogHeads,
) -> Result<Stale, StoreError> {
    if before.silent != now.silent {
        return Ok(Stale::Everything);
    }
    if before.audit != now.audit {
        let actions = store
            .audit_actions(asked.municipality, before.audit, ENTRIES)
            .await?;
        let harmless = |action: &String| {
            ["submission.", "session.", "invitation."]
                .iter()
                .any(|start| action.starts_with(start))
        };
        if actions.len() as u64 == ENTRIES || !actions.iter().all(harmless) {
            return Ok(Stale::Everything);
        }
    }
    let entries = store
        .live_changes(asked.municipality, before.live, ENTRIES)
        .await?;
    if entries.len() as u64 == ENTRIES {
        return Ok(Stale::Everything);
    }
    let mut sites = BTreeSet::new();
    for entry in entries {
        match (&entry.message.change, entry.event) {
            (LiveChange::Site { event, .. }, _) => drop(sites.insert(*event)),
            (LiveChange::Submission { .. }, Some(event)) => drop(sites.insert(event)),
            (
                LiveChange::Submission { .. }
                | LiveChange::Campaign { .. }
                | LiveChange::Case { .. }
                | LiveChange::Support { .. }
                | LiveChange::Programme { .. },
                _,
            ) => {}
            _ => return Ok(Stale::Everything),
        }
    }
    if sites.len() > SITES {
        return Ok(Stale::Everything);
    }
    Ok(Stale::Sites(sites))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::Coding;

    #[test]
    fn the_best_coding_that_is_taken_is_chosen() {
        for (accepts, coding) in [
            ("gzip, deflate, br, zstd", Coding::Brotli),
            ("gzip, br;q=0", Coding::Gzip),
            ("br;q=0.5", Coding::Brotli),
            ("deflate", Coding::Plain),
            ("", Coding::Plain),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accepts));
            assert_eq!(Coding::of(&headers), coding, "{accepts}");
        }
    }
}
