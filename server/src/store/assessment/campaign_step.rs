//! Steps of a school in a campaign: handed over, approved, given back, more time. Added, never changed.

use std::collections::HashMap;

use api::assessment::campaign::{CampaignProgress, CampaignStep, CampaignStepKind};
use api::forms::submission::SubmissionState;
use api::id::{CampaignId, MunicipalityId, OrganisationId, PersonId, SubmissionId};
use api::live::LiveChange;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::store::access::person::names_of;
use crate::store::entity::access::person;
use crate::store::entity::assessment::campaign_step;
use crate::store::entity::forms::{operation, submission};
use crate::store::name::{document, name_of, named};
use crate::store::{Store, StoreError, Write};

/// A step to be added.
#[derive(Clone, Debug)]
pub struct NewStep {
    /// Id made by the client.
    pub id: Uuid,
    /// Campaign.
    pub campaign: CampaignId,
    /// School.
    pub organisation: OrganisationId,
    /// Submission, once there is one.
    pub submission: Option<SubmissionId>,
    /// What happens.
    pub kind: CampaignStepKind,
    /// Name as signed; absent takes the person's name.
    pub name: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// New last date.
    pub until: Option<String>,
    /// Number of operations and hash of the answers.
    pub state: Option<(u64, String)>,
    /// Is it after the last date?
    pub is_late: bool,
}

/// A kept answer that does not count, because it came after the lock.
#[derive(Clone, Debug)]
pub struct AsideOperation {
    /// The operation.
    pub operation: Uuid,
    /// Its change.
    pub change: serde_json::Value,
    /// Who.
    pub name: String,
    /// When it was received.
    pub received_ms: i64,
}

/// Where a school stands, by its submission and its steps.
pub(in crate::store) fn progress(
    submission: Option<&submission::Model>,
    steps: &[CampaignStep],
) -> CampaignProgress {
    let decision = steps.iter().rev().find(|step| {
        !matches!(
            step.kind,
            CampaignStepKind::Extended | CampaignStepKind::HandedOver | CampaignStepKind::Reminded
        )
    });
    let given_back = decision.is_some_and(|step| step.kind != CampaignStepKind::Approved);
    match submission {
        None => CampaignProgress::NotStarted,
        Some(row) if row.submitted_ms.is_some() => match decision {
            Some(step) if step.kind == CampaignStepKind::Approved => CampaignProgress::Approved,
            _ => CampaignProgress::Submitted,
        },
        Some(_) if given_back => CampaignProgress::Returned,
        Some(row) if row.revision == 0 => CampaignProgress::NotStarted,
        Some(_) => CampaignProgress::Draft,
    }
}

pub(in crate::store) fn step(row: campaign_step::Model) -> Result<CampaignStep, StoreError> {
    Ok(CampaignStep {
        id: row.id,
        kind: named(&row.kind)?,
        at_ms: row.at_ms,
        person: row.person_id.map(PersonId),
        name: row.name,
        reason: row.reason,
        until: row.until,
        revision: row.revision.map(i64::unsigned_abs),
        state_hash: row.state_hash,
        is_late: row.late,
    })
}

/// Steps by campaign and school, each oldest first.
pub(in crate::store) async fn steps_of(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    only: Option<(Uuid, Option<Uuid>)>,
) -> Result<HashMap<(Uuid, Uuid), Vec<CampaignStep>>, StoreError> {
    let mut query = campaign_step::Entity::find()
        .filter(campaign_step::Column::MunicipalityId.eq(municipality))
        .order_by_asc(campaign_step::Column::Number);
    if let Some((campaign, organisation)) = only {
        query = query.filter(campaign_step::Column::CampaignId.eq(campaign));
        if let Some(organisation) = organisation {
            query = query.filter(campaign_step::Column::OrganisationId.eq(organisation));
        }
    }
    let mut steps: HashMap<(Uuid, Uuid), Vec<CampaignStep>> = HashMap::new();
    for row in query.all(connection).await? {
        steps
            .entry((row.campaign_id, row.organisation_id))
            .or_default()
            .push(step(row)?);
    }
    Ok(steps)
}

impl Store {
    /// Steps of a school in a campaign, oldest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn campaign_steps(
        &self,
        municipality: MunicipalityId,
        campaign: CampaignId,
        organisation: OrganisationId,
    ) -> Result<Vec<CampaignStep>, StoreError> {
        let only = Some((campaign.0, Some(organisation.0)));
        let mut steps = steps_of(&self.reader, municipality.0, only).await?;
        Ok(steps
            .remove(&(campaign.0, organisation.0))
            .unwrap_or_default())
    }

    /// Answers that came after the lock, in the order received.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn locked_out(
        &self,
        municipality: MunicipalityId,
        submission: SubmissionId,
    ) -> Result<Vec<AsideOperation>, StoreError> {
        let rows = operation::Entity::find()
            .filter(operation::Column::MunicipalityId.eq(municipality.0))
            .filter(operation::Column::SubmissionId.eq(submission.0))
            .filter(operation::Column::SetAside.eq(crate::rules::forms::fold::LOCKED))
            .order_by_asc(operation::Column::Revision)
            .all(&self.reader)
            .await?;
        let people = rows.iter().map(|row| row.person_id);
        let people = names_of(&self.reader, municipality.0, people).await?;
        rows.into_iter()
            .map(|row| {
                Ok(AsideOperation {
                    operation: row.id,
                    change: document(&row.change)?,
                    name: people.get(&row.person_id).cloned().unwrap_or_default(),
                    received_ms: row.received_ms,
                })
            })
            .collect()
    }
}

impl Write {
    /// Adds a step and tells the listeners; returns false when its id is known already.
    ///
    /// # Errors
    /// `Dangling` when the school takes no part in the campaign.
    pub async fn add_step(&mut self, new: &NewStep) -> Result<bool, StoreError> {
        let known = campaign_step::Entity::find()
            .filter(campaign_step::Column::MunicipalityId.eq(self.municipality))
            .filter(campaign_step::Column::Id.eq(new.id))
            .one(&self.transaction)
            .await?;
        if known.is_some() {
            return Ok(false);
        }
        let last = campaign_step::Entity::find()
            .filter(campaign_step::Column::MunicipalityId.eq(self.municipality))
            .filter(campaign_step::Column::CampaignId.eq(new.campaign.0))
            .filter(campaign_step::Column::OrganisationId.eq(new.organisation.0))
            .order_by_desc(campaign_step::Column::Number)
            .one(&self.transaction)
            .await?;
        let name = match &new.name {
            Some(name) => name.clone(),
            None => self.own_name().await?,
        };
        campaign_step::ActiveModel {
            municipality_id: Set(self.municipality),
            campaign_id: Set(new.campaign.0),
            organisation_id: Set(new.organisation.0),
            number: Set(last.map_or(1, |last| last.number + 1)),
            id: Set(new.id),
            kind: Set(name_of(&new.kind)?),
            submission_id: Set(new.submission.map(|id| id.0)),
            person_id: Set(self.person),
            name: Set(name),
            at_ms: Set(self.now_ms),
            reason: Set(new.reason.clone()),
            until: Set(new.until.clone()),
            revision: Set(new
                .state
                .as_ref()
                .map(|(revision, _)| i64::try_from(*revision).unwrap_or(i64::MAX))),
            state_hash: Set(new.state.as_ref().map(|(_, hash)| hash.clone())),
            late: Set(new.is_late),
        }
        .insert(&self.transaction)
        .await?;
        self.announce(
            Some(new.organisation),
            None,
            &LiveChange::Campaign {
                campaign: new.campaign,
                organisation: new.organisation,
            },
        )
        .await?;
        Ok(true)
    }

    /// Name of the author of this change.
    pub(in crate::store) async fn own_name(&self) -> Result<String, StoreError> {
        let Some(person) = self.person else {
            return Ok(String::new());
        };
        Ok(person::Entity::find_by_id((self.municipality, person))
            .one(&self.transaction)
            .await?
            .map(|row| row.name)
            .unwrap_or_default())
    }

    /// Is this submission locked: approved by the head, or an expert's that was handed over?
    ///
    /// # Errors
    /// Those of the database.
    pub async fn is_locked(&self, id: SubmissionId) -> Result<bool, StoreError> {
        let Some(row) = submission::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
        else {
            return Ok(false);
        };
        let (Some(campaign), Some(_)) = (row.campaign_id, row.submitted_ms) else {
            return Ok(false);
        };
        if super::campaign_plan::is_experts(&self.transaction, self.municipality, campaign).await? {
            return Ok(true);
        }
        let key = (campaign, row.organisation_id);
        let only = Some((campaign, Some(row.organisation_id)));
        let mut steps = steps_of(&self.transaction, self.municipality, only).await?;
        let steps = steps.remove(&key).unwrap_or_default();
        Ok(progress(Some(&row), &steps) == CampaignProgress::Approved)
    }

    /// Makes a submission a draft again; its score stays in the history of scores.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn reopen_submission(&mut self, id: SubmissionId) -> Result<(), StoreError> {
        let Some(row) = submission::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
        else {
            return Ok(());
        };
        let organisation = OrganisationId(row.organisation_id);
        let revision = row.revision.unsigned_abs();
        let mut row = row.into_active_model();
        row.state = Set(name_of(&SubmissionState::Draft)?);
        row.submitted_ms = Set(None);
        row.submitted_by = Set(None);
        row.incomplete_reason = Set(None);
        row.changed_ms = Set(self.now_ms);
        row.update(&self.transaction).await?;
        self.announce(
            Some(organisation),
            None,
            &LiveChange::Submission {
                submission: id,
                organisation,
                revision,
                state: SubmissionState::Draft,
            },
        )
        .await?;
        Ok(())
    }
}
