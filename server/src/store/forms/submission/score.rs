//! Stored results of submissions.

use api::forms::submission::ScoreSheet;
use api::id::SubmissionId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::store::assessment::campaign_plan::{experts_campaigns, plans};
use crate::store::entity::forms::{submission, submission_score};
use crate::store::name::document;
use crate::store::{StoreError, Write};

impl Write {
    /// The result stored last, inside this change.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn last_score(&self, id: SubmissionId) -> Result<Option<ScoreSheet>, StoreError> {
        last_score(&self.transaction, self.municipality, id.0).await
    }
}

/// The result stored last.
pub(in crate::store) async fn last_score(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    submission: Uuid,
) -> Result<Option<ScoreSheet>, StoreError> {
    submission_score::Entity::find()
        .filter(submission_score::Column::MunicipalityId.eq(municipality))
        .filter(submission_score::Column::SubmissionId.eq(submission))
        .order_by_desc(submission_score::Column::Version)
        .one(connection)
        .await?
        .map(|row| document(&row.sheet))
        .transpose()
}

/// The same school's last score by the same form in an earlier campaign.
pub(in crate::store) async fn previous_score(
    connection: &impl ConnectionTrait,
    row: &submission::Model,
) -> Result<Option<ScoreSheet>, StoreError> {
    match earlier(connection, row).await? {
        Some(earlier) => last_score(connection, row.municipality_id, earlier.id).await,
        None => Ok(None),
    }
}

/// The same school's last submission by the same form in an earlier campaign; none for an expert's, and
/// never an expert's.
pub(in crate::store) async fn earlier(
    connection: &impl ConnectionTrait,
    row: &submission::Model,
) -> Result<Option<submission::Model>, StoreError> {
    let Some(campaign) = row.campaign_id else {
        return Ok(None);
    };
    let experts = experts_campaigns(&plans(connection, row.municipality_id).await?);
    if experts.contains(&campaign) {
        return Ok(None);
    }
    Ok(submission::Entity::find()
        .filter(submission::Column::MunicipalityId.eq(row.municipality_id))
        .filter(submission::Column::OrganisationId.eq(row.organisation_id))
        .filter(submission::Column::FormId.eq(row.form_id.clone()))
        .filter(submission::Column::CampaignId.is_not_null())
        .filter(submission::Column::CampaignId.is_not_in(experts))
        .filter(submission::Column::SubmittedMs.lt(row.opened_ms))
        .filter(submission::Column::Id.ne(row.id))
        .order_by_desc(submission::Column::SubmittedMs)
        .one(connection)
        .await?)
}
