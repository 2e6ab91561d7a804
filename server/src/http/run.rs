//! `/api/v1/runs`: runs of the objectivity engine.

use api::id::RunId;
use api::live::LiveChange;
use api::paths;
use api::run::{NewRun, Run, RunState};
use axum::extract::State;
use serde_json::json;

use super::extract::{Json, Path};
use super::problem::Problem;
use super::state::AppState;
use crate::auth::{Access, Permission};

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

async fn one(state: &AppState, access: &Access, run: RunId) -> Result<Json<Run>, Problem> {
    let run = state.store.run(access.municipality, run).await?;
    run.map(Json).ok_or_else(Problem::not_found)
}
