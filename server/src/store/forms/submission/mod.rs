//! Filled forms as logs of operations.

mod heading;
mod kept;
mod log;
mod note;
mod open;
mod score;

use std::collections::{BTreeSet, HashMap};

use api::forms::submission::{
    Author as OperationAuthor, Submission, SubmissionLabel, SubmissionState, SubmissionSubject,
};
use api::id::{
    AssignmentId, CampaignId, EventId, MunicipalityId, OrganisationId, PersonId, SubmissionId,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use sync::{OperationId, Refusal};
use uuid::Uuid;

pub(in crate::store) use kept::KeptLogs;
pub use log::{FoldInput, Folded};
pub(in crate::store) use log::{FormDocuments, SubmissionLog, fold_input, held, travelling};
pub use open::Opening;
pub(in crate::store) use score::{earlier, last_score, previous_score};

use self::heading::Headings;
use crate::auth::Place;
use crate::store::access::person::names_of;
use crate::store::assessment::campaign_plan::{experts_campaigns, plans};
use crate::store::entity::forms::{operation, submission};
use crate::store::entity::procedures::assignment;
use crate::store::entity::registry::municipality;
use crate::store::name::{document, named};
use crate::store::{Store, StoreError};

/// What a submission is about, for deciding who may see and change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubmissionPlace {
    /// Id.
    pub id: SubmissionId,
    /// Where it lies.
    pub place: Place,
    /// The person whose sheet it is, for an assignment and for an expert's assessment.
    pub observer: Option<PersonId>,
    /// The campaign, for a school's self-assessment and an expert's assessment.
    pub campaign: Option<CampaignId>,
    /// Where it stands.
    pub state: SubmissionState,
}

impl Store {
    /// Where a submission lies, if it exists.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn submission_place(
        &self,
        municipality: MunicipalityId,
        id: SubmissionId,
    ) -> Result<Option<SubmissionPlace>, StoreError> {
        match submission::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?
        {
            Some(row) => place(&self.reader, &row).await.map(Some),
            None => Ok(None),
        }
    }

    /// A submission with its whole log.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn submission(
        &self,
        municipality: MunicipalityId,
        id: SubmissionId,
    ) -> Result<Option<Submission>, StoreError> {
        match submission::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?
        {
            Some(row) => {
                let rows = held(&self.reader, row.municipality_id, row.id).await?;
                whole(&self.reader, row, rows).await.map(Some)
            }
            None => Ok(None),
        }
    }

    /// Submissions for which `visible` says yes, last changed first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn submissions(
        &self,
        municipality: MunicipalityId,
        visible: impl Fn(&SubmissionPlace) -> bool,
    ) -> Result<Vec<SubmissionLabel>, StoreError> {
        let rows = submission::Entity::find()
            .filter(submission::Column::MunicipalityId.eq(municipality.0))
            .order_by_desc(submission::Column::ChangedMs)
            .order_by_asc(submission::Column::Id)
            .all(&self.reader)
            .await?;
        let observers: HashMap<Uuid, Uuid> = assignment::Entity::find()
            .filter(assignment::Column::MunicipalityId.eq(municipality.0))
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|part| (part.id, part.person_id))
            .collect();
        let experts = experts_campaigns(&plans(&self.reader, municipality.0).await?);
        let mut headings = Headings::default();
        let mut labels = Vec::new();
        for row in rows {
            let expert = row
                .campaign_id
                .filter(|campaign| experts.contains(campaign))
                .map(|_| row.opened_by);
            let observer = row
                .assignment_id
                .and_then(|id| observers.get(&id).copied())
                .or(expert)
                .map(PersonId);
            if !visible(&placed(&row, observer)?) {
                continue;
            }
            labels.push(SubmissionLabel {
                id: SubmissionId(row.id),
                form: [row.form_id.clone(), row.form_version.clone()],
                heading: headings.of(&self.reader, &row).await?,
                state: named(&row.state)?,
                submitted_ms: row.submitted_ms,
            });
        }
        Ok(labels)
    }
}

fn placed(
    row: &submission::Model,
    observer: Option<PersonId>,
) -> Result<SubmissionPlace, StoreError> {
    let organisation = OrganisationId(row.organisation_id);
    Ok(SubmissionPlace {
        id: SubmissionId(row.id),
        place: match row.event_id {
            Some(event) => Place::event(organisation, EventId(event)),
            None => Place::organisation(organisation),
        },
        observer,
        campaign: row.campaign_id.map(CampaignId),
        state: named(&row.state)?,
    })
}

async fn place(
    connection: &impl ConnectionTrait,
    row: &submission::Model,
) -> Result<SubmissionPlace, StoreError> {
    let observer = match row.assignment_id {
        Some(assignment) => assignment::Entity::find_by_id((row.municipality_id, assignment))
            .one(connection)
            .await?
            .map(|part| PersonId(part.person_id)),
        None => crate::store::assessment::expert::expert_of(connection, row).await?,
    };
    placed(row, observer)
}

async fn whole(
    connection: &impl ConnectionTrait,
    row: submission::Model,
    rows: Vec<operation::Model>,
) -> Result<Submission, StoreError> {
    let authors_of: BTreeSet<Uuid> = rows.iter().map(|row| row.person_id).collect();
    let people: HashMap<Uuid, String> = if authors_of.is_empty() {
        HashMap::new()
    } else {
        names_of(connection, row.municipality_id, authors_of).await?
    };
    let mut authors = Vec::<OperationAuthor>::new();
    for operation in &rows {
        let known = authors.iter().any(|author| {
            author.device == operation.device_id && author.person.0 == operation.person_id
        });
        if !known {
            authors.push(OperationAuthor {
                device: operation.device_id,
                person: PersonId(operation.person_id),
                name: people
                    .get(&operation.person_id)
                    .cloned()
                    .unwrap_or_default(),
            });
        }
    }
    let subject = match (row.assignment_id, row.campaign_id) {
        (Some(assignment), _) => SubmissionSubject::Assignment {
            assignment: AssignmentId(assignment),
        },
        (None, Some(campaign)) => SubmissionSubject::Campaign {
            campaign: CampaignId(campaign),
            organisation: OrganisationId(row.organisation_id),
        },
        (None, None) => return Err(StoreError::Meaning("a submission without subject".into())),
    };
    Ok(Submission {
        id: SubmissionId(row.id),
        subject,
        form: [row.form_id.clone(), row.form_version.clone()],
        state: named(&row.state)?,
        revision: row.revision.unsigned_abs(),
        heading: Headings::default().of(connection, &row).await?,
        prefill: document(&row.prefill)?,
        zone_minutes: municipality::Entity::find_by_id(row.municipality_id)
            .one(connection)
            .await?
            .and_then(|municipality| i16::try_from(municipality.zone_minutes).ok()),
        set_aside: rows
            .iter()
            .filter_map(|row| {
                Some(Refusal {
                    operation: OperationId(row.id),
                    code: row.set_aside.clone()?,
                })
            })
            .collect(),
        operations: rows.iter().map(travelling).collect::<Result<_, _>>()?,
        authors,
        submitted_ms: row.submitted_ms,
        // A self-assessment that was given back keeps its earlier result; a sheet has none before its first.
        score: if row.submitted_ms.is_some() || row.campaign_id.is_some() {
            last_score(connection, row.municipality_id, row.id).await?
        } else {
            None
        },
        previous: previous_score(connection, &row).await?,
    })
}
