//! Assessments of the municipal mechanisms: answers are appended, the newest of a side counts.

use api::assessment::mechanism::{
    AnswerCell, AssessmentLabel, AssessmentState, CellEntry, OpenAssessment, Side,
};
use api::id::{AssessmentId, MunicipalityId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::store::access::person;
use crate::store::entity::assessment::{mechanism_answer, mechanism_assessment};
use crate::store::entity::forms::form;
use crate::store::name::{name_of, named};
use crate::store::{Store, StoreError, Write};

/// An answer with the cell it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct CellAnswer {
    /// Cell.
    pub cell: String,
    /// The answer.
    pub entry: CellEntry,
}

impl Store {
    /// Assessments, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn assessments(
        &self,
        municipality: MunicipalityId,
    ) -> Result<Vec<AssessmentLabel>, StoreError> {
        mechanism_assessment::Entity::find()
            .filter(mechanism_assessment::Column::MunicipalityId.eq(municipality.0))
            .order_by_desc(mechanism_assessment::Column::Year)
            .all(&self.reader)
            .await?
            .into_iter()
            .map(label)
            .collect()
    }

    /// Answers of an assessment in the order of arrival.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn cell_answers(
        &self,
        municipality: MunicipalityId,
        id: AssessmentId,
    ) -> Result<Vec<CellAnswer>, StoreError> {
        let people = person::names(&self.reader, municipality.0).await?;
        mechanism_answer::Entity::find()
            .filter(mechanism_answer::Column::MunicipalityId.eq(municipality.0))
            .filter(mechanism_answer::Column::AssessmentId.eq(id.0))
            .order_by_asc(mechanism_answer::Column::Sequence)
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| {
                Ok(CellAnswer {
                    cell: row.cell,
                    entry: CellEntry {
                        side: named(&row.side)?,
                        level: row.level.and_then(|level| u8::try_from(level).ok()),
                        comment: row.comment,
                        person_name: row.person_id.and_then(|id| people.get(&id).cloned()),
                        at_ms: row.at_ms,
                    },
                })
            })
            .collect()
    }
}

impl Write {
    /// One assessment, inside this change.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn assessment(
        &self,
        id: AssessmentId,
    ) -> Result<Option<AssessmentLabel>, StoreError> {
        row(&self.transaction, self.municipality, id)
            .await?
            .map(label)
            .transpose()
    }

    /// Opens the assessment of a year by the newest criteria of mechanisms; one that is there is left as it is. Says
    /// which it is and whether it is new; none when no criteria are published.
    ///
    /// # Errors
    /// `Duplicate` when the id is taken for another year.
    pub async fn open_assessment(
        &mut self,
        new: &OpenAssessment,
    ) -> Result<Option<(AssessmentId, bool)>, StoreError> {
        if let Some(known) = mechanism_assessment::Entity::find()
            .filter(mechanism_assessment::Column::MunicipalityId.eq(self.municipality))
            .filter(mechanism_assessment::Column::Year.eq(new.year))
            .one(&self.transaction)
            .await?
        {
            return Ok(Some((AssessmentId(known.id), false)));
        }
        let Some(criteria) = form::Entity::find()
            .filter(form::Column::MunicipalityId.eq(self.municipality))
            .filter(form::Column::Purpose.eq("mechanisms"))
            .order_by_desc(form::Column::PublishedMs)
            .order_by_desc(form::Column::Version)
            .one(&self.transaction)
            .await?
        else {
            return Ok(None);
        };
        mechanism_assessment::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            year: Set(new.year),
            form_id: Set(criteria.id),
            form_version: Set(criteria.version),
            state: Set(name_of(&AssessmentState::Draft)?),
            opened_by: Set(self.person),
            opened_ms: Set(self.now_ms),
            submitted_by: Set(None),
            submitted_ms: Set(None),
            concluded_by: Set(None),
            concluded_ms: Set(None),
        }
        .insert(&self.transaction)
        .await?;
        Ok(Some((new.id, true)))
    }

    /// Appends an answer; says whether it is new.
    ///
    /// # Errors
    /// `Duplicate` when the id was used for another cell.
    pub async fn answer_cell(
        &mut self,
        assessment: AssessmentId,
        cell: &str,
        side: Side,
        answer: &AnswerCell,
    ) -> Result<bool, StoreError> {
        let side = name_of(&side)?;
        if let Some(known) = mechanism_answer::Entity::find_by_id((self.municipality, answer.id))
            .one(&self.transaction)
            .await?
            && known.assessment_id == assessment.0
            && known.cell == cell
            && known.side == side
        {
            return Ok(false);
        }
        let last = mechanism_answer::Entity::find()
            .filter(mechanism_answer::Column::MunicipalityId.eq(self.municipality))
            .filter(mechanism_answer::Column::AssessmentId.eq(assessment.0))
            .order_by_desc(mechanism_answer::Column::Sequence)
            .one(&self.transaction)
            .await?
            .map_or(0, |row| row.sequence);
        mechanism_answer::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(answer.id),
            assessment_id: Set(assessment.0),
            sequence: Set(last + 1),
            cell: Set(cell.to_owned()),
            side: Set(side),
            level: Set(answer.level.map(i32::from)),
            comment: Set(answer.comment.clone()),
            person_id: Set(self.person),
            at_ms: Set(self.now_ms),
        }
        .insert(&self.transaction)
        .await?;
        Ok(true)
    }

    /// Moves an assessment on.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn set_assessment_state(
        &mut self,
        id: AssessmentId,
        state: AssessmentState,
    ) -> Result<(), StoreError> {
        let found = row(&self.transaction, self.municipality, id).await?;
        let Some(found) = found else {
            return Err(StoreError::Meaning("the assessment is gone".into()));
        };
        let mut found = found.into_active_model();
        found.state = Set(name_of(&state)?);
        match state {
            AssessmentState::Draft => {}
            AssessmentState::Submitted => {
                found.submitted_by = Set(self.person);
                found.submitted_ms = Set(Some(self.now_ms));
            }
            AssessmentState::Concluded => {
                found.concluded_by = Set(self.person);
                found.concluded_ms = Set(Some(self.now_ms));
            }
        }
        found.update(&self.transaction).await?;
        Ok(())
    }
}

async fn row(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    id: AssessmentId,
) -> Result<Option<mechanism_assessment::Model>, StoreError> {
    Ok(
        mechanism_assessment::Entity::find_by_id((municipality, id.0))
            .one(connection)
            .await?,
    )
}

fn label(row: mechanism_assessment::Model) -> Result<AssessmentLabel, StoreError> {
    Ok(AssessmentLabel {
        id: AssessmentId(row.id),
        year: row.year,
        state: named(&row.state)?,
        framework: [row.form_id, row.form_version],
    })
}
