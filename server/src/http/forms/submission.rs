//! `/api/v1/submissions`: filled forms as logs of operations.

use api::forms::submission::{
    MAX_OPERATIONS, OpenSubmission, Operation, OperationsReceipt, PutOperations, ScoreSheet,
    Submission, SubmissionLabel, SubmissionState, Submit,
};
use api::id::SubmissionId;
use api::paths;
use api::text::Text;
use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::{Access, Denied, Permission, Reach};
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::rules::forms::fold;
use crate::rules::forms::fold::Continued;
use crate::store::{Folded, SubmissionPlace, Write};

/// Submissions in the caller's scope, last changed first.
#[utoipa::path(get, path = paths::SUBMISSIONS, tag = "submissions",
    responses((status = 200, body = Vec<SubmissionLabel>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<SubmissionLabel>>, Problem> {
    let reach = access.require(Permission::SubmissionRead)?;
    Ok(Json(
        state
            .store
            .submissions(access.municipality, |submission| {
                reach.covers(submission.place) && readable(&access, submission)
            })
            .await?,
    ))
}

/// Opens a submission. When the subject has one, that one is answered, whatever id was sent.
#[utoipa::path(post, path = paths::SUBMISSIONS, tag = "submissions", request_body = OpenSubmission,
    responses((status = 200, body = Submission)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Json(new): Json<OpenSubmission>,
) -> Result<Json<Submission>, Problem> {
    access.require(Permission::SubmissionCreate)?;
    let opening = state
        .store
        .opening(access.municipality, &new.subject)
        .await?
        .ok_or(Denied::NotFound)?;
    let place = opening.place;
    let asked = SubmissionPlace {
        id: new.id,
        place,
        observer: opening.observer,
        campaign: None,
        state: SubmissionState::Draft,
    };
    if !writable(&access, Permission::SubmissionCreate, &asked) {
        return Err(Problem::not_found());
    }
    if let Some(opens) = &opening.opens {
        crate::http::assessment::campaign::begun(&state, access.municipality, opens).await?;
    }
    let mut write = state
        .store
        .write_together(access.author(), state.now_ms())
        .await?;
    let (id, is_new) = write.open_submission(&new, opening).await?;
    let mut continued = None;
    if is_new {
        let (folded, fold) = state.folder.fold_on(&write.fold_input(id).await?)?;
        continued = Some(fold);
        write.note_fold(id, &folded, None).await?;
        if let Some(event) = place.event {
            write.announce_site(event, None, None).await?;
        }
        audit(&mut write, Permission::SubmissionCreate, id).await?;
    }
    if is_new {
        write.commit().await?;
    } else {
        write.commit_unchanged().await?;
    }
    if let Some(fold) = continued {
        state.folder.keep(fold);
    }
    // Read after the turn to write: others need not wait for it.
    let submission = state.store.submission(access.municipality, id).await?;
    submission.map(Json).ok_or_else(Problem::not_found)
}

/// One submission with its operations.
#[utoipa::path(get, path = paths::SUBMISSION, tag = "submissions",
    params(("submission" = SubmissionId, Path)),
    responses((status = 200, body = Submission)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(submission): Path<SubmissionId>,
) -> Result<Json<Submission>, Problem> {
    access.require(Permission::SubmissionRead)?;
    readable_place(&state, &access, submission).await?;
    state
        .store
        .submission(access.municipality, submission)
        .await?
        .map(Json)
        .ok_or_else(Problem::not_found)
}

/// Takes operations of one device; idempotent. Content is never refused: what does not fit the form is
/// kept and named in the receipt. After submission, operations are corrections.
#[utoipa::path(put, path = paths::OPERATIONS, tag = "submissions",
    params(("submission" = SubmissionId, Path)), request_body = PutOperations,
    responses((status = 200, body = OperationsReceipt)))]
pub async fn put_operations(
    State(state): State<AppState>,
    access: Access,
    Path(submission): Path<SubmissionId>,
    Json(put): Json<PutOperations>,
) -> Result<Json<OperationsReceipt>, Problem> {
    access.require(Permission::SubmissionUpdate)?;
    let place = writable_place(&state, &access, submission).await?;
    let first = check_batch(submission, &put.operations)?;
    let mut write = state
        .store
        .write_together(access.author(), state.now_ms())
        .await?;
    let version = write.form_version(submission).await?;
    // Asked inside the change: an approval that came in between counts.
    let is_locked = place.campaign.is_some() && write.is_locked(submission).await?;
    let added = write
        .append(submission, &put.operations, |operation| {
            fold::set_aside(operation, &version).or(is_locked.then_some(fold::LOCKED))
        })
        .await?;
    let mut continued = None;
    if !added.is_empty() {
        let (folded, fold) = refold(&state, &mut write, submission).await?;
        continued = Some(fold);
        write.note_fold(submission, &folded, None).await?;
        // A draft's log is its own history; what is changed after signing is audited.
        if place.state == SubmissionState::Submitted {
            open_cases(&mut write, submission, &folded).await?;
            write
                .audit(
                    Permission::SubmissionUpdate.as_str(),
                    format!("submission {submission}"),
                    serde_json::json!({ "corrections": added.len() }),
                )
                .await?;
        }
    }
    let (device, seen) = (first.device, base(&put.operations));
    let receipt = write.receipt(submission, device).await?;
    let others = write.operations_of_others(submission, device, seen).await?;
    // Also what was held before may not be durable yet: another's commit is waited for.
    if added.is_empty() {
        write.commit_unchanged().await?;
    } else {
        write.commit().await?;
    }
    if let Some(fold) = continued {
        state.folder.keep(fold);
    }
    Ok(Json(OperationsReceipt { receipt, others }))
}

/// Submits. The result follows from the operations alone; submitting again is harmless.
#[utoipa::path(post, path = paths::SUBMIT, tag = "submissions",
    params(("submission" = SubmissionId, Path)), request_body = Submit,
    responses((status = 200, body = ScoreSheet), (status = 409, body = api::problem::Problem),
        (status = 422, body = api::problem::Problem)))]
pub async fn submit(
    State(state): State<AppState>,
    access: Access,
    Path(submission): Path<SubmissionId>,
    Json(submit): Json<Submit>,
) -> Result<Json<ScoreSheet>, Problem> {
    access.require(Permission::SubmissionSubmit)?;
    let place = state
        .store
        .submission_place(access.municipality, submission)
        .await?
        .filter(|place| writable(&access, Permission::SubmissionSubmit, place))
        .ok_or(Denied::NotFound)?;
    let mut write = state
        .store
        .write_together(access.author(), state.now_ms())
        .await?;
    let (standing, revision) = write.standing(submission).await?;
    if standing == SubmissionState::Submitted
        && let Some(score) = write.last_score(submission).await?
    {
        write.commit_unchanged().await?;
        return Ok(Json(score));
    }
    if submit.revision < revision {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "submission.changed",
            "Пока вы проверяли, в форме появились новые ответы. Просмотрите их и отправьте ещё раз.",
            "While you were checking, new answers came into the form. Look at them and submit again.",
        ));
    }
    let (folded, fold) = refold(&state, &mut write, submission).await?;
    let reason = submit
        .incomplete_reason
        .as_deref()
        .is_some_and(|reason| !reason.trim().is_empty());
    if !folded.open.is_empty() && !reason {
        return Err(incomplete(&folded.open));
    }
    write.note_fold(submission, &folded, Some(&submit)).await?;
    open_cases(&mut write, submission, &folded).await?;
    crate::http::assessment::approval::hand_over(&state, &mut write, &access, &place).await?;
    write
        .audit(
            Permission::SubmissionSubmit.as_str(),
            format!("submission {submission}"),
            serde_json::json!({
                "revision": revision,
                "critical": folded.sheet.critical.len(),
                "open": folded.open.len(),
            }),
        )
        .await?;
    write.commit().await?;
    state.folder.keep(fold);
    Ok(Json(folded.sheet))
}

/// A critical item that the observer signed opens a case; the school hears of it.
async fn open_cases(
    write: &mut Write,
    submission: SubmissionId,
    folded: &Folded,
) -> Result<(), Problem> {
    let opened = write.open_cases(submission, &folded.critical).await?;
    if opened > 0 {
        write
            .audit(
                "case.create",
                format!("submission {submission}"),
                serde_json::json!({ "cases": opened }),
            )
            .await?;
    }
    Ok(())
}

async fn audit(
    write: &mut Write,
    permission: Permission,
    submission: SubmissionId,
) -> Result<(), Problem> {
    write
        .audit(
            permission.as_str(),
            format!("submission {submission}"),
            serde_json::json!({}),
        )
        .await?;
    Ok(())
}

/// Folds the log as it now stands and sets aside what does not fit.
async fn refold(
    state: &AppState,
    write: &mut Write,
    submission: SubmissionId,
) -> Result<(Folded, Continued), Problem> {
    let input = write.fold_input(submission).await?;
    let (folded, fold) = state.folder.fold_on(&input)?;
    if !folded.refused.is_empty() {
        write.set_aside(submission, &folded.refused).await?;
    }
    Ok((folded, fold))
}

/// A submission that the caller may read; unknown and foreign look alike.
pub(in crate::http) async fn readable_place(
    state: &AppState,
    access: &Access,
    submission: SubmissionId,
) -> Result<SubmissionPlace, Problem> {
    let place = state
        .store
        .submission_place(access.municipality, submission)
        .await?
        .ok_or(Denied::NotFound)?;
    if readable(access, &place)
        || crate::http::assessment::expert::may_read(state, access, &place).await?
    {
        Ok(place)
    } else {
        Err(Problem::not_found())
    }
}

/// A submission that the caller may answer; unknown and foreign look alike.
pub(in crate::http) async fn writable_place(
    state: &AppState,
    access: &Access,
    submission: SubmissionId,
) -> Result<SubmissionPlace, Problem> {
    Ok(state
        .store
        .submission_place(access.municipality, submission)
        .await?
        .filter(|place| writable(access, Permission::SubmissionUpdate, place))
        .ok_or(Denied::NotFound)?)
}

/// Whoever writes reads. The municipality reads observers' sheets at any time, self-assessments and
/// experts' assessments once they are handed over: a draft is private.
fn readable(access: &Access, submission: &SubmissionPlace) -> bool {
    let is_municipal = access.beside_expert(Permission::SubmissionRead) == Ok(Reach::Municipality);
    if is_municipal && submission.observer != Some(access.person) {
        submission.campaign.is_none() || submission.state == SubmissionState::Submitted
    } else {
        writable(access, Permission::SubmissionRead, submission)
    }
}

/// A sheet is written by the observer it was given to, an expert's assessment by the expert, a
/// self-assessment by the school's people.
pub(in crate::http) fn writable(
    access: &Access,
    permission: Permission,
    submission: &SubmissionPlace,
) -> bool {
    match submission.observer {
        Some(observer) => {
            observer == access.person
                && access
                    .require(permission)
                    .is_ok_and(|reach| reach.covers(submission.place))
        }
        // An expert's role alone reaches nobody's self-assessment.
        None => access
            .beside_expert(permission)
            .is_ok_and(|reach| reach.covers(submission.place)),
    }
}

/// A batch is of one device and this submission; anything else would make the receipt meaningless.
fn check_batch(submission: SubmissionId, operations: &[Operation]) -> Result<&Operation, Problem> {
    let Some(first) = operations.first() else {
        return Err(batch(
            "operations.empty",
            "Запрос не содержит ни одного ответа.",
            "The request holds no operation.",
        ));
    };
    if operations.len() > MAX_OPERATIONS {
        return Err(batch(
            "operations.too_many",
            "В одном запросе не больше 1000 ответов. Отправьте их частями.",
            "One request holds at most 1000 operations. Send them in parts.",
        ));
    }
    let alike = operations.iter().all(|operation| {
        operation.device == first.device && operation.submission.0 == submission.0
    });
    if !alike {
        return Err(batch(
            "operations.mixed",
            "В одном запросе должны быть ответы одного устройства и одной формы.",
            "One request holds operations of one device and one submission.",
        ));
    }
    if operations.iter().any(|operation| operation.sequence == 0) {
        return Err(batch(
            "operations.sequence",
            "Номера ответов начинаются с 1.",
            "Sequences of operations begin at 1.",
        ));
    }
    Ok(first)
}

fn batch(code: &str, ru: &str, en: &str) -> Problem {
    Problem::invalid("operations", code, Text::new(ru, en))
}

/// The server revision the device had seen.
fn base(operations: &[Operation]) -> u64 {
    operations
        .iter()
        .map(|operation| operation.base_revision)
        .max()
        .unwrap_or(0)
}

fn incomplete(open: &[String]) -> Problem {
    let mut problem = Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "submission.incomplete",
        format!(
            "Без ответа осталось обязательных вопросов: {}. Ответьте на них или укажите причину, почему отправляете без них.",
            open.len()
        ),
        format!(
            "Required questions without an answer: {}. Answer them or give the reason why you submit without.",
            open.len()
        ),
    );
    for field in open {
        problem = problem.with_field(
            field,
            "submission.required",
            Text::new("Нужен ответ.", "An answer is needed."),
        );
    }
    problem
}
