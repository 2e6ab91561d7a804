//! Experts: who assesses which school, and what links them with schools.

use std::collections::HashMap;

use api::assessment::expert::{Interest, InterestKind, PutInterest};
use api::id::{CampaignId, MunicipalityId, OrganisationId, PersonId, SubmissionId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::rules::observation::staffing::PersonFacts;
use crate::store::access::person::names_of;
use crate::store::entity::assessment::{expert_assignment, expert_interest};
use crate::store::entity::forms::submission;
use crate::store::name::{name_of, named};
use crate::store::{Store, StoreError, Write};

/// An expert's assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AssignedExpert {
    /// Campaign of the schools.
    pub campaign: CampaignId,
    /// School.
    pub organisation: OrganisationId,
    /// Who.
    pub person: PersonId,
}

/// The expert of a school's submission in an experts' campaign, if it is one.
pub(in crate::store) async fn expert_of(
    connection: &impl ConnectionTrait,
    row: &submission::Model,
) -> Result<Option<PersonId>, StoreError> {
    let Some(campaign) = row.campaign_id else {
        return Ok(None);
    };
    if !super::campaign_plan::is_experts(connection, row.municipality_id, campaign).await? {
        return Ok(None);
    }
    // Whoever opened it assesses: a later expert of the school does not take over a colleague's words.
    Ok(Some(PersonId(row.opened_by)))
}

impl Store {
    /// Who may open a submission of this school when the campaign is an experts' one: the expert of the
    /// school. Nobody's id stands for a school without expert.
    pub(in crate::store) async fn expert_to_open(
        &self,
        municipality: MunicipalityId,
        campaign: CampaignId,
        organisation: OrganisationId,
    ) -> Result<Option<PersonId>, StoreError> {
        let Some(schools) = self.schools_campaign(municipality, campaign).await? else {
            return Ok(None);
        };
        let assigned = expert_assignment::Entity::find()
            .filter(expert_assignment::Column::MunicipalityId.eq(municipality.0))
            .filter(expert_assignment::Column::CampaignId.eq(schools.0))
            .filter(expert_assignment::Column::OrganisationId.eq(organisation.0))
            .filter(expert_assignment::Column::WithdrawnMs.is_null())
            .one(&self.reader)
            .await?;
        Ok(Some(PersonId(
            assigned.map_or_else(Uuid::nil, |row| row.person_id),
        )))
    }

    /// Experts with their names by campaign of the schools and school.
    pub(in crate::store) async fn assigned_experts(
        &self,
        municipality: MunicipalityId,
    ) -> Result<HashMap<(Uuid, Uuid), (PersonId, String)>, StoreError> {
        let rows = expert_assignment::Entity::find()
            .filter(expert_assignment::Column::MunicipalityId.eq(municipality.0))
            .filter(expert_assignment::Column::WithdrawnMs.is_null())
            .all(&self.reader)
            .await?;
        let names = names_of(
            &self.reader,
            municipality.0,
            rows.iter().map(|row| row.person_id),
        )
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let name = names.get(&row.person_id).cloned().unwrap_or_default();
                (
                    (row.campaign_id, row.organisation_id),
                    (PersonId(row.person_id), name),
                )
            })
            .collect())
    }

    /// Assignments in force, of one person or of all.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn expert_assignments(
        &self,
        municipality: MunicipalityId,
        person: Option<PersonId>,
    ) -> Result<Vec<AssignedExpert>, StoreError> {
        let mut query = expert_assignment::Entity::find()
            .filter(expert_assignment::Column::MunicipalityId.eq(municipality.0))
            .filter(expert_assignment::Column::WithdrawnMs.is_null())
            .order_by_asc(expert_assignment::Column::AssignedMs)
            .order_by_asc(expert_assignment::Column::Id);
        if let Some(person) = person {
            query = query.filter(expert_assignment::Column::PersonId.eq(person.0));
        }
        Ok(query
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| AssignedExpert {
                campaign: CampaignId(row.campaign_id),
                organisation: OrganisationId(row.organisation_id),
                person: PersonId(row.person_id),
            })
            .collect())
    }

    /// What staffing knows of people: employment, roles at schools, declared ties. Of no event, so neither
    /// a signed declaration nor checked works are in it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn expert_facts(
        &self,
        municipality: MunicipalityId,
        people: &[PersonId],
    ) -> Result<HashMap<PersonId, PersonFacts>, StoreError> {
        let ids: Vec<Uuid> = people.iter().map(|person| person.0).collect();
        Ok(crate::store::observation::staffing::facts(
            &self.reader,
            municipality.0,
            Uuid::nil(),
            &ids,
        )
        .await?
        .into_iter()
        .map(|(id, facts)| (PersonId(id), facts))
        .collect())
    }

    /// Declared interests by person; of one person or of all.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn interests(
        &self,
        municipality: MunicipalityId,
        person: Option<PersonId>,
    ) -> Result<HashMap<PersonId, Vec<Interest>>, StoreError> {
        let mut query = expert_interest::Entity::find()
            .filter(expert_interest::Column::MunicipalityId.eq(municipality.0))
            .order_by_asc(expert_interest::Column::AtMs)
            .order_by_asc(expert_interest::Column::Id);
        if let Some(person) = person {
            query = query.filter(expert_interest::Column::PersonId.eq(person.0));
        }
        let mut interests: HashMap<PersonId, Vec<Interest>> = HashMap::new();
        for row in query.all(&self.reader).await? {
            let kind: InterestKind = named(&row.kind)?;
            interests
                .entry(PersonId(row.person_id))
                .or_default()
                .push(Interest {
                    id: row.id,
                    organisation: OrganisationId(row.organisation_id),
                    kind,
                    at_ms: row.at_ms,
                });
        }
        Ok(interests)
    }

    /// The submission of a school in a campaign, with whether it is handed over and how many answers it has.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn school_submission(
        &self,
        municipality: MunicipalityId,
        campaign: CampaignId,
        organisation: OrganisationId,
    ) -> Result<Option<SchoolSubmission>, StoreError> {
        Ok(submission::Entity::find()
            .filter(submission::Column::MunicipalityId.eq(municipality.0))
            .filter(submission::Column::CampaignId.eq(campaign.0))
            .filter(submission::Column::OrganisationId.eq(organisation.0))
            .one(&self.reader)
            .await?
            .map(|row| SchoolSubmission {
                id: SubmissionId(row.id),
                is_handed_over: row.submitted_ms.is_some(),
                is_begun: row.revision > 0,
                opened_by: PersonId(row.opened_by),
                answered: [row.answered.unsigned_abs(), row.answerable.unsigned_abs()],
            }))
    }
}

/// A submission of a school in a campaign, in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SchoolSubmission {
    /// Id.
    pub id: SubmissionId,
    /// Is it handed over?
    pub is_handed_over: bool,
    /// Has it an answer?
    pub is_begun: bool,
    /// Who opened it.
    pub opened_by: PersonId,
    /// Questions answered and questions to answer.
    pub answered: [u32; 2],
}

impl Write {
    /// Gives a school its expert, or takes the expert back; the assignment before is withdrawn, not removed.
    ///
    /// # Errors
    /// `Dangling` for an unknown person, or a school that takes no part.
    pub async fn set_expert(
        &mut self,
        campaign: CampaignId,
        organisation: OrganisationId,
        person: Option<PersonId>,
    ) -> Result<bool, StoreError> {
        let known = expert_assignment::Entity::find()
            .filter(expert_assignment::Column::MunicipalityId.eq(self.municipality))
            .filter(expert_assignment::Column::CampaignId.eq(campaign.0))
            .filter(expert_assignment::Column::OrganisationId.eq(organisation.0))
            .filter(expert_assignment::Column::WithdrawnMs.is_null())
            .one(&self.transaction)
            .await?;
        if known.as_ref().map(|row| row.person_id) == person.map(|person| person.0) {
            return Ok(false);
        }
        if let Some(known) = known {
            let mut known = known.into_active_model();
            known.withdrawn_ms = Set(Some(self.now_ms));
            known.update(&self.transaction).await?;
        }
        if let Some(person) = person {
            expert_assignment::ActiveModel {
                municipality_id: Set(self.municipality),
                id: Set(Uuid::now_v7()),
                campaign_id: Set(campaign.0),
                organisation_id: Set(organisation.0),
                person_id: Set(person.0),
                assigned_by: Set(self.person),
                assigned_ms: Set(self.now_ms),
                withdrawn_ms: Set(None),
            }
            .insert(&self.transaction)
            .await?;
        }
        Ok(true)
    }

    /// Adds a declared interest of the author; a known id changes nothing.
    ///
    /// # Errors
    /// `Dangling` for an unknown school.
    pub async fn add_interest(&mut self, new: &PutInterest) -> Result<(), StoreError> {
        use expert_interest::Column as C;
        expert_interest::Entity::insert(expert_interest::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id),
            person_id: Set(self.person.unwrap_or_default()),
            organisation_id: Set(new.organisation.0),
            kind: Set(name_of(&new.kind)?),
            at_ms: Set(self.now_ms),
        })
        .on_conflict(
            OnConflict::columns([C::MunicipalityId, C::Id])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(())
    }
}
