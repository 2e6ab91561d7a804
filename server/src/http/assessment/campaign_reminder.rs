//! `/api/v1/campaigns/{campaign}/reminders`: schools that have not handed over are reminded.

use std::collections::HashMap;

use api::assessment::campaign::{Campaign, CampaignProgress, CampaignStepKind, RemindSchools};
use api::id::{CampaignId, OrganisationId};
use api::paths;
use axum::extract::State;
use uuid::Uuid;

use super::campaign::{begun, one};
use crate::auth::{Access, Permission, Reach};
use crate::http::extract::{Json, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::store::NewStep;

/// Milliseconds in which a school is reminded once, however often the button is pressed.
const ONCE_MS: i64 = 12 * 3_600_000;

/// Reminds schools: the task stands first on the home page of the team and its head. Schools that have handed over,
/// take no part or were reminded a few hours ago are left alone.
#[utoipa::path(post, path = paths::CAMPAIGN_REMINDERS, tag = "campaigns",
    params(("campaign" = CampaignId, Path)), request_body = RemindSchools,
    responses((status = 200, body = Campaign), (status = 409, body = api::problem::Problem)))]
pub async fn create(
    State(state): State<AppState>,
    access: Access,
    Path(campaign): Path<CampaignId>,
    Json(remind): Json<RemindSchools>,
) -> Result<Json<Campaign>, Problem> {
    access.require_municipality(Permission::CampaignUpdate)?;
    let municipality = access.municipality;
    let whole = one(&state, municipality, &Reach::Municipality, campaign).await?;
    begun(&state, municipality, &whole.opens).await?;
    let now_ms = state.now_ms();
    let asked: HashMap<OrganisationId, Uuid> = remind
        .steps
        .iter()
        .map(|step| (step.organisation, step.id))
        .collect();
    let mut reminded = Vec::new();
    let mut write = state.store.write(access.author(), now_ms).await?;
    for school in &whole.schools {
        let is_open = !matches!(
            school.progress,
            CampaignProgress::Submitted | CampaignProgress::Approved
        );
        let is_fresh = school.last_step.as_ref().is_some_and(|step| {
            step.kind == CampaignStepKind::Reminded && now_ms - step.at_ms < ONCE_MS
        });
        let Some(id) = asked
            .get(&school.organisation)
            .filter(|_| is_open && !is_fresh)
        else {
            continue;
        };
        let is_new = write
            .add_step(&NewStep {
                id: *id,
                campaign,
                organisation: school.organisation,
                submission: school.submission,
                kind: CampaignStepKind::Reminded,
                name: None,
                reason: None,
                until: None,
                state: None,
                is_late: false,
            })
            .await?;
        if is_new {
            reminded.push(school.organisation);
        }
    }
    if !reminded.is_empty() {
        write
            .audit(
                Permission::CampaignUpdate.as_str(),
                format!("campaign {campaign}"),
                serde_json::json!({ "reminded": reminded }),
            )
            .await?;
    }
    write.commit().await?;
    Ok(Json(
        one(&state, municipality, &Reach::Municipality, campaign).await?,
    ))
}
