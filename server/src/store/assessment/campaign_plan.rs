//! Plans of campaigns: reminders, the experts' own campaign, and changing a campaign before it begins.

use std::collections::{BTreeSet, HashMap};

use api::assessment::campaign::{CampaignPlan, ExpertMode, PutCampaign};
use api::id::{CampaignId, MunicipalityId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::OnConflict,
};
use uuid::Uuid;

use super::campaign::NewCampaign;
use crate::store::entity::assessment::{campaign, campaign_plan, campaign_school};
use crate::store::name::{document, name_of, named};
use crate::store::{Store, StoreError, Write};

pub(in crate::store) fn plan(row: &campaign_plan::Model) -> Result<CampaignPlan, StoreError> {
    Ok(CampaignPlan {
        expert: named(&row.expert)?,
        expert_campaign: row.expert_campaign_id.map(CampaignId),
        reminders: document(&row.reminders)?,
    })
}

/// Plans by campaign.
pub(in crate::store) async fn plans(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
) -> Result<HashMap<Uuid, CampaignPlan>, StoreError> {
    campaign_plan::Entity::find()
        .filter(campaign_plan::Column::MunicipalityId.eq(municipality))
        .all(connection)
        .await?
        .iter()
        .map(|row| Ok((row.campaign_id, plan(row)?)))
        .collect()
}

/// The experts' campaigns: no school hands anything over in them.
pub(in crate::store) fn experts_campaigns(plans: &HashMap<Uuid, CampaignPlan>) -> BTreeSet<Uuid> {
    plans
        .values()
        .filter_map(|plan| plan.expert_campaign)
        .map(|campaign| campaign.0)
        .collect()
}

/// Is this an experts' campaign?
pub(in crate::store) async fn is_experts(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    campaign: Uuid,
) -> Result<bool, StoreError> {
    Ok(campaign_plan::Entity::find()
        .filter(campaign_plan::Column::MunicipalityId.eq(municipality))
        .filter(campaign_plan::Column::ExpertCampaignId.eq(campaign))
        .one(connection)
        .await?
        .is_some())
}

impl Store {
    /// The schools' campaign beside an experts' one.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn schools_campaign(
        &self,
        municipality: MunicipalityId,
        experts: CampaignId,
    ) -> Result<Option<CampaignId>, StoreError> {
        Ok(campaign_plan::Entity::find()
            .filter(campaign_plan::Column::MunicipalityId.eq(municipality.0))
            .filter(campaign_plan::Column::ExpertCampaignId.eq(experts.0))
            .one(&self.reader)
            .await?
            .map(|row| CampaignId(row.campaign_id)))
    }
}

impl Write {
    /// Stores a campaign with its plan, or changes one: then schools that are not named any more leave it.
    /// `experts` is the id of the experts' campaign, used when there is none yet.
    ///
    /// # Errors
    /// `Dangling` for an unknown form or school, or when a school that leaves has begun or has an expert.
    pub async fn plan_campaign(
        &mut self,
        id: CampaignId,
        put: &PutCampaign,
        experts: CampaignId,
    ) -> Result<(), StoreError> {
        let known = campaign_plan::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?;
        let mut new = NewCampaign {
            id,
            title: put.title.clone(),
            form: put.form.clone(),
            opens: put.opens.clone(),
            closes: put.closes.clone(),
            schools: put.schools.clone(),
        };
        self.put_campaign(&new).await?;
        let kept = put.schools.iter().map(|school| school.0);
        campaign_school::Entity::delete_many()
            .filter(campaign_school::Column::MunicipalityId.eq(self.municipality))
            .filter(campaign_school::Column::CampaignId.eq(id.0))
            .filter(campaign_school::Column::OrganisationId.is_not_in(kept))
            .exec(&self.transaction)
            .await?;
        let expert_campaign = match known.as_ref().and_then(|row| row.expert_campaign_id) {
            Some(known) => Some(CampaignId(known)),
            None => (put.expert != ExpertMode::None).then_some(experts),
        };
        if let Some(experts) = expert_campaign {
            new.id = experts;
            self.put_campaign(&new).await?;
        }
        // The form can be changed before the beginning only, for both campaigns alike.
        for campaign in [Some(id), expert_campaign].into_iter().flatten() {
            campaign::ActiveModel {
                municipality_id: Set(self.municipality),
                id: Set(campaign.0),
                form_id: Set(put.form[0].clone()),
                form_version: Set(put.form[1].clone()),
                ..Default::default()
            }
            .update(&self.transaction)
            .await?;
        }
        use campaign_plan::Column as C;
        campaign_plan::Entity::insert(campaign_plan::ActiveModel {
            municipality_id: Set(self.municipality),
            campaign_id: Set(id.0),
            expert: Set(name_of(&put.expert)?),
            expert_campaign_id: Set(expert_campaign.map(|id| id.0)),
            reminders: Set(serde_json::to_string(&put.reminders)?),
            created_by: Set(self.person),
            created_ms: Set(self.now_ms),
            changed_ms: Set(self.now_ms),
        })
        .on_conflict(
            OnConflict::columns([C::MunicipalityId, C::CampaignId])
                .update_columns([C::Expert, C::ExpertCampaignId, C::Reminders, C::ChangedMs])
                .to_owned(),
        )
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(())
    }
}
