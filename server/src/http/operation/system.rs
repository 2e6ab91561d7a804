//! `/api/v1/system`: the state of the installation, and a restored copy that becomes the working server.

use std::path::Path;

use api::operation::system::{LastBackup, QuietCopy, SystemState};
use api::paths;
use axum::extract::State;

use crate::auth::{Access, Permission};
use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::operation::activate::activate;

/// What an administrator looks at before calling the operator.
#[utoipa::path(get, path = paths::SYSTEM, tag = "system",
    responses((status = 200, body = SystemState)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<SystemState>, Problem> {
    access.require_municipality(Permission::SystemRead)?;
    Ok(Json(state_of(&state, &access).await?))
}

/// Says that this restored copy is the working server: its jobs go on. Repeating it changes nothing.
#[utoipa::path(put, path = paths::SYSTEM_ACTIVATION, tag = "system",
    responses((status = 200, body = SystemState)))]
pub async fn put_activation(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<SystemState>, Problem> {
    access.require_municipality(Permission::SystemUpdate)?;
    activate(&state.store, &state.clock, Some(access.author())).await?;
    Ok(Json(state_of(&state, &access).await?))
}

async fn state_of(state: &AppState, access: &Access) -> Result<SystemState, Problem> {
    let installation = state.store.installation().await?;
    let backup = state.store.last_backup().await?;
    Ok(SystemState {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        database: state.store.kind().to_owned(),
        started_ms: state.started_ms,
        now_ms: state.now_ms(),
        quiet: installation.and_then(|one| {
            Some(QuietCopy {
                restored_ms: one.restored_ms?,
                backup_ms: one.backup_ms,
            })
        }),
        backup: backup.map(|one| LastBackup {
            at_ms: one.at_ms,
            bytes: one.bytes,
            rows: one.rows,
            files: one.files,
            database_only: one.database_only,
            encrypted: one.encrypted,
        }),
        jobs: state.store.job_counts(access.municipality).await?,
        free_bytes: free_bytes(&state.config.files.directory),
    })
}

/// Space left on the file system of a directory, which may not be made yet; `None` where nobody can tell.
fn free_bytes(directory: &Path) -> Option<u64> {
    let nearest = directory
        .ancestors()
        .map(|one| {
            if one == Path::new("") {
                Path::new(".")
            } else {
                one
            }
        })
        .find(|one| one.is_dir())?;
    let found = rustix::fs::statvfs(nearest).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_that_is_not_made_yet_has_the_space_of_the_one_above() {
        let place = std::env::temp_dir();
        let free = free_bytes(&place.join("not").join("made")).expect("the system tells");
        assert!(free > 0);
        assert!(
            free_bytes(Path::new("not-made")).is_some(),
            "relative paths have a place, too"
        );
    }
}
