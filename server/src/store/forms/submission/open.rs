//! Opening submissions.

use std::collections::BTreeMap;

use api::forms::submission::{OpenSubmission, SubmissionState, SubmissionSubject};
use api::id::{EventId, MunicipalityId, OrganisationId, PersonId, SubmissionId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::auth::Place;
use crate::import::subject;
use crate::store::entity::assessment::{campaign, campaign_school};
use crate::store::entity::forms::submission;
use crate::store::entity::procedures::{assignment, event};
use crate::store::entity::registry::organisation;
use crate::store::name::name_of;
use crate::store::{Store, StoreError, Write};

/// The subject of a submission to be opened: where it lies, whose it is, and what the row takes from it. All of it
/// stands before anybody may open, so it is read before the turn to write.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Where it lies.
    pub place: Place,
    /// The person whose sheet it is, for an assignment and for an expert's assessment.
    pub observer: Option<PersonId>,
    /// First day of a campaign, `YYYY-MM-DD`.
    pub opens: Option<String>,
    assignment: Option<Uuid>,
    campaign: Option<Uuid>,
    /// Id and version.
    form: (String, String),
    prefill: BTreeMap<String, String>,
}

impl Store {
    /// The subject of a submission to be opened; none when there is no such subject or it has no form.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn opening(
        &self,
        municipality: MunicipalityId,
        subject: &SubmissionSubject,
    ) -> Result<Option<Opening>, StoreError> {
        let Some(mut opening) = opening(&self.reader, municipality.0, subject).await? else {
            return Ok(None);
        };
        if let SubmissionSubject::Campaign {
            campaign,
            organisation,
        } = subject
        {
            opening.observer = self
                .expert_to_open(municipality, *campaign, *organisation)
                .await?;
        }
        Ok(Some(opening))
    }
}

impl Write {
    /// The subject of a submission to be opened, also one made in this change; without the expert it is given to.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn opening(
        &self,
        subject: &SubmissionSubject,
    ) -> Result<Option<Opening>, StoreError> {
        opening(&self.transaction, self.municipality, subject).await
    }

    /// Opens a submission; when the subject has one, that one is left as it is. The caller has checked
    /// the subject.
    ///
    /// # Errors
    /// `Duplicate` when the id is in use for another subject, `Dangling` for an unknown subject.
    pub async fn open_submission(
        &mut self,
        new: &OpenSubmission,
        opening: Opening,
    ) -> Result<(SubmissionId, bool), StoreError> {
        if let Some(known) = of_subject(&self.transaction, self.municipality, &new.subject).await? {
            return Ok((SubmissionId(known.id), false));
        }
        let Opening {
            place,
            assignment,
            campaign,
            form,
            prefill,
            ..
        } = opening;
        self.begin_log(submission::Model {
            municipality_id: self.municipality,
            id: new.id.0,
            assignment_id: assignment,
            event_id: place.event.map(|event| event.0),
            campaign_id: campaign,
            organisation_id: place.organisation.0,
            form_id: form.0,
            form_version: form.1,
            state: name_of(&SubmissionState::Draft)?,
            revision: 0,
            prefill: serde_json::to_string(&prefill)?,
            opened_by: self.person.unwrap_or_default(),
            opened_ms: self.now_ms,
            changed_ms: self.now_ms,
            submitted_ms: None,
            submitted_by: None,
            incomplete_reason: None,
            answered: 0,
            answerable: 0,
            critical_items: "[]".to_owned(),
            critical: 0,
            overall: None,
        });
        Ok((new.id, true))
    }
}

async fn opening(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    subject: &SubmissionSubject,
) -> Result<Option<Opening>, StoreError> {
    let mut opening = match subject {
        SubmissionSubject::Assignment { assignment: id } => {
            let Some(part) = assignment::Entity::find_by_id((municipality, id.0))
                .one(connection)
                .await?
            else {
                return Ok(None);
            };
            let Some(form) = part.form_id.zip(part.form_version) else {
                return Ok(None);
            };
            let Some(event) = event::Entity::find_by_id((municipality, part.event_id))
                .one(connection)
                .await?
            else {
                return Ok(None);
            };
            Opening {
                place: Place::event(OrganisationId(event.organisation_id), EventId(event.id)),
                observer: Some(PersonId(part.person_id)),
                opens: None,
                assignment: Some(part.id),
                campaign: None,
                form,
                prefill: of_event(event),
            }
        }
        SubmissionSubject::Campaign {
            campaign: id,
            organisation,
        } => {
            let key = (municipality, id.0, organisation.0);
            let takes_part = campaign_school::Entity::find_by_id(key)
                .one(connection)
                .await?
                .is_some();
            let campaign = campaign::Entity::find_by_id((municipality, id.0))
                .one(connection)
                .await?;
            let Some(campaign) = campaign.filter(|_| takes_part) else {
                return Ok(None);
            };
            Opening {
                place: Place::organisation(*organisation),
                observer: None,
                opens: Some(campaign.opens),
                assignment: None,
                campaign: Some(campaign.id),
                form: (campaign.form_id, campaign.form_version),
                prefill: BTreeMap::new(),
            }
        }
    };
    let school = opening.place.organisation;
    if let Some(school) = organisation::Entity::find_by_id((municipality, school.0))
        .one(connection)
        .await?
    {
        let prefill = &mut opening.prefill;
        prefill.insert("organisation.name".to_owned(), school.name);
        prefill.insert("organisation.code".to_owned(), school.code);
        prefill.insert("organisation.pupils".to_owned(), school.pupils.to_string());
    }
    Ok(Some(opening))
}

fn of_event(event: event::Model) -> BTreeMap<String, String> {
    [
        ("class", format!("{}{}", event.grade, event.class)),
        ("subject", subject::name(&event.subject).ru),
        ("duration_minutes", event.duration_minutes.to_string()),
        ("date", event.date),
        ("start", event.start),
        ("room", event.room),
    ]
    .map(|(name, value)| (format!("event.{name}"), value))
    .into()
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
