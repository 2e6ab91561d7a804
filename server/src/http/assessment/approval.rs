//! `/api/v1/submissions/…/approval`: the head reviews, signs and locks a self-assessment.

use api::assessment::approval::{AnswerAside, Approve, MAX_SIGNATURE, Standing};
use api::assessment::campaign::{
    Campaign, CampaignProgress, CampaignSchool, CampaignStepKind, GiveBack, MAX_REASON,
};
use api::id::{CampaignId, OrganisationId, SubmissionId};
use api::paths;
use axum::extract::State;
use axum::http::StatusCode;
use uuid::Uuid;

use super::campaign::{one, today};
use crate::auth::{Access, Denied, Permission, Place, Reach};
use crate::http::check;
use crate::http::extract::{Json, Path};
use crate::http::forms::submission::readable_place;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::rules::forms::answers::state_hash;
use crate::store::{NewStep, SubmissionPlace, Write};

/// Where a self-assessment stands: its steps, the hash to be signed, answers that came after the lock.
#[utoipa::path(get, path = paths::STANDING, tag = "approval",
    params(("submission" = SubmissionId, Path)),
    responses((status = 200, body = Standing)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(submission): Path<SubmissionId>,
) -> Result<Json<Standing>, Problem> {
    access.require(Permission::SubmissionRead)?;
    let place = readable_place(&state, &access, submission).await?;
    Ok(Json(standing(&state, &access, &place).await?))
}

/// Approves, signs and locks. What is signed is what the head has seen: its revision and hash are sent.
#[utoipa::path(post, path = paths::APPROVAL, tag = "approval",
    params(("submission" = SubmissionId, Path)), request_body = Approve,
    responses((status = 200, body = Standing), (status = 409, body = api::problem::Problem)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Path(submission): Path<SubmissionId>,
    Json(approve): Json<Approve>,
) -> Result<Json<Standing>, Problem> {
    let reach = access.require(Permission::ApprovalCreate)?;
    let place = own_place(&state, &access, &reach, submission).await?;
    let name = check::words("name", &approve.name, MAX_SIGNATURE)?;
    let now = standing(&state, &access, &place).await?;
    if now.steps.iter().any(|step| step.id == approve.id) {
        return Ok(Json(now));
    }
    if now.progress != CampaignProgress::Submitted {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "approval.not_handed_over",
            "Утвердить можно самооценку, которую команда передала. Обновите страницу: возможно, она уже утверждена или возвращена.",
            "Only a self-assessment that the team has handed over can be approved. Reload the page: it may be approved or given back already.",
        ));
    }
    let late_reason = match now.is_late {
        false => None,
        true => Some(check::words(
            "late_reason",
            approve.late_reason.as_deref().unwrap_or_default(),
            MAX_REASON,
        )?),
    };
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let input = write.fold_input(submission).await?;
    let hash = state_hash(&state.folder.replay(&input)?.0);
    let revision = write.submission(submission).await?.revision;
    if (revision, hash.as_str()) != (approve.revision, approve.state_hash.as_str()) {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "submission.changed",
            "Пока вы проверяли, в ответах что-то изменилось. Просмотрите их и подпишите ещё раз.",
            "While you were checking, answers changed. Look at them and sign again.",
        ));
    }
    let (campaign, organisation) = subject(&place)?;
    write
        .add_step(&NewStep {
            id: approve.id,
            campaign,
            organisation,
            submission: Some(submission),
            kind: CampaignStepKind::Approved,
            name: Some(name),
            is_late: late_reason.is_some(),
            reason: late_reason,
            until: None,
            state: Some((revision, hash.clone())),
        })
        .await?;
    write
        .audit(
            Permission::ApprovalCreate.as_str(),
            format!("submission {submission}"),
            serde_json::json!({
                "step": approve.id, "revision": revision, "hash": hash, "reading": approve.reading,
            }),
        )
        .await?;
    write.commit().await?;
    Ok(Json(standing(&state, &access, &place).await?))
}

/// Unlocks an approved self-assessment, or gives a handed-over one back to the team; the reason is shown.
#[utoipa::path(post, path = paths::UNLOCK, tag = "approval",
    params(("submission" = SubmissionId, Path)), request_body = GiveBack,
    responses((status = 200, body = Standing), (status = 409, body = api::problem::Problem)))]
pub async fn update(
    State(state): State<AppState>,
    access: Access,
    Path(submission): Path<SubmissionId>,
    Json(back): Json<GiveBack>,
) -> Result<Json<Standing>, Problem> {
    let reach = access.require(Permission::ApprovalUpdate)?;
    let place = own_place(&state, &access, &reach, submission).await?;
    let reason = check::words("reason", &back.reason, MAX_REASON)?;
    let now = standing(&state, &access, &place).await?;
    if now.steps.iter().any(|step| step.id == back.id) {
        return Ok(Json(now));
    }
    let kind = match now.progress {
        CampaignProgress::Approved => CampaignStepKind::Unlocked,
        CampaignProgress::Submitted => CampaignStepKind::Returned,
        _ => {
            return Err(Problem::new(
                StatusCode::CONFLICT,
                "approval.not_locked",
                "Команда ещё заполняет самооценку: открывать нечего.",
                "The team is still filling in: there is nothing to unlock.",
            ));
        }
    };
    let (campaign, organisation) = subject(&place)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write
        .add_step(&NewStep {
            id: back.id,
            campaign,
            organisation,
            submission: Some(submission),
            kind,
            name: None,
            reason: Some(reason),
            until: None,
            state: None,
            is_late: false,
        })
        .await?;
    write.reopen_submission(submission).await?;
    write
        .audit(
            Permission::ApprovalUpdate.as_str(),
            format!("submission {submission}"),
            serde_json::json!({ "step": back.id }),
        )
        .await?;
    write.commit().await?;
    Ok(Json(standing(&state, &access, &place).await?))
}

/// Notes that the team has handed over.
///
/// # Errors
/// Those of the database.
pub async fn hand_over(
    state: &AppState,
    write: &mut Write,
    access: &Access,
    place: &SubmissionPlace,
) -> Result<(), Problem> {
    let Some(campaign) = place.campaign.filter(|_| place.observer.is_none()) else {
        return Ok(());
    };
    let organisation = place.place.organisation;
    let (whole, school) = campaign_school(state, access, campaign, organisation).await?;
    let until = school.until.unwrap_or(whole.closes);
    write
        .add_step(&NewStep {
            id: Uuid::now_v7(),
            campaign,
            organisation,
            submission: Some(place.id),
            kind: CampaignStepKind::HandedOver,
            name: None,
            reason: None,
            until: None,
            state: None,
            is_late: today(state, access.municipality).await? > until,
        })
        .await?;
    Ok(())
}

async fn campaign_school(
    state: &AppState,
    access: &Access,
    campaign: CampaignId,
    organisation: OrganisationId,
) -> Result<(Campaign, CampaignSchool), Problem> {
    let mut whole = one(state, access.municipality, &Reach::Municipality, campaign).await?;
    let place = whole
        .schools
        .iter()
        .position(|school| school.organisation == organisation)
        .ok_or_else(Problem::not_found)?;
    let school = whole.schools.swap_remove(place);
    Ok((whole, school))
}

/// A school's self-assessment within the head's reach.
async fn own_place(
    state: &AppState,
    access: &Access,
    reach: &Reach,
    submission: SubmissionId,
) -> Result<SubmissionPlace, Problem> {
    let place = state
        .store
        .submission_place(access.municipality, submission)
        .await?
        .filter(|place| place.campaign.is_some() && place.observer.is_none())
        .ok_or(Denied::NotFound)?;
    reach.check(place.place)?;
    Ok(place)
}

fn subject(place: &SubmissionPlace) -> Result<(CampaignId, OrganisationId), Problem> {
    let campaign = place.campaign.ok_or_else(Problem::not_found)?;
    Ok((campaign, place.place.organisation))
}

async fn standing(
    state: &AppState,
    access: &Access,
    place: &SubmissionPlace,
) -> Result<Standing, Problem> {
    let municipality = access.municipality;
    let input = state.store.fold_input(municipality, place.id).await?;
    let (entry, _) = state.folder.replay(&input)?;
    let revision = state
        .store
        .submission(municipality, place.id)
        .await?
        .map_or(0, |submission| submission.revision);
    let organisation = place.place.organisation;
    let mut standing = Standing {
        progress: CampaignProgress::Draft,
        steps: Vec::new(),
        revision,
        state_hash: state_hash(&entry),
        until: String::new(),
        is_late: false,
        set_aside: aside(state, access, place.id).await?,
        may_approve: false,
    };
    // A sheet of an observer and an expert's assessment have neither steps nor a head.
    let Some(campaign) = place.campaign.filter(|_| place.observer.is_none()) else {
        if place.state == api::forms::submission::SubmissionState::Submitted {
            standing.progress = CampaignProgress::Submitted;
        }
        return Ok(standing);
    };
    let (whole, school) = campaign_school(state, access, campaign, organisation).await?;
    standing.progress = school.progress;
    standing.steps = state
        .store
        .campaign_steps(municipality, campaign, organisation)
        .await?;
    standing.until = school.until.unwrap_or(whole.closes);
    standing.is_late = today(state, municipality).await? > standing.until;
    standing.may_approve = access
        .require(Permission::ApprovalCreate)
        .is_ok_and(|reach| reach.covers(Place::organisation(organisation)));
    Ok(standing)
}

async fn aside(
    state: &AppState,
    access: &Access,
    submission: SubmissionId,
) -> Result<Vec<AnswerAside>, Problem> {
    Ok(state
        .store
        .locked_out(access.municipality, submission)
        .await?
        .into_iter()
        .map(|one| AnswerAside {
            operation: one.operation,
            path: one.change["path"].as_str().unwrap_or_default().to_owned(),
            value: one.change["edit"]["set"].as_str().map(str::to_owned),
            name: one.name,
            received_ms: one.received_ms,
        })
        .collect())
}
