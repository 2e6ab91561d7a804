//! Opening submissions.

use std::collections::BTreeMap;

use api::id::SubmissionId;
use api::submission::{OpenSubmission, SubmissionState, SubmissionSubject};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
};
use uuid::Uuid;

use crate::import::subject;
use crate::store::entity::{assignment, campaign, event, organisation, submission};
use crate::store::name::name_of;
use crate::store::{StoreError, Write};

impl Write {
    /// Opens a submission; when the subject has one, that one is left as it is. The caller has checked
    /// the subject.
    ///
    /// # Errors
    /// `Duplicate` when the id is in use for another subject, `Dangling` for an unknown subject.
    pub async fn open_submission(
        &mut self,
        new: &OpenSubmission,
    ) -> Result<(SubmissionId, bool), StoreError> {
        if let Some(known) = of_subject(&self.transaction, self.municipality, &new.subject).await? {
            return Ok((SubmissionId(known.id), false));
        }
        let missing = || StoreError::Meaning("the subject of the submission is gone".into());
        let connection = &self.transaction;
        let mut prefill = BTreeMap::new();
        let (assignment_id, event_id, campaign_id, organisation_id, form) = match &new.subject {
            SubmissionSubject::Assignment { assignment: id } => {
                let part = assignment::Entity::find_by_id((self.municipality, id.0))
                    .one(connection)
                    .await?
                    .ok_or_else(missing)?;
                let event = event::Entity::find_by_id((self.municipality, part.event_id))
                    .one(connection)
                    .await?
                    .ok_or_else(missing)?;
                prefill.insert("event.date".to_owned(), event.date.clone());
                prefill.insert("event.start".to_owned(), event.start.clone());
                prefill.insert("event.room".to_owned(), event.room.clone());
                prefill.insert(
                    "event.class".to_owned(),
                    format!("{}{}", event.grade, event.class),
                );
                prefill.insert("event.subject".to_owned(), subject::name(&event.subject).ru);
                prefill.insert(
                    "event.duration_minutes".to_owned(),
                    event.duration_minutes.to_string(),
                );
                let form = part.form_id.zip(part.form_version).ok_or_else(missing)?;
                (
                    Some(part.id),
                    Some(event.id),
                    None,
                    event.organisation_id,
                    form,
                )
            }
            SubmissionSubject::Campaign {
                campaign: id,
                organisation,
            } => {
                let campaign = campaign::Entity::find_by_id((self.municipality, id.0))
                    .one(connection)
                    .await?
                    .ok_or_else(missing)?;
                (
                    None,
                    None,
                    Some(campaign.id),
                    organisation.0,
                    (campaign.form_id, campaign.form_version),
                )
            }
        };
        if let Some(school) = organisation::Entity::find_by_id((self.municipality, organisation_id))
            .one(connection)
            .await?
        {
            prefill.insert("organisation.name".to_owned(), school.name);
            prefill.insert("organisation.code".to_owned(), school.code);
            prefill.insert("organisation.pupils".to_owned(), school.pupils.to_string());
        }
        submission::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            assignment_id: Set(assignment_id),
            event_id: Set(event_id),
            campaign_id: Set(campaign_id),
            organisation_id: Set(organisation_id),
            form_id: Set(form.0),
            form_version: Set(form.1),
            state: Set(name_of(&SubmissionState::Draft)?),
            revision: Set(0),
            prefill: Set(serde_json::to_string(&prefill)?),
            opened_by: Set(self.person.unwrap_or_default()),
            opened_ms: Set(self.now_ms),
            changed_ms: Set(self.now_ms),
            submitted_ms: Set(None),
            submitted_by: Set(None),
            incomplete_reason: Set(None),
            answered: Set(0),
            answerable: Set(0),
            critical_items: Set("[]".to_owned()),
            critical: Set(0),
            overall: Set(None),
        }
        .insert(connection)
        .await?;
        Ok((new.id, true))
    }
}

async fn of_subject(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    subject: &SubmissionSubject,
) -> Result<Option<submission::Model>, StoreError> {
    let query =
        submission::Entity::find().filter(submission::Column::MunicipalityId.eq(municipality));
    let query = match subject {
        SubmissionSubject::Assignment { assignment } => {
            query.filter(submission::Column::AssignmentId.eq(assignment.0))
        }
        SubmissionSubject::Campaign {
            campaign,
            organisation,
        } => query
            .filter(submission::Column::CampaignId.eq(campaign.0))
            .filter(submission::Column::OrganisationId.eq(organisation.0)),
    };
    Ok(query.one(connection).await?)
}
