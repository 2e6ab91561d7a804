//! Campaigns of self-assessment.

use std::collections::HashMap;

use api::assessment::campaign::{
    Campaign, CampaignSchool, CampaignStep, CampaignStepKind, SchoolExpert,
};
use api::id::{CampaignId, MunicipalityId, OrganisationId, SubmissionId};
use api::text::Text;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict,
};
use uuid::Uuid;

use super::campaign_plan::{experts_campaigns, plans};
use super::campaign_step::{progress, steps_of};
use crate::auth::{Place, Reach};
use crate::store::entity::assessment::{campaign, campaign_school};
use crate::store::entity::forms::submission;
use crate::store::registry::organisation::short_names;
use crate::store::{Store, StoreError, Write};

/// A campaign to be stored.
#[derive(Clone, Debug)]
pub struct NewCampaign {
    /// Id.
    pub id: CampaignId,
    /// Title.
    pub title: Text,
    /// Form, id and version.
    pub form: [String; 2],
    /// First date.
    pub opens: String,
    /// Last date.
    pub closes: String,
    /// Schools that take part.
    pub schools: Vec<OrganisationId>,
}

impl Store {
    /// Campaigns with the schools within reach, newest first; those without any such school are left
    /// out. `only` asks for one.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn campaigns(
        &self,
        municipality: MunicipalityId,
        reach: &Reach,
        only: Option<CampaignId>,
    ) -> Result<Vec<Campaign>, StoreError> {
        let mut query = campaign::Entity::find()
            .filter(campaign::Column::MunicipalityId.eq(municipality.0))
            .order_by_desc(campaign::Column::Opens)
            .order_by_asc(campaign::Column::Id);
        if let Some(only) = only {
            query = query.filter(campaign::Column::Id.eq(only.0));
        }
        let mut plans = plans(&self.reader, municipality.0).await?;
        let experts = experts_campaigns(&plans);
        let mut campaigns = query.all(&self.reader).await?;
        campaigns.retain(|row| !experts.contains(&row.id));
        let only = only.map(|only| (only.0, None));
        let mut steps = steps_of(&self.reader, municipality.0, only).await?;
        let mut assigned = self.assigned_experts(municipality).await?;
        let names = short_names(&self.reader, municipality.0).await?;
        let mut submissions: HashMap<(Uuid, Uuid), submission::Model> = submission::Entity::find()
            .filter(submission::Column::MunicipalityId.eq(municipality.0))
            .filter(submission::Column::CampaignId.is_not_null())
            .all(&self.reader)
            .await?
            .into_iter()
            .filter_map(|row| Some(((row.campaign_id?, row.organisation_id), row)))
            .collect();
        let mut schools: HashMap<Uuid, Vec<CampaignSchool>> = HashMap::new();
        for row in campaign_school::Entity::find()
            .filter(campaign_school::Column::MunicipalityId.eq(municipality.0))
            .all(&self.reader)
            .await?
        {
            let organisation = OrganisationId(row.organisation_id);
            if !reach.covers(Place::organisation(organisation)) {
                continue;
            }
            if experts.contains(&row.campaign_id) {
                continue;
            }
            let key = (row.campaign_id, row.organisation_id);
            let submission = submissions.remove(&key);
            let mut school = school(
                organisation,
                names.get(&row.organisation_id).cloned().unwrap_or_default(),
                submission,
                &steps.remove(&key).unwrap_or_default(),
            );
            let beside = plans
                .get(&row.campaign_id)
                .and_then(|plan| plan.expert_campaign);
            school.expert = assigned.remove(&key).map(|(person, name)| SchoolExpert {
                person,
                name,
                progress: progress(
                    beside.and_then(|experts| submissions.get(&(experts.0, row.organisation_id))),
                    &[],
                ),
            });
            schools.entry(row.campaign_id).or_default().push(school);
        }
        Ok(campaigns
            .into_iter()
            .filter_map(|row| {
                let mut own = schools.remove(&row.id);
                if own.is_none() && *reach != Reach::Municipality {
                    return None;
                }
                let mut schools = own.take().unwrap_or_default();
                schools.sort_by(|a, b| a.name.cmp(&b.name));
                Some(Campaign {
                    id: CampaignId(row.id),
                    title: Text::new(row.title_ru, row.title_en),
                    form: [row.form_id, row.form_version],
                    opens: row.opens,
                    closes: row.closes,
                    plan: plans.remove(&row.id).unwrap_or_default(),
                    schools,
                })
            })
            .collect())
    }
}

impl Write {
    /// Stores a campaign and adds its schools.
    ///
    /// # Errors
    /// `Dangling` for an unknown form or school.
    pub async fn put_campaign(&mut self, new: &NewCampaign) -> Result<(), StoreError> {
        use campaign::Column as C;
        campaign::Entity::insert(campaign::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            title_ru: Set(new.title.ru.clone()),
            title_en: Set(new.title.en.clone()),
            form_id: Set(new.form[0].clone()),
            form_version: Set(new.form[1].clone()),
            opens: Set(new.opens.clone()),
            closes: Set(new.closes.clone()),
        })
        .on_conflict(
            OnConflict::columns([C::MunicipalityId, C::Id])
                .update_columns([C::TitleRu, C::TitleEn, C::Opens, C::Closes])
                .to_owned(),
        )
        .exec_without_returning(&self.transaction)
        .await?;
        for school in &new.schools {
            let key = (self.municipality, new.id.0, school.0);
            if campaign_school::Entity::find_by_id(key)
                .one(&self.transaction)
                .await?
                .is_some()
            {
                continue;
            }
            campaign_school::Entity::insert(campaign_school::ActiveModel {
                municipality_id: Set(key.0),
                campaign_id: Set(key.1),
                organisation_id: Set(key.2),
            })
            .exec_without_returning(&self.transaction)
            .await?;
        }
        Ok(())
    }
}

fn school(
    organisation: OrganisationId,
    name: String,
    submission: Option<submission::Model>,
    steps: &[CampaignStep],
) -> CampaignSchool {
    let until = steps
        .iter()
        .rev()
        .find(|step| step.kind == CampaignStepKind::Extended)
        .and_then(|step| step.until.clone());
    CampaignSchool {
        organisation,
        name,
        progress: progress(submission.as_ref(), steps),
        answered: submission.as_ref().map_or([0, 0], |row| {
            [row.answered.unsigned_abs(), row.answerable.unsigned_abs()]
        }),
        submission: submission.as_ref().map(|row| SubmissionId(row.id)),
        changed_ms: submission.as_ref().map(|row| row.changed_ms),
        until,
        last_step: steps.last().cloned(),
        expert: None,
    }
}
