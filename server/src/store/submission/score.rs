//! Stored results of submissions.

use api::id::SubmissionId;
use api::submission::ScoreSheet;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::store::entity::{submission, submission_score};
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
pub(super) async fn last_score(
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
pub(super) async fn previous_score(
    connection: &impl ConnectionTrait,
    row: &submission::Model,
) -> Result<Option<ScoreSheet>, StoreError> {
    if row.campaign_id.is_none() {
        return Ok(None);
    }
    let earlier = submission::Entity::find()
        .filter(submission::Column::MunicipalityId.eq(row.municipality_id))
        .filter(submission::Column::OrganisationId.eq(row.organisation_id))
        .filter(submission::Column::FormId.eq(row.form_id.clone()))
        .filter(submission::Column::CampaignId.is_not_null())
        .filter(submission::Column::SubmittedMs.lt(row.opened_ms))
        .filter(submission::Column::Id.ne(row.id))
        .order_by_desc(submission::Column::SubmittedMs)
        .one(connection)
        .await?;
    match earlier {
        Some(earlier) => last_score(connection, row.municipality_id, earlier.id).await,
        None => Ok(None),
    }
}
