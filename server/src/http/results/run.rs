//! `/api/v1/runs`: runs of the objectivity engine.

use std::collections::{BTreeMap, HashMap};

use api::id::RunId;
use api::live::LiveChange;
use api::paths;
use api::results::heat_map::CellState;
use api::results::run::{MOVED_CELLS, MovedCell, NewRun, Run, RunComparison, RunState, StateMove};
use axum::extract::State;
use serde_json::json;

use crate::auth::{Access, Permission, Reach};
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::import::subject;

/// Runs, newest first.
#[utoipa::path(get, path = paths::RUNS, tag = "runs",
    responses((status = 200, body = Vec<Run>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<Run>>, Problem> {
    access.require_municipality(Permission::RunRead)?;
    Ok(Json(state.store.runs(access.municipality).await?))
}

/// One run.
#[utoipa::path(get, path = paths::RUN, tag = "runs",
    params(("run" = RunId, Path)),
    responses((status = 200, body = Run)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(run): Path<RunId>,
) -> Result<Json<Run>, Problem> {
    access.require_municipality(Permission::RunRead)?;
    one(&state, &access, run).await
}

/// Starts a run. Repeating it with the same id changes nothing.
#[utoipa::path(post, path = paths::RUNS, tag = "runs", request_body = NewRun,
    responses((status = 200, body = Run)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Json(new): Json<NewRun>,
) -> Result<Json<Run>, Problem> {
    access.require_municipality(Permission::RunCreate)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if write.run(new.id).await?.is_none() {
        write.request_run(new.id, "manual").await?;
        write
            .audit(
                Permission::RunCreate.as_str(),
                format!("run {}", new.id),
                json!({}),
            )
            .await?;
        write.commit().await?;
    }
    one(&state, &access, new.id).await
}

/// Stops a run that is not done; the run in force stays. Repeating it changes nothing.
#[utoipa::path(delete, path = paths::RUN, tag = "runs",
    params(("run" = RunId, Path)),
    responses((status = 200, body = Run)))]
pub async fn cancel(
    State(state): State<AppState>,
    access: Access,
    Path(run): Path<RunId>,
) -> Result<Json<Run>, Problem> {
    access.require_municipality(Permission::RunCreate)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let known = write.run(run).await?.ok_or_else(Problem::not_found)?;
    if matches!(known.state, RunState::Queued | RunState::Running) {
        write
            .set_run_state(run, RunState::Cancelled, known.progress, None)
            .await?;
        write
            .audit("run.cancel", format!("run {run}"), json!({}))
            .await?;
        write
            .announce(None, None, &LiveChange::Run { run, progress: 1.0 })
            .await?;
        write.commit().await?;
    }
    one(&state, &access, run).await
}

/// What a run says otherwise than another.
#[utoipa::path(get, path = paths::RUN_COMPARISON, tag = "runs",
    params(("run" = RunId, Path), ("before" = RunId, Path)),
    responses((status = 200, body = RunComparison)))]
pub async fn compare(
    State(state): State<AppState>,
    access: Access,
    Path((run, before)): Path<(RunId, RunId)>,
) -> Result<Json<RunComparison>, Problem> {
    access.require_municipality(Permission::RunRead)?;
    let (store, municipality) = (&state.store, access.municipality);
    let runs = store.run(municipality, before).await?;
    let Some((before, after)) = runs.zip(store.run(municipality, run).await?) else {
        return Err(Problem::not_found());
    };
    let (old, new) = (
        store.run_states(municipality, before.id).await?,
        store.run_states(municipality, after.id).await?,
    );
    let mut same = 0;
    let mut moves: BTreeMap<[Option<CellState>; 2], u32> = BTreeMap::new();
    let mut moved = Vec::new();
    let schools = store
        .organisations(municipality, &Reach::Municipality)
        .await?;
    let names: HashMap<_, _> = schools
        .iter()
        .map(|school| (school.id, &school.short_name))
        .collect();
    for key in old
        .keys()
        .chain(new.keys().filter(|key| !old.contains_key(key)))
    {
        let states = [old.get(key).copied(), new.get(key).copied()];
        if states[0] == states[1] {
            same += 1;
            continue;
        }
        *moves.entry(states).or_default() += 1;
        let (organisation, column) = key;
        moved.push(MovedCell {
            organisation: *organisation,
            organisation_name: names
                .get(organisation)
                .map_or_else(String::new, |name| (*name).clone()),
            work: subject::work(&column.subject, column.grade, column.year),
            year: column.year,
            subject: column.subject.clone(),
            grade: column.grade,
            before: states[0],
            after: states[1],
        });
    }
    moved.sort_by(|a, b| {
        let key = |cell: &MovedCell| {
            (
                cell.organisation_name.clone(),
                -cell.year,
                cell.subject.clone(),
                cell.grade,
            )
        };
        key(a).cmp(&key(b))
    });
    moved.truncate(MOVED_CELLS);
    let mut moves: Vec<StateMove> = moves
        .into_iter()
        .map(|([before, after], cells)| StateMove {
            before,
            after,
            cells,
        })
        .collect();
    moves.sort_by_key(|one| std::cmp::Reverse(one.cells));
    Ok(Json(RunComparison {
        same_parameters: store.run_parameters(municipality, before.id).await?
            == store.run_parameters(municipality, after.id).await?,
        before,
        after,
        same,
        moves,
        moved,
    }))
}

async fn one(state: &AppState, access: &Access, run: RunId) -> Result<Json<Run>, Problem> {
    let run = state.store.run(access.municipality, run).await?;
    run.map(Json).ok_or_else(Problem::not_found)
}
