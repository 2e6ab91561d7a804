//! `/api/v1/submissions/…/presence`: who is on which question just now.

use api::forms::presence::{Presence, PutPresence};
use api::id::SubmissionId;
use api::paths;
use axum::extract::State;
use axum::http::StatusCode;

use super::submission::writable_place;
use crate::auth::{Access, Permission};
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;

/// Longest path of a question, bytes; longer ones are cut off.
const MAX_QUESTION: usize = 500;

/// Says where the caller is. Passed on to the school's people who listen just now, and never stored; too
/// many in a moment are dropped, because the next one says the same better.
#[utoipa::path(post, path = paths::PRESENCE, tag = "submissions",
    params(("submission" = SubmissionId, Path)), request_body = PutPresence,
    responses((status = 204)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Path(submission): Path<SubmissionId>,
    Json(put): Json<PutPresence>,
) -> Result<StatusCode, Problem> {
    access.require(Permission::SubmissionUpdate)?;
    let place = writable_place(&state, &access, submission).await?;
    // Of a sheet somebody observes or an expert fills the school hears nothing, also not who is in it.
    if place.observer.is_some() {
        return Ok(StatusCode::NO_CONTENT);
    }
    if !state.hub.may_tell(access.person, state.now_ms()) && put.question.is_some() {
        return Ok(StatusCode::NO_CONTENT);
    }
    let name = state
        .store
        .person_name(access.municipality, access.person)
        .await?;
    state.hub.tell(
        access.municipality,
        place.place.organisation,
        Presence {
            submission,
            person: access.person,
            name,
            question: put
                .question
                .filter(|question| question.len() <= MAX_QUESTION),
        },
    );
    Ok(StatusCode::NO_CONTENT)
}
