//! Evidence of submissions: bound to a question, taken out with a reason, downloaded.

use api::assessment::evidence::{Evidence, EvidenceList, EvidenceSource, NewEvidence};
use api::forms::submission::SubmissionState;
use api::id::{EvidenceId, SubmissionId};
use api::papers::document::Reason;
use api::paths;
use api::text::Text;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::auth::{Access, Permission, Place};
use crate::http::check;
use crate::http::extract::{Json, Path};
use crate::http::forms::submission::{readable_place, writable};
use crate::http::papers::file;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::store::{EvidenceOwner, SubmissionPlace};

/// Most pieces at one question.
const MOST: usize = 20;

/// Evidence of a submission, what could be taken over from earlier ones, and how many levels are confirmed.
#[utoipa::path(get, path = paths::SUBMISSION_EVIDENCE, tag = "evidence",
    params(("submission" = SubmissionId, Path)),
    responses((status = 200, body = EvidenceList)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
    Path(submission): Path<SubmissionId>,
) -> Result<Json<EvidenceList>, Problem> {
    access.require(Permission::EvidenceRead)?;
    let place = readable_place(&state, &access, submission).await?;
    Ok(Json(whole(&state, &access, &place).await?))
}

/// Binds evidence to a question; repeating it with the same id changes nothing.
#[utoipa::path(post, path = paths::SUBMISSION_EVIDENCE, tag = "evidence", request_body = NewEvidence,
    params(("submission" = SubmissionId, Path)),
    responses((status = 200, body = EvidenceList)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Path(submission): Path<SubmissionId>,
    Json(new): Json<NewEvidence>,
) -> Result<Json<EvidenceList>, Problem> {
    access.require(Permission::EvidenceUpdate)?;
    let place = readable_place(&state, &access, submission).await?;
    if !writable(&access, Permission::SubmissionUpdate, &place) {
        return Err(Problem::not_found());
    }
    let owner = EvidenceOwner::Submission(submission);
    let known = state.store.evidence(access.municipality, owner).await?;
    checked(&state, &access, &new, &known).await?;
    let is_known = known.iter().any(|one| one.id == new.id);
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if !is_known && write.is_locked(submission).await? {
        return Err(signed());
    }
    if write.add_evidence(owner, &new).await? {
        write
            .audit(
                Permission::EvidenceUpdate.as_str(),
                format!("submission {submission}"),
                serde_json::json!({ "evidence": new.id, "item": new.item }),
            )
            .await?;
        write.commit().await?;
    }
    Ok(Json(whole(&state, &access, &place).await?))
}

/// Takes a piece out with a reason; its record stays. After the submission is handed over nothing is taken out.
#[utoipa::path(delete, path = paths::SUBMISSION_EVIDENCE_ONE, tag = "evidence", request_body = Reason,
    params(("submission" = SubmissionId, Path), ("evidence" = EvidenceId, Path)),
    responses((status = 200, body = EvidenceList)))]
pub async fn remove(
    State(state): State<AppState>,
    access: Access,
    Path((submission, evidence)): Path<(SubmissionId, EvidenceId)>,
    Json(reason): Json<Reason>,
) -> Result<Json<EvidenceList>, Problem> {
    access.require(Permission::EvidenceUpdate)?;
    let place = readable_place(&state, &access, submission).await?;
    if !writable(&access, Permission::SubmissionUpdate, &place) {
        return Err(Problem::not_found());
    }
    if place.state == SubmissionState::Submitted {
        return Err(closed());
    }
    check::short("reason", &reason.reason)?;
    let owner = EvidenceOwner::Submission(submission);
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let removed = write
        .remove_evidence(owner, evidence, reason.reason.trim())
        .await?
        .ok_or_else(Problem::not_found)?;
    if removed {
        write
            .audit(
                Permission::EvidenceUpdate.as_str(),
                format!("submission {submission}"),
                serde_json::json!({ "evidence": evidence, "removed": true }),
            )
            .await?;
        write.commit().await?;
    }
    Ok(Json(whole(&state, &access, &place).await?))
}

/// The file behind a piece of evidence.
#[utoipa::path(get, path = paths::EVIDENCE_FILE, tag = "evidence",
    params(("evidence" = EvidenceId, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
pub async fn read_file(
    State(state): State<AppState>,
    access: Access,
    Path(evidence): Path<EvidenceId>,
) -> Result<Response, Problem> {
    access.require(Permission::EvidenceRead)?;
    let (owner, piece) = state
        .store
        .evidence_piece(access.municipality, evidence)
        .await?
        .ok_or_else(Problem::not_found)?;
    match owner {
        EvidenceOwner::Submission(submission) => {
            readable_place(&state, &access, submission).await?;
        }
        EvidenceOwner::Assessment(_) => access.require_municipality(Permission::MechanismRead)?,
    }
    let Some(stored) = piece.file else {
        return Err(Problem::new(
            StatusCode::NOT_FOUND,
            "evidence.no_file",
            "У этого подтверждения нет файла.",
            "This piece of evidence has no file.",
        ));
    };
    file::send(&state, &access, &stored).await
}

async fn whole(
    state: &AppState,
    access: &Access,
    place: &SubmissionPlace,
) -> Result<EvidenceList, Problem> {
    let owner = EvidenceOwner::Submission(place.id);
    let may_change = access.require(Permission::EvidenceUpdate).is_ok()
        && writable(access, Permission::SubmissionUpdate, place);
    let evidence = state.store.evidence(access.municipality, owner).await?;
    let earlier = if may_change {
        state
            .store
            .earlier_evidence(access.municipality, owner)
            .await?
    } else {
        Vec::new()
    };
    let input = state
        .store
        .kept_input(access.municipality, place.id)
        .await?;
    let items = evidence.iter().map(|piece| piece.item.as_str()).collect();
    let coverage = match input {
        Some(input) => state.folder.coverage(&input, &items)?,
        None => api::assessment::evidence::Coverage::default(),
    };
    Ok(EvidenceList {
        evidence,
        earlier,
        coverage,
        may_change,
    })
}

/// What is sent makes sense, and the caller may point to it.
pub(in crate::http) async fn checked(
    state: &AppState,
    access: &Access,
    new: &NewEvidence,
    known: &[Evidence],
) -> Result<(), Problem> {
    check::filled("item", &new.item)?;
    check::filled("title", &new.title)?;
    if known.iter().any(|piece| piece.id == new.id) {
        return Ok(());
    }
    if known.iter().filter(|piece| piece.item == new.item).count() >= MOST {
        return Err(Problem::invalid(
            "item",
            "evidence.too_many",
            Text::new(
                format!("У вопроса уже {MOST} подтверждений. Оставьте самые весомые."),
                format!("The question has {MOST} pieces of evidence already. Keep the strongest."),
            ),
        ));
    }
    match &new.source {
        EvidenceSource::Link { url } => check::link("url", url),
        EvidenceSource::Document { document } => {
            let reach = access.require(Permission::DocumentRead)?;
            let found = state.store.document(access.municipality, *document).await?;
            let visible = found.is_some_and(|document| {
                document
                    .organisation
                    .is_none_or(|id| reach.covers(Place::organisation(id)))
            });
            if visible {
                Ok(())
            } else {
                Err(Problem::dangling())
            }
        }
        EvidenceSource::File { file: id } => match new.reused_from {
            // A file of an earlier year may have been brought by a colleague.
            Some(earlier) => {
                let piece = state
                    .store
                    .evidence_piece(access.municipality, earlier)
                    .await?;
                let Some((owner, piece)) = piece else {
                    return Err(Problem::dangling());
                };
                if piece.source != new.source {
                    return Err(Problem::dangling());
                }
                match owner {
                    EvidenceOwner::Submission(submission) => {
                        access.require(Permission::EvidenceRead)?;
                        readable_place(state, access, submission).await?;
                    }
                    EvidenceOwner::Assessment(_) => {
                        access.require_municipality(Permission::MechanismRead)?;
                    }
                }
                Ok(())
            }
            None => file::own_file(state, access, *id).await.map(|_| ()),
        },
    }
}

/// What the head has signed stays as it was signed.
fn signed() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "evidence.signed",
        "Самооценка подписана: подтверждения к ней больше не добавляются. Попросите координатора вернуть её с причиной.",
        "The self-assessment is signed: no evidence is added to it any more. Ask the coordinator to return it with a reason.",
    )
}

pub(in crate::http) fn closed() -> Problem {
    Problem::new(
        StatusCode::CONFLICT,
        "evidence.closed",
        "Работа передана: подтверждения можно добавить, но не убрать.",
        "It was handed over: evidence can be added but not taken out.",
    )
}
