//! `/api/v1/campaigns`: campaigns of self-assessment.

use api::assessment::campaign::{
    Campaign, CampaignProgress, CampaignSchool, CampaignStepKind, Extend, GiveBack, MAX_REASON,
    MAX_REMINDERS, NewCampaign, PutCampaign,
};
use api::id::{CampaignId, MunicipalityId, OrganisationId};
use api::paths;
use api::text::Text;
use axum::extract::State;
use axum::http::StatusCode;
use time::{Date, OffsetDateTime, UtcOffset};
use uuid::Uuid;

use crate::auth::{Access, Permission, Place, Reach};
use crate::clock::dotted;
use crate::http::check;
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::store::NewStep;

/// Campaigns with the schools in the caller's scope, newest first.
#[utoipa::path(get, path = paths::CAMPAIGNS, tag = "campaigns",
    responses((status = 200, body = Vec<Campaign>)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Vec<Campaign>>, Problem> {
    let reach = access.require(Permission::CampaignRead)?;
    Ok(Json(
        state
            .store
            .campaigns(access.municipality, &reach, None)
            .await?,
    ))
}

/// One campaign with the state of every school in the caller's scope.
#[utoipa::path(get, path = paths::CAMPAIGN, tag = "campaigns",
    params(("campaign" = CampaignId, Path)),
    responses((status = 200, body = Campaign)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(campaign): Path<CampaignId>,
) -> Result<Json<Campaign>, Problem> {
    let reach = access.require(Permission::CampaignRead)?;
    Ok(Json(
        one(&state, access.municipality, &reach, campaign).await?,
    ))
}

/// Announces a campaign. Repeated with the same id, nothing changes.
#[utoipa::path(post, path = paths::CAMPAIGNS, tag = "campaigns", request_body = NewCampaign,
    responses((status = 200, body = Campaign), (status = 422, body = api::problem::Problem)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Json(new): Json<NewCampaign>,
) -> Result<Json<Campaign>, Problem> {
    access.require_municipality(Permission::CampaignCreate)?;
    let municipality = access.municipality;
    let known = state
        .store
        .campaigns(municipality, &Reach::Municipality, Some(new.id))
        .await?
        .pop();
    if let Some(known) = known {
        return Ok(Json(known));
    }
    checked(&new.campaign)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write
        .plan_campaign(new.id, &new.campaign, CampaignId(Uuid::now_v7()))
        .await?;
    write
        .audit(
            Permission::CampaignCreate.as_str(),
            format!("campaign {}", new.id),
            serde_json::json!({ "schools": new.campaign.schools.len() }),
        )
        .await?;
    write.commit().await?;
    Ok(Json(
        one(&state, municipality, &Reach::Municipality, new.id).await?,
    ))
}

/// Changes a campaign before it begins.
#[utoipa::path(put, path = paths::CAMPAIGN, tag = "campaigns",
    params(("campaign" = CampaignId, Path)), request_body = PutCampaign,
    responses((status = 200, body = Campaign), (status = 409, body = api::problem::Problem)))]
pub async fn update(
    State(state): State<AppState>,
    access: Access,
    Path(campaign): Path<CampaignId>,
    Json(put): Json<PutCampaign>,
) -> Result<Json<Campaign>, Problem> {
    access.require_municipality(Permission::CampaignUpdate)?;
    let municipality = access.municipality;
    let before = one(&state, municipality, &Reach::Municipality, campaign).await?;
    if before.opens <= today(&state, municipality).await? {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "campaign.begun",
            "Кампания уже началась: изменить её нельзя. Дайте отдельным школам больше времени или объявите новую кампанию.",
            "The campaign has begun and cannot be changed. Give single schools more time, or announce a new campaign.",
        ));
    }
    checked(&put)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    write
        .plan_campaign(campaign, &put, CampaignId(Uuid::now_v7()))
        .await?;
    write
        .audit(
            Permission::CampaignUpdate.as_str(),
            format!("campaign {campaign}"),
            serde_json::json!({ "schools": put.schools.len() }),
        )
        .await?;
    write.commit().await?;
    Ok(Json(
        one(&state, municipality, &Reach::Municipality, campaign).await?,
    ))
}

/// Gives a handed-over or approved self-assessment back to the school's team, with a reason it reads.
#[utoipa::path(post, path = paths::CAMPAIGN_RETURN, tag = "campaigns",
    params(("campaign" = CampaignId, Path), ("organisation" = OrganisationId, Path)),
    request_body = GiveBack,
    responses((status = 200, body = Campaign), (status = 409, body = api::problem::Problem)))]
pub async fn give_back(
    State(state): State<AppState>,
    access: Access,
    Path((campaign, organisation)): Path<(CampaignId, OrganisationId)>,
    Json(back): Json<GiveBack>,
) -> Result<Json<Campaign>, Problem> {
    access.require_municipality(Permission::CampaignUpdate)?;
    let school = school(&state, access.municipality, campaign, organisation).await?;
    let reason = check::words("reason", &back.reason, MAX_REASON)?;
    let submission = school.submission.filter(|_| {
        matches!(
            school.progress,
            CampaignProgress::Submitted | CampaignProgress::Approved
        )
    });
    let is_repeated = school.last_step.is_some_and(|step| step.id == back.id);
    if let Some(submission) = submission {
        let mut write = state.store.write(access.author(), state.now_ms()).await?;
        let is_new = write
            .add_step(&NewStep {
                id: back.id,
                campaign,
                organisation,
                submission: Some(submission),
                kind: CampaignStepKind::Returned,
                name: None,
                reason: Some(reason),
                until: None,
                state: None,
                is_late: false,
            })
            .await?;
        if is_new {
            write.reopen_submission(submission).await?;
            write
                .audit(
                    Permission::CampaignUpdate.as_str(),
                    format!("submission {submission}"),
                    serde_json::json!({ "step": back.id, "returned": true }),
                )
                .await?;
        }
        write.commit().await?;
    } else if !is_repeated {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "campaign.not_handed_over",
            "Школа ещё заполняет самооценку: возвращать нечего.",
            "The school is still filling in: there is nothing to give back.",
        ));
    }
    Ok(Json(
        one(&state, access.municipality, &Reach::Municipality, campaign).await?,
    ))
}

/// Gives a school more time, also after the campaign has closed.
#[utoipa::path(post, path = paths::CAMPAIGN_EXTENSION, tag = "campaigns",
    params(("campaign" = CampaignId, Path), ("organisation" = OrganisationId, Path)),
    request_body = Extend,
    responses((status = 200, body = Campaign), (status = 422, body = api::problem::Problem)))]
pub async fn extend(
    State(state): State<AppState>,
    access: Access,
    Path((campaign, organisation)): Path<(CampaignId, OrganisationId)>,
    Json(extend): Json<Extend>,
) -> Result<Json<Campaign>, Problem> {
    access.require_municipality(Permission::CampaignUpdate)?;
    let before = one(&state, access.municipality, &Reach::Municipality, campaign).await?;
    let school = school(&state, access.municipality, campaign, organisation).await?;
    check::date("until", &extend.until)?;
    let reason = check::words("reason", &extend.reason, MAX_REASON)?;
    if extend.until <= before.closes {
        return Err(Problem::invalid(
            "until",
            "campaign.not_later",
            Text::new(
                "Новый срок должен быть позже последнего дня кампании.",
                "The new date must be after the last day of the campaign.",
            ),
        ));
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let is_new = write
        .add_step(&NewStep {
            id: extend.id,
            campaign,
            organisation,
            submission: school.submission,
            kind: CampaignStepKind::Extended,
            name: None,
            reason: Some(reason),
            until: Some(extend.until.clone()),
            state: None,
            is_late: false,
        })
        .await?;
    if is_new {
        write
            .audit(
                Permission::CampaignUpdate.as_str(),
                format!("campaign {campaign}"),
                serde_json::json!({ "step": extend.id, "organisation": organisation, "until": extend.until }),
            )
            .await?;
    }
    write.commit().await?;
    Ok(Json(
        one(&state, access.municipality, &Reach::Municipality, campaign).await?,
    ))
}

/// One campaign within reach.
pub async fn one(
    state: &AppState,
    municipality: MunicipalityId,
    reach: &Reach,
    campaign: CampaignId,
) -> Result<Campaign, Problem> {
    state
        .store
        .campaigns(municipality, reach, Some(campaign))
        .await?
        .pop()
        .ok_or_else(Problem::not_found)
}

/// A school's place in a campaign.
pub async fn school(
    state: &AppState,
    municipality: MunicipalityId,
    campaign: CampaignId,
    organisation: OrganisationId,
) -> Result<CampaignSchool, Problem> {
    let mut schools = one(state, municipality, &Reach::Municipality, campaign)
        .await?
        .schools;
    schools.retain(|school| school.organisation == organisation);
    schools.pop().ok_or_else(Problem::not_found)
}

/// Does this campaign's school lie within reach? Unknown and foreign look alike.
pub fn in_reach(reach: &Reach, organisation: OrganisationId) -> Result<(), Problem> {
    Ok(reach.check(Place::organisation(organisation))?)
}

/// Has the first day of a campaign, `YYYY-MM-DD`, come?
///
/// # Errors
/// A conflict that names the day.
pub async fn begun(
    state: &AppState,
    municipality: MunicipalityId,
    opens: &str,
) -> Result<(), Problem> {
    if opens <= today(state, municipality).await?.as_str() {
        return Ok(());
    }
    let day = dotted(opens);
    Err(Problem::new(
        StatusCode::CONFLICT,
        "campaign.not_begun",
        format!("Кампания ещё не началась: заполнять можно с {day}."),
        format!("The campaign has not begun: it can be filled in from {day}."),
    ))
}

/// Today's date at the schools, `YYYY-MM-DD`.
pub async fn today(state: &AppState, municipality: MunicipalityId) -> Result<String, Problem> {
    let zone_minutes = state
        .store
        .municipalities()
        .await?
        .into_iter()
        .find(|other| other.id == municipality)
        .map_or(0, |own| own.zone_minutes);
    let date = day(state.now_ms(), zone_minutes)?;
    Ok(format!(
        "{:04}-{:02}-{:02}",
        date.year(),
        u8::from(date.month()),
        date.day()
    ))
}

fn day(at_ms: i64, zone_minutes: i32) -> Result<Date, anyhow::Error> {
    let offset = UtcOffset::from_whole_seconds(zone_minutes.saturating_mul(60))?;
    Ok(
        OffsetDateTime::from_unix_timestamp(at_ms.div_euclid(1_000))?
            .to_offset(offset)
            .date(),
    )
}

/// Longest title, characters.
const MAX_TITLE: usize = 300;

fn checked(put: &PutCampaign) -> Result<(), Problem> {
    check::words("title.ru", &put.title.ru, MAX_TITLE)?;
    check::words("title.en", &put.title.en, MAX_TITLE)?;
    check::date("opens", &put.opens)?;
    check::date("closes", &put.closes)?;
    check::ordered("closes", &[put.opens.clone(), put.closes.clone()])?;
    if put.schools.is_empty() {
        return Err(Problem::invalid(
            "schools",
            "campaign.no_schools",
            Text::new(
                "Отметьте хотя бы одну школу.",
                "Choose at least one school.",
            ),
        ));
    }
    if put.reminders.len() > MAX_REMINDERS {
        return Err(Problem::invalid(
            "reminders",
            "campaign.many_reminders",
            Text::new(
                format!("Напоминаний не больше {MAX_REMINDERS}. Уберите лишние."),
                format!("There are no more than {MAX_REMINDERS} reminders. Remove some."),
            ),
        ));
    }
    for reminder in &put.reminders {
        check::date("reminders", reminder)?;
        if *reminder < put.opens || *reminder > put.closes {
            return Err(Problem::invalid(
                "reminders",
                "campaign.reminder_outside",
                Text::new(
                    "Напоминание должно приходиться на дни кампании.",
                    "A reminder must fall on a day of the campaign.",
                ),
            ));
        }
    }
    Ok(())
}
