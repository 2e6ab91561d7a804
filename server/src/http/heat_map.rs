//! `/api/v1/heat-map`: schools × works of one year and procedure.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use api::heat_map::{
    CellLive, CellState, HeatMap, HeatMapCell, HeatMapColumn, HeatMapQuery, HeatMapRow,
};
use api::id::{MunicipalityId, OrganisationId, RunId};
use api::organisation::{Organisation, OrganisationKind};
use api::paths;
use api::procedure::ProcedureKind;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::extract::{Json, Query};
use super::problem::Problem;
use super::state::AppState;
use crate::auth::{Access, Permission};
use crate::import::subject;
use crate::store::{Store, StoreError, StoredCell};

/// Kept maps of runs; a run never changes, so neither do they. Beyond this many the oldest go.
const KEPT: usize = 64;

/// Cells of runs in memory, by run, year and kind.
#[derive(Default)]
pub struct HeatMapCache {
    kept: Mutex<Vec<(Key, Arc<RunCells>)>>,
}

type Key = (MunicipalityId, RunId, i32, ProcedureKind);

/// The part of a map that belongs to a run alone.
struct RunCells {
    columns: Vec<HeatMapColumn>,
    /// School → cells in the order of the columns.
    cells: HashMap<OrganisationId, Vec<HeatMapCell>>,
    works: u64,
}

impl HeatMapCache {
    async fn get(&self, store: &Store, key: Key) -> Result<Arc<RunCells>, StoreError> {
        let known = {
            let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.iter()
                .find(|(other, _)| *other == key)
                .map(|(_, cells)| cells.clone())
        };
        if let Some(known) = known {
            return Ok(known);
        }
        let (municipality, run, year, kind) = key;
        let cells = Arc::new(RunCells::new(
            store.cells(municipality, run, kind, year).await?,
        ));
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push((key, cells.clone()));
        Ok(cells)
    }
}

impl RunCells {
    fn new(stored: Vec<StoredCell>) -> Self {
        let columns: BTreeSet<(usize, String, u8)> = stored
            .iter()
            .map(|cell| {
                (
                    subject::order(&cell.subject),
                    cell.subject.clone(),
                    cell.grade,
                )
            })
            .collect();
        let columns: Vec<HeatMapColumn> = columns
            .into_iter()
            .map(|(_, code, grade)| HeatMapColumn {
                subject_name: subject::name(&code),
                subject_short: subject::short(&code),
                subject: code,
                grade,
            })
            .collect();
        let places: HashMap<(&str, u8), usize> = columns
            .iter()
            .enumerate()
            .map(|(place, column)| ((column.subject.as_str(), column.grade), place))
            .collect();
        let works = stored.iter().map(|cell| u64::from(cell.n)).sum();
        let mut cells: HashMap<OrganisationId, Vec<HeatMapCell>> = HashMap::new();
        for cell in &stored {
            let row = cells
                .entry(cell.organisation)
                .or_insert_with(|| vec![empty(); columns.len()]);
            if let Some(place) = places.get(&(cell.subject.as_str(), cell.grade)) {
                row[*place] = HeatMapCell {
                    state: cell.state,
                    n: cell.n,
                    first_reason: cell.first_reason.clone(),
                    live: None,
                };
            }
        }
        RunCells {
            columns,
            cells,
            works,
        }
    }
}

fn empty() -> HeatMapCell {
    HeatMapCell {
        state: CellState::NoData,
        n: 0,
        first_reason: None,
        live: None,
    }
}

/// The heat map, in the caller's scope: a school sees its own row. Answers 304 when nothing has changed.
#[utoipa::path(get, path = paths::HEAT_MAP, tag = "heat map", params(
        ("year" = Option<i32>, Query, description = "Calendar year; the newest with results when absent"),
        ("procedure" = Option<ProcedureKind>, Query, description = "Kind of procedure; test works when absent")),
    responses((status = 200, body = HeatMap), (status = 304, description = "Not changed")))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    headers: HeaderMap,
    Query(query): Query<HeatMapQuery>,
) -> Result<Response, Problem> {
    let reach = access.require(Permission::HeatMapRead)?;
    let municipality = access.municipality;
    // Read first: a change between here and the cells is told to the client once more, never lost.
    let live_sequence = state.store.live_sequence(municipality).await?;
    let organisations = state.store.organisations(municipality, &reach).await?;
    let run = state.store.current_run(municipality).await?;
    let shown = match &run {
        Some(run) => state.store.cell_columns(municipality, run.id).await?,
        None => Vec::new(),
    };
    let kind = query.procedure.unwrap_or(ProcedureKind::Vpr);
    let mut years: Vec<i32> = shown
        .iter()
        .filter(|(other, _)| *other == kind)
        .map(|(_, year)| *year)
        .collect();
    years.sort_unstable_by(|one, other| other.cmp(one));
    let year = query
        .year
        .or_else(|| years.first().copied())
        .unwrap_or_else(|| year_of(state.now_ms()));
    let mut procedures: Vec<ProcedureKind> = shown
        .iter()
        .filter(|(_, other)| *other == year)
        .map(|(kind, _)| *kind)
        .collect();
    procedures.sort_unstable();
    let cells = match &run {
        Some(run) => {
            let key = (municipality, run.id, year, kind);
            state.heat_maps.get(&state.store, key).await?
        }
        None => Arc::new(RunCells::new(Vec::new())),
    };
    let live: HashMap<(OrganisationId, String, u8), CellLive> = state
        .store
        .live_cells(municipality, year, kind)
        .await?
        .into_iter()
        .map(|cell| ((cell.organisation, cell.subject, cell.grade), cell.live))
        .collect();
    let whole = reach == crate::auth::Reach::Municipality;
    let rows = rows(organisations, &cells, &live);
    let mut map = HeatMap {
        run: run.as_ref().map(|run| run.id),
        updated_ms: run
            .as_ref()
            .and_then(|run| run.finished_ms)
            .unwrap_or_default(),
        year,
        procedure: kind,
        years,
        procedures,
        works: if whole {
            cells.works
        } else {
            rows.iter()
                .flat_map(|row| &row.cells)
                .map(|cell| u64::from(cell.n))
                .sum()
        },
        columns: cells.columns.clone(),
        rows,
        live_sequence: 0,
    };
    // The tag speaks of what is shown; the place in the live log may move on without it.
    let tag = tag(&map)?;
    map.live_sequence = live_sequence;
    let fresh = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let cache = [
        (header::ETAG, tag),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        ),
    ];
    if fresh {
        return Ok((StatusCode::NOT_MODIFIED, cache).into_response());
    }
    Ok((cache, Json(map)).into_response())
}

/// Schools by cluster and name, never by state.
fn rows(
    mut organisations: Vec<Organisation>,
    cells: &RunCells,
    live: &HashMap<(OrganisationId, String, u8), CellLive>,
) -> Vec<HeatMapRow> {
    organisations.retain(|organisation| {
        !matches!(
            organisation.kind,
            OrganisationKind::Preschool | OrganisationKind::ExtraEducation
        )
    });
    organisations.sort_by(|one, other| {
        (one.cluster, &one.short_name, one.id).cmp(&(other.cluster, &other.short_name, other.id))
    });
    organisations
        .into_iter()
        .map(|organisation| {
            let mut own = cells
                .cells
                .get(&organisation.id)
                .cloned()
                .unwrap_or_else(|| vec![empty(); cells.columns.len()]);
            if !live.is_empty() {
                for (cell, column) in own.iter_mut().zip(&cells.columns) {
                    let key = (organisation.id, column.subject.clone(), column.grade);
                    cell.live = live.get(&key).cloned();
                }
            }
            HeatMapRow {
                organisation: organisation.id,
                name: organisation.short_name,
                cluster: organisation.cluster,
                cells: own,
            }
        })
        .collect()
}

fn tag(map: &HeatMap) -> Result<HeaderValue, Problem> {
    use std::fmt::Write as _;
    let json = serde_json::to_vec(map).map_err(anyhow::Error::from)?;
    let mut tag = String::from("\"");
    for byte in &Sha256::digest(&json)[..16] {
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    HeaderValue::from_str(&tag).map_err(|error| Problem::from(anyhow::Error::from(error)))
}

fn year_of(now_ms: i64) -> i32 {
    time::OffsetDateTime::from_unix_timestamp(now_ms / 1_000).map_or(1970, |now| now.year())
}
