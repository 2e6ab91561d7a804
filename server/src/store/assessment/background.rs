//! What is stored beside a self-assessment: earlier ones of the school, and its cells of a run.

use std::collections::HashMap;

use api::forms::submission::ScoreSheet;
use api::id::{CampaignId, MunicipalityId, OrganisationId, RunId, SubmissionId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::store::entity::forms::submission;
use crate::store::entity::results::objectivity_cell;
use crate::store::forms::submission::{last_score, previous_score};
use crate::store::results::run::inflate;
use crate::store::{FoldInput, Store, StoreError};

impl Store {
    /// The school's last submission by the same form that was handed over before this one was opened.
    /// For an expert's assessment there is none: it begins without the school's words.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn earlier_submission(
        &self,
        municipality: MunicipalityId,
        id: SubmissionId,
    ) -> Result<Option<(SubmissionId, CampaignId)>, StoreError> {
        let Some(row) = submission::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?
        else {
            return Ok(None);
        };
        Ok(crate::store::forms::submission::earlier(&self.reader, &row)
            .await?
            .and_then(|earlier| Some((SubmissionId(earlier.id), CampaignId(earlier.campaign_id?)))))
    }

    /// What a fold of this submission needs, read outside of a change.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn fold_input(
        &self,
        municipality: MunicipalityId,
        id: SubmissionId,
    ) -> Result<FoldInput, StoreError> {
        crate::store::forms::submission::fold_input(
            &self.reader,
            &self.form_documents,
            municipality.0,
            id,
        )
        .await
    }

    /// A school's cells of a run in its newest year.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn school_cells(
        &self,
        municipality: MunicipalityId,
        run: RunId,
        organisation: OrganisationId,
    ) -> Result<Option<(i32, Vec<objectivity::cell::Cell>)>, StoreError> {
        use objectivity_cell::Column as C;
        let rows = objectivity_cell::Entity::find()
            .filter(C::MunicipalityId.eq(municipality.0))
            .filter(C::RunId.eq(run.0))
            .filter(C::OrganisationId.eq(organisation.0))
            .order_by_desc(C::Year)
            .all(&self.reader)
            .await?;
        let Some(year) = rows.first().map(|row| row.year) else {
            return Ok(None);
        };
        let cells = rows
            .iter()
            .take_while(|row| row.year == year)
            .map(|row| inflate(&row.detail))
            .collect::<Result<_, _>>()?;
        Ok(Some((year, cells)))
    }

    /// Scores of the handed-over submissions of a campaign by school, with those of the time before.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn campaign_scores(
        &self,
        municipality: MunicipalityId,
        campaign: CampaignId,
    ) -> Result<HashMap<OrganisationId, (ScoreSheet, Option<ScoreSheet>)>, StoreError> {
        let rows = submission::Entity::find()
            .filter(submission::Column::MunicipalityId.eq(municipality.0))
            .filter(submission::Column::CampaignId.eq(campaign.0))
            .filter(submission::Column::SubmittedMs.is_not_null())
            .all(&self.reader)
            .await?;
        let mut scores = HashMap::new();
        for row in rows {
            let Some(now) = last_score(&self.reader, municipality.0, row.id).await? else {
                continue;
            };
            let before = previous_score(&self.reader, &row).await?;
            scores.insert(OrganisationId(row.organisation_id), (now, before));
        }
        Ok(scores)
    }
}
