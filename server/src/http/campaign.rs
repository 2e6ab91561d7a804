//! `/api/v1/campaigns`: campaigns of self-assessment.

use api::campaign::Campaign;
use api::id::CampaignId;
use api::paths;
use axum::extract::State;

use super::extract::{Json, Path};
use super::problem::Problem;
use super::state::AppState;
use crate::auth::{Access, Permission};

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
    state
        .store
        .campaigns(access.municipality, &reach, Some(campaign))
        .await?
        .pop()
        .map(Json)
        .ok_or_else(Problem::not_found)
}
