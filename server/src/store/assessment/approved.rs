//! Self-assessments that stand: a school's own sheets that its head approved. Never a draft, and never an expert's.

use std::collections::HashMap;

use api::assessment::campaign::CampaignProgress;
use api::forms::submission::ScoreSheet;
use api::id::{CampaignId, MunicipalityId, OrganisationId};
use api::text::Text;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::campaign_plan::{experts_campaigns, plans};
use super::campaign_step::{progress, steps_of};
use crate::store::entity::assessment::campaign;
use crate::store::entity::forms::{submission, submission_score};
use crate::store::name::document;
use crate::store::{Store, StoreError};

/// An approved self-assessment of a school.
#[derive(Clone, Debug, PartialEq)]
pub struct ApprovedScore {
    /// School.
    pub organisation: OrganisationId,
    /// Campaign.
    pub campaign: CampaignId,
    /// Title of the campaign.
    pub title: Text,
    /// Form, id and version.
    pub form: [String; 2],
    /// When the team handed it over.
    pub submitted_ms: i64,
    /// Its score.
    pub score: ScoreSheet,
}

impl Store {
    /// Approved self-assessments of the campaigns that opened in a year (in any year without one), of all schools or
    /// of one; by school, those of the newest campaign first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn approved_scores(
        &self,
        municipality: MunicipalityId,
        year: Option<i32>,
        only: Option<OrganisationId>,
    ) -> Result<Vec<ApprovedScore>, StoreError> {
        let mut query = campaign::Entity::find()
            .filter(campaign::Column::MunicipalityId.eq(municipality.0))
            .order_by_desc(campaign::Column::Opens)
            .order_by_desc(campaign::Column::Id);
        if let Some(year) = year {
            query = query.filter(campaign::Column::Opens.starts_with(format!("{year}-")));
        }
        let experts = experts_campaigns(&plans(&self.reader, municipality.0).await?);
        let mut campaigns = query.all(&self.reader).await?;
        campaigns.retain(|row| !experts.contains(&row.id));
        let mut sheets = submission::Entity::find()
            .filter(submission::Column::MunicipalityId.eq(municipality.0))
            .filter(
                submission::Column::CampaignId.is_in(campaigns.iter().map(|campaign| campaign.id)),
            )
            .filter(submission::Column::SubmittedMs.is_not_null())
            .order_by_asc(submission::Column::OrganisationId);
        if let Some(only) = only {
            sheets = sheets.filter(submission::Column::OrganisationId.eq(only.0));
        }
        let mut steps = steps_of(&self.reader, municipality.0, None).await?;
        let mut sheets = sheets.all(&self.reader).await?;
        sheets.retain(|row| {
            let steps = row
                .campaign_id
                .and_then(|campaign| steps.remove(&(campaign, row.organisation_id)))
                .unwrap_or_default();
            progress(Some(row), &steps) == CampaignProgress::Approved
        });
        let mut scores = self.last_scores(municipality, &sheets).await?;
        let rank = |id: Option<Uuid>| campaigns.iter().position(|row| Some(row.id) == id);
        sheets.sort_by_key(|row| (row.organisation_id, rank(row.campaign_id)));
        Ok(sheets
            .into_iter()
            .filter_map(|row| {
                let campaign = &campaigns[rank(row.campaign_id)?];
                Some(ApprovedScore {
                    organisation: OrganisationId(row.organisation_id),
                    campaign: CampaignId(campaign.id),
                    title: Text::new(campaign.title_ru.clone(), campaign.title_en.clone()),
                    form: [row.form_id, row.form_version],
                    submitted_ms: row.submitted_ms?,
                    score: scores.remove(&row.id)?,
                })
            })
            .collect())
    }

    /// The score stored last of each submission that has one.
    async fn last_scores(
        &self,
        municipality: MunicipalityId,
        sheets: &[submission::Model],
    ) -> Result<HashMap<Uuid, ScoreSheet>, StoreError> {
        let ids = sheets.iter().map(|row| row.id);
        submission_score::Entity::find()
            .filter(submission_score::Column::MunicipalityId.eq(municipality.0))
            .filter(submission_score::Column::SubmissionId.is_in(ids))
            // Later versions of a sheet replace earlier ones.
            .order_by_asc(submission_score::Column::Version)
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| Ok((row.submission_id, document::<ScoreSheet>(&row.sheet)?)))
            .collect()
    }
}
