//! Reviews of signs: what each rests on, its steps, and second marks. Entries are added, never changed.

use api::access::session::Role;
use api::id::{EntryId, MunicipalityId, OrganisationId, ReviewId, RunId};
use api::management::review::{
    CellFacts, EntryFacts, Finding, Grounds, NewReview, Outcome, ReviewAct, ReviewEntry,
    ReviewKind, ReviewStage, SecondMark, Side,
};
use api::management::support::{Effect, SupportCell, SupportState};
use api::procedures::procedure::ProcedureKind;
use api::results::heat_map::CellState;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::case::{date_text, day_of};
use super::support::cell;
use crate::store::entity::management::review::{entry, mark, opened};
use crate::store::entity::management::support::agreed;
use crate::store::entity::results::objectivity_cell;
use crate::store::name::{document, name_of, named};
use crate::store::results::run::in_force;
use crate::store::rows;
use crate::store::{Store, StoreError, Write};

/// A review as it is kept, without its grounds.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredReview {
    /// Id.
    pub id: ReviewId,
    /// Number in the municipality.
    pub number: u32,
    /// What it grows out of.
    pub kind: ReviewKind,
    /// School.
    pub organisation: OrganisationId,
    /// The cell.
    pub cell: Option<SupportCell>,
    /// State of the cell when it was opened.
    pub state: Option<CellState>,
    /// Where it stands.
    pub stage: ReviewStage,
    /// Last day of the step.
    pub due: Option<String>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Was the school asked?
    pub is_asked: bool,
    /// Grows with every step.
    pub revision: u32,
    /// When it was opened.
    pub opened_ms: i64,
    /// When it was closed.
    pub closed_ms: Option<i64>,
}

/// What the steps so far have settled.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// Was a recheck ordered?
    pub has_recheck: bool,
    /// What was found.
    pub finding: Option<Finding>,
    /// What measures have brought.
    pub effect: Option<Effect>,
    /// Measures that were not given up.
    pub measures: usize,
    /// Last day of the school's term, as it was moved last.
    pub answer_due: Option<String>,
    /// The last step: what, by which office, in which words.
    pub last: Option<(ReviewAct, Role, String)>,
}

/// What became of a wish to open a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// It was opened.
    New,
    /// This one is open for the cell already, or was opened by the same request before.
    Known(ReviewId),
    /// Another run is in force than the one that was looked at.
    Stale,
}

/// An entry to be added.
#[derive(Clone, Debug, PartialEq)]
pub struct NewReviewEntry<'a> {
    /// Id, made by the client.
    pub id: EntryId,
    /// What.
    pub act: ReviewAct,
    /// Whose word.
    pub side: Side,
    /// Office of whoever writes.
    pub role: Role,
    /// Words.
    pub content: &'a str,
    /// What it says besides.
    pub facts: &'a EntryFacts,
}

impl Store {
    /// Reviews of one school or of all, by number.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn reviews(
        &self,
        municipality: MunicipalityId,
        organisation: Option<OrganisationId>,
    ) -> Result<Vec<StoredReview>, StoreError> {
        let mut query =
            opened::Entity::find().filter(opened::Column::MunicipalityId.eq(municipality.0));
        if let Some(organisation) = organisation {
            query = query.filter(opened::Column::OrganisationId.eq(organisation.0));
        }
        query
            .order_by_asc(opened::Column::Number)
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| stored(&row))
            .collect()
    }

    /// One review with what it rests on.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn review(
        &self,
        municipality: MunicipalityId,
        id: ReviewId,
    ) -> Result<Option<(StoredReview, Grounds)>, StoreError> {
        opened::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?
            .map(|row| Ok((stored(&row)?, document(&row.grounds)?)))
            .transpose()
    }

    /// The timeline of a review, oldest first, with days at a place this many minutes east of UTC.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn review_entries(
        &self,
        municipality: MunicipalityId,
        id: ReviewId,
        zone_minutes: i32,
    ) -> Result<Vec<ReviewEntry>, StoreError> {
        entry::Entity::find()
            .filter(entry::Column::MunicipalityId.eq(municipality.0))
            .filter(entry::Column::ReviewId.eq(id.0))
            .order_by_asc(entry::Column::Place)
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| {
                Ok(ReviewEntry {
                    id: EntryId(row.id),
                    at_ms: row.at_ms,
                    day: date_text(day_of(row.at_ms, zone_minutes)),
                    act: named(&row.act)?,
                    side: named(&row.side)?,
                    role: named(&row.role)?,
                    content: row.content,
                    facts: document(&row.facts)?,
                })
            })
            .collect()
    }

    /// Second marks that came with an entry.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn second_marks(
        &self,
        municipality: MunicipalityId,
        entry: EntryId,
    ) -> Result<Vec<SecondMark>, StoreError> {
        mark::Entity::find()
            .filter(mark::Column::MunicipalityId.eq(municipality.0))
            .filter(mark::Column::EntryId.eq(entry.0))
            .order_by_asc(mark::Column::Place)
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| {
                Ok(SecondMark {
                    code: row.code,
                    first: score(row.first_score)?,
                    second: score(row.second_score)?,
                })
            })
            .collect()
    }

    /// Cells of one school and subject in a run, by year and grade.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn subject_cells(
        &self,
        municipality: MunicipalityId,
        run: RunId,
        organisation: OrganisationId,
        subject: &str,
    ) -> Result<Vec<CellFacts>, StoreError> {
        use objectivity_cell::Column as C;
        let rows: Vec<(String, i32, i32, String, i32, Option<f64>)> =
            objectivity_cell::Entity::find()
                .select_only()
                .columns([
                    C::ProcedureKind,
                    C::Year,
                    C::Grade,
                    C::State,
                    C::N,
                    C::Posterior,
                ])
                .filter(C::MunicipalityId.eq(municipality.0))
                .filter(C::RunId.eq(run.0))
                .filter(C::OrganisationId.eq(organisation.0))
                .filter(C::Subject.eq(subject))
                .order_by_asc(C::Year)
                .order_by_asc(C::Grade)
                .order_by_asc(C::ProcedureKind)
                .into_tuple()
                .all(&self.reader)
                .await?;
        rows.into_iter()
            .map(|(kind, year, level, state, n, posterior)| {
                Ok(CellFacts {
                    procedure: named::<ProcedureKind>(&kind)?,
                    year,
                    grade: grade(level)?,
                    run,
                    state: named(&state)?,
                    n: n.unsigned_abs(),
                    posterior,
                })
            })
            .collect()
    }
}

impl Write {
    /// Opens a review of a cell with what it rests on, and takes the open measures for the cell into it. While a review
    /// of the cell is open, that one is found instead.
    ///
    /// # Errors
    /// Those of the database; `Dangling` for an unknown school.
    pub async fn open_review(
        &mut self,
        new: &NewReview,
        grounds: &Grounds,
        due: Option<&str>,
        role: Role,
    ) -> Result<Opened, StoreError> {
        let by_id = opened::Entity::find_by_id((self.municipality, new.id.0))
            .one(&self.transaction)
            .await?;
        if by_id.is_some() {
            return Ok(Opened::Known(new.id));
        }
        if let Some(open) = self.open_review_of(new.organisation, &new.cell).await? {
            return Ok(Opened::Known(ReviewId(open)));
        }
        let in_force = in_force(self.municipality)?.one(&self.transaction).await?;
        if in_force.map(|run| run.id) != Some(grounds.cell.run.0) {
            return Ok(Opened::Stale);
        }
        let last: Option<i32> = opened::Entity::find()
            .select_only()
            .column_as(opened::Column::Number.max(), "number")
            .filter(opened::Column::MunicipalityId.eq(self.municipality))
            .into_tuple::<Option<i32>>()
            .one(&self.transaction)
            .await?
            .flatten();
        opened::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            number: Set(last.unwrap_or(0) + 1),
            kind: Set(name_of(&ReviewKind::Signs)?),
            organisation_id: Set(new.organisation.0),
            procedure_kind: Set(Some(name_of(&grounds.cell.procedure)?)),
            year: Set(Some(new.cell.year)),
            subject: Set(Some(new.cell.subject.clone())),
            grade: Set(Some(i32::from(new.cell.grade))),
            state: Set(Some(name_of(&grounds.cell.state)?)),
            stage: Set(name_of(&ReviewStage::Analysis)?),
            due: Set(due.map(str::to_owned)),
            outcome: Set(None),
            asked_ms: Set(None),
            revision: Set(1),
            grounds: Set(serde_json::to_string(grounds)?),
            opened_ms: Set(self.now_ms),
            opened_by: Set(self.person.unwrap_or_default()),
            closed_ms: Set(None),
        }
        .insert(&self.transaction)
        .await?;
        let facts = EntryFacts {
            due: due.map(str::to_owned),
            ..EntryFacts::default()
        };
        let first = NewReviewEntry {
            id: EntryId(new.id.0),
            act: ReviewAct::Open,
            side: Side::Office,
            role,
            content: "",
            facts: &facts,
        };
        self.review_entry(new.id, &first).await?;
        self.adopt_measures(new).await?;
        Ok(Opened::New)
    }

    /// Help that was agreed for the cell before and is under way goes on inside the review.
    async fn adopt_measures(&mut self, new: &NewReview) -> Result<(), StoreError> {
        let under_way = [
            SupportState::Planned,
            SupportState::Running,
            SupportState::Done,
        ];
        let names = under_way
            .iter()
            .map(name_of)
            .collect::<Result<Vec<_>, _>>()?;
        agreed::Entity::update_many()
            .col_expr(agreed::Column::ReviewId, new.id.0.into())
            .filter(agreed::Column::MunicipalityId.eq(self.municipality))
            .filter(agreed::Column::OrganisationId.eq(new.organisation.0))
            .filter(agreed::Column::Year.eq(new.cell.year))
            .filter(agreed::Column::Subject.eq(new.cell.subject.as_str()))
            .filter(agreed::Column::Grade.eq(i32::from(new.cell.grade)))
            .filter(agreed::Column::State.is_in(names))
            .filter(agreed::Column::ReviewId.is_null())
            .exec(&self.transaction)
            .await?;
        Ok(())
    }

    /// The review of a cell that is open.
    ///
    /// # Errors
    /// Those of the database.
    pub(super) async fn open_review_of(
        &mut self,
        organisation: OrganisationId,
        cell: &SupportCell,
    ) -> Result<Option<Uuid>, StoreError> {
        Ok(opened::Entity::find()
            .filter(opened::Column::MunicipalityId.eq(self.municipality))
            .filter(opened::Column::OrganisationId.eq(organisation.0))
            .filter(opened::Column::Year.eq(cell.year))
            .filter(opened::Column::Subject.eq(cell.subject.as_str()))
            .filter(opened::Column::Grade.eq(i32::from(cell.grade)))
            .filter(opened::Column::ClosedMs.is_null())
            .one(&self.transaction)
            .await?
            .map(|row| row.id))
    }

    /// A review as this change sees it, with what its steps have settled.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn review_now(
        &mut self,
        id: ReviewId,
    ) -> Result<Option<(StoredReview, Settled)>, StoreError> {
        let Some(row) = opened::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
        else {
            return Ok(None);
        };
        let entries = entry::Entity::find()
            .filter(entry::Column::MunicipalityId.eq(self.municipality))
            .filter(entry::Column::ReviewId.eq(id.0))
            .order_by_asc(entry::Column::Place)
            .all(&self.transaction)
            .await?;
        let measures = agreed::Entity::find()
            .filter(agreed::Column::MunicipalityId.eq(self.municipality))
            .filter(agreed::Column::ReviewId.eq(id.0))
            .filter(agreed::Column::State.ne(name_of(&SupportState::Dropped)?))
            .count(&self.transaction)
            .await?;
        let mut settled = Settled {
            has_recheck: false,
            finding: None,
            effect: None,
            measures: usize::try_from(measures).unwrap_or(usize::MAX),
            answer_due: None,
            last: None,
        };
        let mut is_asked = false;
        for row in entries {
            let act: ReviewAct = named(&row.act)?;
            let facts: EntryFacts = document(&row.facts)?;
            match act {
                ReviewAct::Analyse => (is_asked, settled.answer_due) = (true, facts.due.clone()),
                ReviewAct::MoveTerm if is_asked => settled.answer_due = facts.due.clone(),
                ReviewAct::Explain | ReviewAct::GoOn => is_asked = false,
                _ => {}
            }
            settled.has_recheck |= act == ReviewAct::PlanRecheck;
            settled.finding = facts.finding.or(settled.finding);
            settled.effect = facts.effect.or(settled.effect);
            if act != ReviewAct::Note {
                settled.last = Some((act, named(&row.role)?, row.content));
            }
        }
        Ok(Some((stored(&row)?, settled)))
    }

    /// Is this entry of a review kept already?
    ///
    /// # Errors
    /// Those of the database.
    pub async fn has_review_entry(&mut self, id: EntryId) -> Result<bool, StoreError> {
        Ok(entry::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
            .is_some())
    }

    /// Adds an entry that leads to `stage`, with its term and perhaps its end.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn step_review(
        &mut self,
        id: ReviewId,
        new: &NewReviewEntry<'_>,
        stage: ReviewStage,
        due: Option<&str>,
        outcome: Option<Outcome>,
    ) -> Result<(), StoreError> {
        self.review_entry(id, new).await?;
        let Some(row) = opened::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
        else {
            return Ok(());
        };
        let before: ReviewStage = named(&row.stage)?;
        let (revision, is_asked) = (row.revision, row.asked_ms.is_some());
        let mut row = row.into_active_model();
        if new.act != ReviewAct::Note {
            row.revision = Set(revision + 1);
        }
        row.stage = Set(name_of(&stage)?);
        row.due = Set(due.map(str::to_owned));
        if new.act == ReviewAct::Analyse && !is_asked {
            row.asked_ms = Set(Some(self.now_ms));
        }
        if stage == ReviewStage::Closed && before != stage {
            row.closed_ms = Set(Some(self.now_ms));
            row.outcome = Set(outcome.as_ref().map(name_of).transpose()?);
        }
        row.update(&self.transaction).await?;
        Ok(())
    }

    /// Keeps second marks of an entry that was added before.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn add_second_marks(
        &mut self,
        entry: EntryId,
        marks: &[SecondMark],
    ) -> Result<(), StoreError> {
        let rows: Vec<mark::Model> = (1..)
            .zip(marks)
            .map(|(place, mark)| mark::Model {
                municipality_id: self.municipality,
                entry_id: entry.0,
                place,
                code: mark.code.trim().to_owned(),
                first_score: i32::from(mark.first),
                second_score: i32::from(mark.second),
            })
            .collect();
        rows::insert::<mark::Entity>(&self.transaction, rows).await?;
        Ok(())
    }

    async fn review_entry(
        &mut self,
        review: ReviewId,
        new: &NewReviewEntry<'_>,
    ) -> Result<(), StoreError> {
        let before = entry::Entity::find()
            .filter(entry::Column::MunicipalityId.eq(self.municipality))
            .filter(entry::Column::ReviewId.eq(review.0))
            .count(&self.transaction)
            .await?;
        entry::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            review_id: Set(review.0),
            place: Set(i32::try_from(before).unwrap_or(i32::MAX - 1) + 1),
            at_ms: Set(self.now_ms),
            person_id: Set(self.person.unwrap_or_default()),
            role: Set(name_of(&new.role)?),
            side: Set(name_of(&new.side)?),
            act: Set(name_of(&new.act)?),
            content: Set(new.content.trim().to_owned()),
            facts: Set(serde_json::to_string(new.facts)?),
        }
        .insert(&self.transaction)
        .await?;
        Ok(())
    }
}

fn stored(row: &opened::Model) -> Result<StoredReview, StoreError> {
    Ok(StoredReview {
        id: ReviewId(row.id),
        number: row.number.unsigned_abs(),
        kind: named(&row.kind)?,
        organisation: OrganisationId(row.organisation_id),
        cell: cell(row.year, row.subject.clone(), row.grade)?,
        state: row.state.as_deref().map(named).transpose()?,
        stage: named(&row.stage)?,
        due: row.due.clone(),
        outcome: row.outcome.as_deref().map(named).transpose()?,
        is_asked: row.asked_ms.is_some(),
        revision: row.revision.unsigned_abs(),
        opened_ms: row.opened_ms,
        closed_ms: row.closed_ms,
    })
}

fn grade(level: i32) -> Result<u8, StoreError> {
    u8::try_from(level).map_err(|_| StoreError::Meaning(format!("grade {level} of a review")))
}

fn score(value: i32) -> Result<u16, StoreError> {
    u16::try_from(value).map_err(|_| StoreError::Meaning(format!("score {value} of a recheck")))
}
