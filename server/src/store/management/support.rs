//! Measures agreed with schools, and the steps taken since.

use api::id::{EntryId, MunicipalityId, OrganisationId, ReviewId, SupportId};
use api::management::support::{
    Effect, Executor, NewStep, NewSupport, Step, SupportCell, SupportEntry, SupportState,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};

use crate::store::access::person::names_of;
use crate::store::entity::management::support::{agreed, entry};
use crate::store::name::{name_of, named};
use crate::store::{Store, StoreError, Write};

/// A measure as it is kept: the catalogue's words are added by whoever shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredSupport {
    /// Id.
    pub id: SupportId,
    /// School.
    pub organisation: OrganisationId,
    /// Measure of the catalogue.
    pub measure: String,
    /// The cell that led to it.
    pub cell: Option<SupportCell>,
    /// Why.
    pub reason: String,
    /// Who carries it out.
    pub executor: Executor,
    /// Day by which.
    pub due: String,
    /// Where it stands.
    pub state: SupportState,
    /// What it has brought.
    pub effect: Option<Effect>,
    /// When it was agreed.
    pub created_ms: i64,
    /// The review in which it was agreed.
    pub review: Option<ReviewId>,
}

impl Store {
    /// Measures of one school or of all, by the day they are due.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn supports(
        &self,
        municipality: MunicipalityId,
        organisation: Option<OrganisationId>,
    ) -> Result<Vec<StoredSupport>, StoreError> {
        let mut query =
            agreed::Entity::find().filter(agreed::Column::MunicipalityId.eq(municipality.0));
        if let Some(organisation) = organisation {
            query = query.filter(agreed::Column::OrganisationId.eq(organisation.0));
        }
        query
            .order_by_asc(agreed::Column::Due)
            .order_by_asc(agreed::Column::Id)
            .all(&self.reader)
            .await?
            .into_iter()
            .map(stored)
            .collect()
    }

    /// One measure.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn support(
        &self,
        municipality: MunicipalityId,
        id: SupportId,
    ) -> Result<Option<StoredSupport>, StoreError> {
        agreed::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?
            .map(stored)
            .transpose()
    }

    /// The timeline of a measure, oldest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn support_entries(
        &self,
        municipality: MunicipalityId,
        id: SupportId,
    ) -> Result<Vec<SupportEntry>, StoreError> {
        let rows = entry::Entity::find()
            .filter(entry::Column::MunicipalityId.eq(municipality.0))
            .filter(entry::Column::SupportId.eq(id.0))
            .order_by_asc(entry::Column::AtMs)
            .order_by_asc(entry::Column::Id)
            .all(&self.reader)
            .await?;
        let people = rows.iter().map(|row| row.person_id);
        let names = names_of(&self.reader, municipality.0, people).await?;
        rows.into_iter()
            .map(|row| {
                Ok(SupportEntry {
                    id: EntryId(row.id),
                    at_ms: row.at_ms,
                    author: names.get(&row.person_id).cloned().unwrap_or_default(),
                    step: named(&row.step)?,
                    effect: row.effect.as_deref().map(named).transpose()?,
                    content: row.content,
                })
            })
            .collect()
    }
}

impl Write {
    /// Keeps a measure of this level; false when it is there already. Its first entry bears the same id. A measure for a
    /// cell under review is a measure of that review.
    ///
    /// # Errors
    /// Those of the database; `Dangling` for an unknown school.
    pub async fn agree_support(&mut self, new: &NewSupport, level: u8) -> Result<bool, StoreError> {
        let person = self.person.unwrap_or_default();
        let known = agreed::Entity::find_by_id((self.municipality, new.id.0))
            .one(&self.transaction)
            .await?;
        if known.is_some() {
            return Ok(false);
        }
        let cell = new.cell.as_ref();
        let review = match cell {
            Some(cell) => self.open_review_of(new.organisation, cell).await?,
            None => None,
        };
        agreed::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            organisation_id: Set(new.organisation.0),
            measure: Set(new.measure.clone()),
            level: Set(i32::from(level)),
            year: Set(cell.map(|cell| cell.year)),
            subject: Set(cell.map(|cell| cell.subject.clone())),
            grade: Set(cell.map(|cell| i32::from(cell.grade))),
            reason: Set(new.reason.trim().to_owned()),
            executor: Set(name_of(&new.executor)?),
            due: Set(new.due.clone()),
            state: Set(name_of(&SupportState::Planned)?),
            effect: Set(None),
            created_by: Set(person),
            created_ms: Set(self.now_ms),
            review_id: Set(review),
        }
        .insert(&self.transaction)
        .await?;
        let first = NewStep {
            id: EntryId(new.id.0),
            step: Step::Plan,
            effect: None,
            content: new.exception.clone().unwrap_or_default(),
        };
        self.support_entry(new.id, &first).await?;
        Ok(true)
    }

    /// The state of a measure as this change sees it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn support_state(
        &mut self,
        id: SupportId,
    ) -> Result<Option<SupportState>, StoreError> {
        agreed::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
            .map(|row| named(&row.state))
            .transpose()
    }

    /// Is this entry kept already?
    ///
    /// # Errors
    /// Those of the database.
    pub async fn has_support_entry(&mut self, id: EntryId) -> Result<bool, StoreError> {
        Ok(entry::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
            .is_some())
    }

    /// Takes a step that leads to `state`.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn step_support(
        &mut self,
        id: SupportId,
        new: &NewStep,
        state: SupportState,
    ) -> Result<(), StoreError> {
        self.support_entry(id, new).await?;
        let Some(row) = agreed::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
        else {
            return Ok(());
        };
        let mut row = row.into_active_model();
        row.state = Set(name_of(&state)?);
        if let Some(effect) = new.effect {
            row.effect = Set(Some(name_of(&effect)?));
        }
        row.update(&self.transaction).await?;
        Ok(())
    }

    async fn support_entry(&mut self, support: SupportId, new: &NewStep) -> Result<(), StoreError> {
        entry::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            support_id: Set(support.0),
            at_ms: Set(self.now_ms),
            person_id: Set(self.person.unwrap_or_default()),
            step: Set(name_of(&new.step)?),
            effect: Set(new.effect.as_ref().map(name_of).transpose()?),
            content: Set(new.content.trim().to_owned()),
        }
        .insert(&self.transaction)
        .await?;
        Ok(())
    }
}

fn stored(row: agreed::Model) -> Result<StoredSupport, StoreError> {
    let cell = cell(row.year, row.subject, row.grade)?;
    Ok(StoredSupport {
        id: SupportId(row.id),
        organisation: OrganisationId(row.organisation_id),
        measure: row.measure,
        cell,
        reason: row.reason,
        executor: named(&row.executor)?,
        due: row.due,
        state: named(&row.state)?,
        effect: row.effect.as_deref().map(named).transpose()?,
        created_ms: row.created_ms,
        review: row.review_id.map(ReviewId),
    })
}

/// The cell that three columns name together; none when one of them is blank.
pub(super) fn cell(
    year: Option<i32>,
    subject: Option<String>,
    grade: Option<i32>,
) -> Result<Option<SupportCell>, StoreError> {
    let (Some(year), Some(subject), Some(grade)) = (year, subject, grade) else {
        return Ok(None);
    };
    Ok(Some(SupportCell {
        year,
        subject,
        grade: u8::try_from(grade)
            .map_err(|_| StoreError::Meaning(format!("grade {grade} of a cell")))?,
    }))
}
