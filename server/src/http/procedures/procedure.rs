//! `/api/v1/procedures`: procedures of assessment.

use api::paths;
use api::procedures::procedure::{NewProcedure, Procedure};
use axum::extract::State;

use crate::auth::{Access, Permission};
use crate::http::check;
use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::state::AppState;

/// Procedures, newest first, with their works.
#[utoipa::path(get, path = paths::PROCEDURES, tag = "procedures",
    responses((status = 200, body = Vec<Procedure>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<Procedure>>, Problem> {
    access.require(Permission::ProcedureRead)?;
    Ok(Json(state.store.procedures(access.municipality).await?))
}

/// Plans a procedure, or changes one when the id is known.
#[utoipa::path(post, path = paths::PROCEDURES, tag = "procedures", request_body = NewProcedure,
    responses((status = 200, body = Procedure)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Json(new): Json<NewProcedure>,
) -> Result<Json<Procedure>, Problem> {
    access.require_municipality(Permission::ProcedureCreate)?;
    check::year("year", new.year)?;
    check::text("title", &new.title)?;
    check::date("window", &new.window[0])?;
    check::date("window", &new.window[1])?;
    check::ordered("window", &new.window)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write.put_procedure(&new).await?;
    write
        .audit(
            Permission::ProcedureCreate.as_str(),
            format!("procedure {}", new.id),
            serde_json::json!({ "kind": new.kind, "year": new.year }),
        )
        .await?;
    write.commit().await?;
    state
        .store
        .procedures(access.municipality)
        .await?
        .into_iter()
        .find(|procedure| procedure.id == new.id)
        .map(Json)
        .ok_or_else(Problem::not_found)
}
