//! Declarations of interest and the ties behind them: each person reads and writes their own.

use api::access::session::OrganisationLabel;
use api::id::{EventId, MunicipalityId, OrganisationId, PersonId, RequestId, TieId};
use api::observation::staffing::{FamilyTie, OwnDeclarations, OwnRequest, SchoolClass};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, sea_query::OnConflict,
};
use uuid::Uuid;

use super::staffing::{facts, place};
use crate::import::subject;
use crate::rules::observation::staffing::{Judged, judge, offered};
use crate::store::entity::observation::staffing::{
    family_tie, interest_declaration, staffing_request,
};
use crate::store::entity::procedures::event;
use crate::store::entity::registry::organisation;
use crate::store::name::{name_of, named};
use crate::store::procedures::procedure::grade;
use crate::store::{Store, StoreError, Write};

impl Store {
    /// What a person was asked, by date, and what they declared.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn own_declarations(
        &self,
        municipality: MunicipalityId,
        person: PersonId,
    ) -> Result<OwnDeclarations, StoreError> {
        let connection = &self.reader;
        let schools: Vec<OrganisationLabel> = organisation::Entity::find()
            .filter(organisation::Column::MunicipalityId.eq(municipality.0))
            .order_by_asc(organisation::Column::ShortName)
            .order_by_asc(organisation::Column::Id)
            .all(connection)
            .await?
            .into_iter()
            .map(|row| OrganisationLabel {
                id: OrganisationId(row.id),
                name: row.short_name,
            })
            .collect();
        let mut requests = Vec::new();
        for row in staffing_request::Entity::find()
            .filter(staffing_request::Column::MunicipalityId.eq(municipality.0))
            .filter(staffing_request::Column::PersonId.eq(person.0))
            .filter(staffing_request::Column::DeclinedMs.is_null())
            .all(connection)
            .await?
        {
            let key = (municipality.0, row.event_id);
            let Some(event) = event::Entity::find_by_id(key).one(connection).await? else {
                continue;
            };
            let Some(place) = place(connection, municipality.0, row.event_id).await? else {
                continue;
            };
            let facts = facts(connection, municipality.0, row.event_id, &[person.0]).await?;
            let role = named(&row.role)?;
            let findings = facts
                .get(&person.0)
                .map(|facts| judge(role, facts, &place))
                .unwrap_or_default();
            let declared =
                interest_declaration::Entity::find_by_id((municipality.0, row.event_id, person.0))
                    .one(connection)
                    .await?;
            requests.push(OwnRequest {
                id: RequestId(row.id),
                event: EventId(event.id),
                organisation_name: schools
                    .iter()
                    .find(|school| school.id.0 == event.organisation_id)
                    .map(|school| school.name.clone())
                    .unwrap_or_default(),
                date: event.date,
                start: event.start,
                subject_name: subject::name(&event.subject),
                grade: grade(event.grade)?,
                class: event.class,
                role,
                declared_ms: declared.map(|row| row.signed_ms),
                reminded_ms: row.reminded_ms,
                findings: findings
                    .iter()
                    .map(Judged::in_full)
                    .chain(facts.get(&person.0).and_then(offered))
                    .collect(),
            });
        }
        requests.sort_by_key(|request| (request.date.clone(), request.start.clone(), request.id));
        let ties = family_tie::Entity::find()
            .filter(family_tie::Column::MunicipalityId.eq(municipality.0))
            .filter(family_tie::Column::PersonId.eq(person.0))
            .filter(family_tie::Column::WithdrawnMs.is_null())
            .order_by_asc(family_tie::Column::DeclaredMs)
            .order_by_asc(family_tie::Column::Id)
            .all(connection)
            .await?
            .into_iter()
            .map(|row| {
                Ok(FamilyTie {
                    id: TieId(row.id),
                    tie: named(&row.tie)?,
                    organisation: OrganisationId(row.organisation_id),
                    class: match (row.grade, row.class) {
                        (Some(level), Some(letter)) => Some(SchoolClass {
                            grade: grade(level)?,
                            letter,
                        }),
                        _ => None,
                    },
                })
            })
            .collect::<Result<_, StoreError>>()?;
        Ok(OwnDeclarations {
            requests,
            ties,
            schools,
        })
    }
}

impl Write {
    /// Notes a signed declaration; the first one of an event stays.
    ///
    /// # Errors
    /// `Dangling` for an unknown event or person.
    pub async fn declare(
        &mut self,
        event: EventId,
        person: PersonId,
        paper_reference: Option<&str>,
    ) -> Result<(), StoreError> {
        let key = (self.municipality, event.0, person.0);
        let known = interest_declaration::Entity::find_by_id(key)
            .one(&self.transaction)
            .await?;
        if known.is_some() {
            return Ok(());
        }
        interest_declaration::ActiveModel {
            municipality_id: Set(self.municipality),
            event_id: Set(event.0),
            person_id: Set(person.0),
            signed_ms: Set(self.now_ms),
            paper_reference: Set(paper_reference.map(str::to_owned)),
            recorded_by: Set(self.person.unwrap_or(person.0)),
        }
        .insert(&self.transaction)
        .await?;
        Ok(())
    }

    /// Parts of an event that are offered to a person and not refused.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn offered(
        &self,
        event: EventId,
        person: PersonId,
    ) -> Result<Vec<api::procedures::event::AssignmentRole>, StoreError> {
        self.requests_of(event, person)
            .await?
            .iter()
            .map(|row| named(&row.role))
            .collect()
    }

    async fn requests_of(
        &self,
        event: EventId,
        person: PersonId,
    ) -> Result<Vec<staffing_request::Model>, StoreError> {
        Ok(staffing_request::Entity::find()
            .filter(staffing_request::Column::MunicipalityId.eq(self.municipality))
            .filter(staffing_request::Column::EventId.eq(event.0))
            .filter(staffing_request::Column::PersonId.eq(person.0))
            .filter(staffing_request::Column::DeclinedMs.is_null())
            .all(&self.transaction)
            .await?)
    }

    /// Notes that a person cannot take the parts offered.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn decline(&mut self, event: EventId, person: PersonId) -> Result<(), StoreError> {
        let now_ms = self.now_ms;
        for row in self.requests_of(event, person).await? {
            let mut row = row.into_active_model();
            row.declined_ms = Set(Some(now_ms));
            row.update(&self.transaction).await?;
        }
        Ok(())
    }

    /// Stores a tie of a person. Repeated with the same id it is the same tie.
    ///
    /// # Errors
    /// `Dangling` for an unknown organisation.
    pub async fn add_tie(&mut self, person: PersonId, new: &FamilyTie) -> Result<(), StoreError> {
        use family_tie::Column as C;
        let (level, letter) = match &new.class {
            Some(class) => (Some(i32::from(class.grade)), Some(class.letter.clone())),
            None => (None, None),
        };
        family_tie::Entity::insert(family_tie::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            person_id: Set(person.0),
            tie: Set(name_of(&new.tie)?),
            organisation_id: Set(new.organisation.0),
            grade: Set(level),
            class: Set(letter),
            declared_ms: Set(self.now_ms),
            withdrawn_ms: Set(None),
        })
        // Somebody else's tie under this id stays as it is.
        .on_conflict(
            OnConflict::columns([C::MunicipalityId, C::Id])
                .update_column(C::Id)
                .to_owned(),
        )
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(())
    }

    /// Withdraws a tie; returns whether the person had it. The row stays: it was true when it was declared.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn withdraw_tie(&mut self, person: PersonId, id: TieId) -> Result<bool, StoreError> {
        let Some(row) = own_tie(self, person.0, id.0).await? else {
            return Ok(false);
        };
        let mut row = row.into_active_model();
        row.withdrawn_ms = Set(Some(self.now_ms));
        row.update(&self.transaction).await?;
        Ok(true)
    }
}

async fn own_tie(
    write: &Write,
    person: Uuid,
    id: Uuid,
) -> Result<Option<family_tie::Model>, StoreError> {
    Ok(family_tie::Entity::find_by_id((write.municipality, id))
        .one(&write.transaction)
        .await?
        .filter(|row| row.person_id == person && row.withdrawn_ms.is_none()))
}
