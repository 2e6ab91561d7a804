//! `/api/v1/heat-map`: schools × works of one year and procedure.

use std::collections::{BTreeSet, HashMap};

use api::id::{MunicipalityId, OrganisationId};
use api::paths;
use api::procedures::procedure::ProcedureKind;
use api::registry::organisation::{Organisation, OrganisationKind};
use api::results::heat_map::{
    CellLive, CellState, HeatMap, HeatMapCell, HeatMapColumn, HeatMapQuery, HeatMapRow,
};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::kept_map::Coding;
use crate::auth::{Access, Permission, Reach};
use crate::http::extract::Query;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::import::subject;
use crate::store::{Store, StoreError, StoredCell};

/// Which map is asked for, and by whom: two callers get the same one only when their reach is equal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asked {
    /// Whose.
    pub municipality: MunicipalityId,
    /// How far the caller sees.
    pub reach: Reach,
    /// Calendar year; the newest with results when absent.
    pub year: Option<i32>,
    /// Kind of procedure.
    pub kind: ProcedureKind,
    /// The year it is, shown before there are results.
    pub this_year: i32,
}

/// The part of a map that belongs to a run alone.
struct RunCells {
    columns: Vec<HeatMapColumn>,
    /// School → cells in the order of the columns.
    cells: HashMap<OrganisationId, Vec<HeatMapCell>>,
    works: u64,
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
    let asked = Asked {
        reach: access.require(Permission::HeatMapRead)?,
        municipality: access.municipality,
        year: query.year,
        kind: query.procedure.unwrap_or(ProcedureKind::Vpr),
        this_year: year_of(state.now_ms()),
    };
    let map = state.heat_maps.current(&state.store, asked).await?;
    let fresh = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == map.tag.as_bytes());
    let cache = [
        (header::ETAG, map.tag.clone()),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        ),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    if fresh {
        return Ok((StatusCode::NOT_MODIFIED, cache).into_response());
    }
    let coding = Coding::of(&headers);
    let body = map.body(coding).await?;
    let mut response = (cache, body).into_response();
    let mut add = |name: HeaderName, value: &'static str| {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value))
    };
    add(header::CONTENT_TYPE, "application/json");
    if let Some(name) = coding.name() {
        add(header::CONTENT_ENCODING, name);
    }
    Ok(response)
}

/// Reads a whole map. `live_sequence` is where the live log stood before.
pub async fn load(store: &Store, asked: &Asked, live_sequence: u64) -> Result<HeatMap, StoreError> {
    let municipality = asked.municipality;
    let organisations = store.organisations(municipality, &asked.reach).await?;
    let run = store.current_run(municipality).await?;
    let shown = match &run {
        Some(run) => store.cell_columns(municipality, run.id).await?,
        None => Vec::new(),
    };
    let kind = asked.kind;
    let mut years: Vec<i32> = shown
        .iter()
        .filter(|(other, _)| *other == kind)
        .map(|(_, year)| *year)
        .collect();
    years.sort_unstable_by(|one, other| other.cmp(one));
    let year = asked
        .year
        .or_else(|| years.first().copied())
        .unwrap_or(asked.this_year);
    let mut procedures: Vec<ProcedureKind> = shown
        .iter()
        .filter(|(_, other)| *other == year)
        .map(|(kind, _)| *kind)
        .collect();
    procedures.sort_unstable();
    let cells = RunCells::new(match &run {
        Some(run) => store.cells(municipality, run.id, kind, year).await?,
        None => Vec::new(),
    });
    let live: HashMap<(OrganisationId, String, u8), CellLive> = store
        .live_cells(municipality, year, kind)
        .await?
        .into_iter()
        .map(|cell| ((cell.organisation, cell.subject, cell.grade), cell.live))
        .collect();
    let rows = rows(organisations, &cells, &live);
    Ok(HeatMap {
        run: run.as_ref().map(|run| run.id),
        updated_ms: run
            .as_ref()
            .and_then(|run| run.finished_ms)
            .unwrap_or_default(),
        year,
        procedure: kind,
        years,
        procedures,
        works: if asked.reach == Reach::Municipality {
            cells.works
        } else {
            rows.iter()
                .flat_map(|row| &row.cells)
                .map(|cell| u64::from(cell.n))
                .sum()
        },
        columns: cells.columns,
        rows,
        live_sequence,
    })
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

fn year_of(now_ms: i64) -> i32 {
    time::OffsetDateTime::from_unix_timestamp(now_ms / 1_000).map_or(1970, |now| now.year())
}
