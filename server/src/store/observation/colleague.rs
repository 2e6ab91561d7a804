//! What observers at one event answered to the same questions.

use std::collections::BTreeMap;

use api::forms::submission::Operation;
use api::id::{AssignmentId, MunicipalityId, PersonId};
use api::observation::colleague::{Colleague, ColleagueAnswer};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::store::entity::forms::submission;
use crate::store::entity::procedures::assignment;
use crate::store::forms::submission::{held, travelling};
use crate::store::{Store, StoreError};

/// Path of a question to the answer that holds and when it was given.
type Answers = BTreeMap<String, (String, i64)>;

impl Store {
    /// Answers of the other observers at the event of an own assignment, to questions that its sheet answers,
    /// too. `None` for an assignment of somebody else.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn fellow_observers(
        &self,
        municipality: MunicipalityId,
        caller: PersonId,
        id: AssignmentId,
    ) -> Result<Option<Vec<Colleague>>, StoreError> {
        let own = assignment::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?
            .filter(|own| own.person_id == caller.0 && own.form_id.is_some());
        let Some(own) = own else { return Ok(None) };
        let answered = self.answers(municipality.0, own.id).await?;
        if answered.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let parts = assignment::Entity::find()
            .filter(assignment::Column::MunicipalityId.eq(municipality.0))
            .filter(assignment::Column::EventId.eq(own.event_id))
            .filter(assignment::Column::Role.eq(own.role.as_str()))
            .filter(assignment::Column::FormId.eq(own.form_id.clone().unwrap_or_default()))
            .order_by_asc(assignment::Column::Id)
            .all(&self.reader)
            .await?;
        let mut colleagues = Vec::new();
        for (number, part) in (1..).zip(&parts) {
            if part.id == own.id {
                continue;
            }
            let mut answers = self.answers(municipality.0, part.id).await?;
            answers.retain(|question, _| answered.contains_key(question));
            let answers = answers
                .into_iter()
                .map(|(question, (value, at_ms))| ColleagueAnswer {
                    question,
                    value,
                    at_ms,
                });
            colleagues.push(Colleague {
                number,
                answers: answers.collect(),
            });
        }
        Ok(Some(colleagues))
    }

    /// The answers that hold in the sheet of an assignment.
    async fn answers(&self, municipality: Uuid, assignment: Uuid) -> Result<Answers, StoreError> {
        let sheet = submission::Entity::find()
            .filter(submission::Column::MunicipalityId.eq(municipality))
            .filter(submission::Column::AssignmentId.eq(assignment))
            .one(&self.reader)
            .await?;
        let Some(sheet) = sheet else {
            return Ok(Answers::new());
        };
        let rows = held(&self.reader, municipality, sheet.id).await?;
        let operations: Vec<Operation> = rows
            .iter()
            .filter(|row| row.set_aside.is_none())
            .map(travelling)
            .collect::<Result<_, _>>()?;
        let mut order: Vec<&Operation> = operations.iter().collect();
        sync::fold_order(&mut order);
        let mut answers = Answers::new();
        for operation in order {
            let Some(path) = operation.change["path"].as_str() else {
                continue;
            };
            match operation.change["edit"]["set"].as_str() {
                Some(value) => {
                    answers.insert(path.to_owned(), (value.to_owned(), operation.at_ms));
                }
                None => drop(answers.remove(path)),
            }
        }
        Ok(answers)
    }
}
