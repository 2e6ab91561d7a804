//! Stored runs of the engine and their cells.

use api::id::{EventId, MunicipalityId, OrganisationId, RunId, SubmissionId};
use api::procedures::procedure::ProcedureKind;
use api::results::heat_map::CellState;
use api::results::run::{Run, RunState};
use objectivity::data::SchoolContext;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use std::collections::HashMap;
use std::io::{Read as _, Write as _};
use uuid::Uuid;

use crate::jobs::Job;
use crate::store::entity::forms::submission;
use crate::store::entity::procedures::{event, procedure};
use crate::store::entity::registry::organisation;
use crate::store::entity::results::{external_list, objectivity_cell, objectivity_run};
use crate::store::entity::schools::context_passport;
use crate::store::name::{document, name_of, named};
use crate::store::{Store, StoreError, Write};

/// A cell without its detail.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredCell {
    /// School.
    pub organisation: OrganisationId,
    /// Kind of procedure.
    pub kind: ProcedureKind,
    /// Calendar year.
    pub year: i32,
    /// Subject code.
    pub subject: String,
    /// Grade level.
    pub grade: u8,
    /// State.
    pub state: CellState,
    /// Pupils.
    pub n: u32,
    /// Channel named first.
    pub first_reason: Option<String>,
}

/// A work of one run: what the cells of one column of the map have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellColumn<Subject> {
    /// Kind of procedure.
    pub kind: ProcedureKind,
    /// Calendar year.
    pub year: i32,
    /// Subject code.
    pub subject: Subject,
    /// Grade level.
    pub grade: u8,
}

/// What one submitted sheet says.
#[derive(Clone, Debug, PartialEq)]
pub struct ObservedSheet {
    /// Event.
    pub event: EventId,
    /// Submission.
    pub submission: SubmissionId,
    /// Observation index, 0–1.
    pub index: f64,
    /// Critical violations.
    pub critical: u32,
    /// When it was submitted.
    pub submitted_ms: Option<i64>,
}

/// What a run stores when it is done.
#[derive(Clone, Debug)]
pub struct RunResult {
    /// Version of the engine.
    pub engine_version: String,
    /// Parameters as JSON.
    pub parameters: String,
    /// Hash over the rows it saw.
    pub data_version: String,
    /// Pupil-works.
    pub works: u64,
    /// Hash over the cells.
    pub result_hash: String,
    /// Cells with what the engine said of each.
    pub cells: Vec<(StoredCell, objectivity::cell::Cell)>,
}

/// The run in force: the one that was asked for last of those that are done.
///
/// # Errors
/// A state that has no name.
pub(in crate::store) fn in_force(
    municipality: Uuid,
) -> Result<Select<objectivity_run::Entity>, StoreError> {
    Ok(objectivity_run::Entity::find()
        .filter(objectivity_run::Column::MunicipalityId.eq(municipality))
        .filter(objectivity_run::Column::State.eq(name_of(&RunState::Done)?))
        .order_by_desc(objectivity_run::Column::RequestedMs)
        .order_by_desc(objectivity_run::Column::Id))
}

impl Store {
    /// Runs, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn runs(&self, municipality: MunicipalityId) -> Result<Vec<Run>, StoreError> {
        objectivity_run::Entity::find()
            .filter(objectivity_run::Column::MunicipalityId.eq(municipality.0))
            .order_by_desc(objectivity_run::Column::RequestedMs)
            .order_by_desc(objectivity_run::Column::Id)
            .limit(200)
            .all(&self.reader)
            .await?
            .into_iter()
            .map(run)
            .collect()
    }

    /// One run.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn run(
        &self,
        municipality: MunicipalityId,
        id: RunId,
    ) -> Result<Option<Run>, StoreError> {
        objectivity_run::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?
            .map(run)
            .transpose()
    }

    /// The run in force: the one asked for last among those that are done.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn current_run(
        &self,
        municipality: MunicipalityId,
    ) -> Result<Option<Run>, StoreError> {
        in_force(municipality.0)?
            .one(&self.reader)
            .await?
            .map(run)
            .transpose()
    }

    /// Cells of a run for one year and kind, without details.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn cells(
        &self,
        municipality: MunicipalityId,
        run: RunId,
        kind: ProcedureKind,
        year: i32,
    ) -> Result<Vec<StoredCell>, StoreError> {
        #[derive(sea_orm::FromQueryResult)]
        struct Row {
            organisation_id: Uuid,
            subject: String,
            grade: i32,
            state: String,
            n: i32,
            first_reason: Option<String>,
        }
        use objectivity_cell::Column as C;
        objectivity_cell::Entity::find()
            .select_only()
            .columns([
                C::OrganisationId,
                C::Subject,
                C::Grade,
                C::State,
                C::N,
                C::FirstReason,
            ])
            .filter(C::MunicipalityId.eq(municipality.0))
            .filter(C::RunId.eq(run.0))
            .filter(C::ProcedureKind.eq(name_of(&kind)?))
            .filter(C::Year.eq(year))
            .into_model::<Row>()
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| {
                Ok(StoredCell {
                    organisation: OrganisationId(row.organisation_id),
                    kind,
                    year,
                    subject: row.subject,
                    grade: grade(row.grade)?,
                    state: named(&row.state)?,
                    n: row.n.unsigned_abs(),
                    first_reason: row.first_reason,
                })
            })
            .collect()
    }

    /// States of all cells of a run.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn run_states(
        &self,
        municipality: MunicipalityId,
        run: RunId,
    ) -> Result<HashMap<(OrganisationId, CellColumn<String>), CellState>, StoreError> {
        use objectivity_cell::Column as C;
        let rows: Vec<(Uuid, String, i32, String, i32, String)> = objectivity_cell::Entity::find()
            .select_only()
            .columns([
                C::OrganisationId,
                C::ProcedureKind,
                C::Year,
                C::Subject,
                C::Grade,
                C::State,
            ])
            .filter(C::MunicipalityId.eq(municipality.0))
            .filter(C::RunId.eq(run.0))
            .into_tuple()
            .all(&self.reader)
            .await?;
        rows.into_iter()
            .map(|(organisation, kind, year, subject, level, state)| {
                let column = CellColumn {
                    kind: named(&kind)?,
                    year,
                    subject,
                    grade: grade(level)?,
                };
                Ok(((OrganisationId(organisation), column), named(&state)?))
            })
            .collect()
    }

    /// Parameters of a run without its seed, as they were stored.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn run_parameters(
        &self,
        municipality: MunicipalityId,
        run: RunId,
    ) -> Result<Option<serde_json::Value>, StoreError> {
        let row = objectivity_run::Entity::find_by_id((municipality.0, run.0))
            .one(&self.reader)
            .await?;
        let Some(row) = row.filter(|row| !row.parameters.is_empty()) else {
            return Ok(None);
        };
        let mut parameters: serde_json::Value = document(&row.parameters)?;
        if let Some(fields) = parameters.as_object_mut() {
            fields.remove("seed");
        }
        Ok(Some(parameters))
    }

    /// What the engine said of every school of one column of the map.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn cell_details(
        &self,
        municipality: MunicipalityId,
        run: RunId,
        column: CellColumn<&str>,
    ) -> Result<Vec<(OrganisationId, objectivity::cell::Cell)>, StoreError> {
        use objectivity_cell::Column as C;
        objectivity_cell::Entity::find()
            .filter(C::MunicipalityId.eq(municipality.0))
            .filter(C::RunId.eq(run.0))
            .filter(C::ProcedureKind.eq(name_of(&column.kind)?))
            .filter(C::Year.eq(column.year))
            .filter(C::Subject.eq(column.subject))
            .filter(C::Grade.eq(i32::from(column.grade)))
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| Ok((OrganisationId(row.organisation_id), inflate(&row.detail)?)))
            .collect()
    }

    /// Kinds and years of a run's cells.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn cell_columns(
        &self,
        municipality: MunicipalityId,
        run: RunId,
    ) -> Result<Vec<(ProcedureKind, i32)>, StoreError> {
        use objectivity_cell::Column as C;
        let rows: Vec<(String, i32)> = objectivity_cell::Entity::find()
            .select_only()
            .columns([C::ProcedureKind, C::Year])
            .filter(C::MunicipalityId.eq(municipality.0))
            .filter(C::RunId.eq(run.0))
            .distinct()
            .into_tuple()
            .all(&self.reader)
            .await?;
        rows.into_iter()
            .map(|(kind, year)| Ok((named(&kind)?, year)))
            .collect()
    }

    /// Context passports of all schools and years, by school code.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn contexts(
        &self,
        municipality: MunicipalityId,
    ) -> Result<Vec<SchoolContext>, StoreError> {
        let schools = self.school_codes(municipality).await?;
        let mut contexts = Vec::new();
        for row in context_passport::Entity::find()
            .filter(context_passport::Column::MunicipalityId.eq(municipality.0))
            .order_by_asc(context_passport::Column::Year)
            .order_by_asc(context_passport::Column::OrganisationId)
            .all(&self.reader)
            .await?
        {
            let Some((code, advanced)) = schools.get(&row.organisation_id) else {
                continue;
            };
            let factors: HashMap<String, f64> = document(&row.factors)?;
            let mut enrolled: Vec<objectivity::data::Enrolled> = row
                .enrolled_by
                .as_deref()
                .map(document::<Vec<objectivity::data::Enrolled>>)
                .transpose()?
                .unwrap_or_default();
            if let Some(pupils) = row.enrolled {
                enrolled.push(objectivity::data::Enrolled {
                    subject: None,
                    grade: None,
                    pupils: pupils.unsigned_abs(),
                });
            }
            contexts.push(SchoolContext {
                year: row.year,
                school: code.clone(),
                enrolled,
                context_index: row.context_index,
                factors: objectivity::context::FACTORS
                    .map(|factor| factors.get(factor.id).copied()),
                advanced_profile: *advanced,
            });
        }
        Ok(contexts)
    }

    /// Code of each school, and whether a high level is expected of it.
    async fn school_codes(
        &self,
        municipality: MunicipalityId,
    ) -> Result<HashMap<Uuid, (String, bool)>, StoreError> {
        Ok(organisation::Entity::find()
            .filter(organisation::Column::MunicipalityId.eq(municipality.0))
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| {
                let advanced = matches!(row.kind.as_str(), "gymnasium" | "lyceum");
                (row.id, (row.code, advanced))
            })
            .collect())
    }

    /// What submitted observers' sheets say, by school and work.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn observations(
        &self,
        municipality: MunicipalityId,
    ) -> Result<Vec<(OrganisationId, CellColumn<String>, ObservedSheet)>, StoreError> {
        let sheets = submission::Entity::find()
            .filter(submission::Column::MunicipalityId.eq(municipality.0))
            .filter(submission::Column::EventId.is_not_null())
            .filter(submission::Column::SubmittedMs.is_not_null())
            .filter(submission::Column::Overall.is_not_null())
            .order_by_asc(submission::Column::Id)
            .all(&self.reader)
            .await?;
        let events: HashMap<Uuid, event::Model> = event::Entity::find()
            .filter(event::Column::MunicipalityId.eq(municipality.0))
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        let procedures: HashMap<Uuid, procedure::Model> = procedure::Entity::find()
            .filter(procedure::Column::MunicipalityId.eq(municipality.0))
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        let mut observed = Vec::new();
        for sheet in sheets {
            let event = sheet.event_id.and_then(|id| events.get(&id));
            let procedure = event.and_then(|event| procedures.get(&event.procedure_id));
            let (Some(event), Some(procedure), Some(index)) = (event, procedure, sheet.overall)
            else {
                continue;
            };
            let column = CellColumn {
                kind: named(&procedure.kind)?,
                year: procedure.year,
                subject: event.subject.clone(),
                grade: grade(event.grade)?,
            };
            let sheet = ObservedSheet {
                event: EventId(event.id),
                submission: SubmissionId(sheet.id),
                index,
                critical: sheet.critical.unsigned_abs(),
                submitted_ms: sheet.submitted_ms,
            };
            observed.push((OrganisationId(event.organisation_id), column, sheet));
        }
        Ok(observed)
    }

    /// Lines of external lists, by school code.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn external_listings(
        &self,
        municipality: MunicipalityId,
    ) -> Result<Vec<objectivity::data::ExternalListing>, StoreError> {
        let schools = self.school_codes(municipality).await?;
        let mut listings = Vec::new();
        for row in external_list::Entity::find()
            .filter(external_list::Column::MunicipalityId.eq(municipality.0))
            .order_by_asc(external_list::Column::Id)
            .all(&self.reader)
            .await?
        {
            let Some((code, _)) = schools.get(&row.organisation_id) else {
                continue;
            };
            listings.push(objectivity::data::ExternalListing {
                year: row.year,
                school: code.clone(),
                subject: row.subject,
                grade: row.grade.map(grade).transpose()?,
                source: named(&row.source)?,
                name: row.name,
            });
        }
        Ok(listings)
    }
}

impl Write {
    /// Asks for a run and puts the job that computes it.
    ///
    /// # Errors
    /// `Duplicate` when the id is taken.
    pub async fn request_run(&mut self, id: RunId, reason: &str) -> Result<(), StoreError> {
        let parameters = objectivity::parameters::Parameters::default();
        objectivity_run::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id.0),
            state: Set(name_of(&RunState::Queued)?),
            progress: Set(0.0),
            requested_ms: Set(self.now_ms),
            finished_ms: Set(None),
            reason: Set(reason.to_owned()),
            engine_version: Set(objectivity::run::ENGINE_VERSION.to_owned()),
            parameters: Set(serde_json::to_string(&parameters)?),
            data_version: Set(String::new()),
            seed: Set(i64::try_from(parameters.seed).unwrap_or_default()),
            works: Set(0),
            cells: Set(0),
            result_hash: Set(None),
            error: Set(None),
        }
        .insert(&self.transaction)
        .await?;
        self.enqueue(&Job::Recompute { run: id }).await
    }

    /// One run as this change sees it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn run(&self, id: RunId) -> Result<Option<Run>, StoreError> {
        objectivity_run::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
            .map(run)
            .transpose()
    }

    /// Is a newer run waiting? Then an older one need not begin.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn newer_run_waits(&self, than: &Run) -> Result<bool, StoreError> {
        let waiting = objectivity_run::Entity::find()
            .filter(objectivity_run::Column::MunicipalityId.eq(self.municipality))
            .filter(objectivity_run::Column::State.eq(name_of(&RunState::Queued)?))
            .filter(objectivity_run::Column::RequestedMs.gt(than.requested_ms))
            .one(&self.transaction)
            .await?;
        Ok(waiting.is_some())
    }

    /// Moves a run on. `error` says why it failed or was left out.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn set_run_state(
        &mut self,
        id: RunId,
        state: RunState,
        progress: f32,
        error: Option<String>,
    ) -> Result<(), StoreError> {
        let ends = matches!(
            state,
            RunState::Failed | RunState::Cancelled | RunState::Done
        );
        objectivity_run::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id.0),
            state: Set(name_of(&state)?),
            progress: Set(f64::from(progress)),
            finished_ms: Set(ends.then_some(self.now_ms)),
            error: Set(error),
            ..Default::default()
        }
        .update(&self.transaction)
        .await?;
        Ok(())
    }

    /// Stores what a run found and makes it the run in force.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn finish_run(&mut self, id: RunId, found: &RunResult) -> Result<(), StoreError> {
        const CELLS_AT_ONCE: usize = 400;
        for chunk in found.cells.chunks(CELLS_AT_ONCE) {
            let rows = chunk
                .iter()
                .map(|(cell, detail)| self.cell_row(id, cell, detail))
                .collect::<Result<Vec<_>, StoreError>>()?;
            objectivity_cell::Entity::insert_many(rows)
                .exec_without_returning(&self.transaction)
                .await?;
        }
        objectivity_run::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id.0),
            state: Set(name_of(&RunState::Done)?),
            progress: Set(1.0),
            finished_ms: Set(Some(self.now_ms)),
            engine_version: Set(found.engine_version.clone()),
            parameters: Set(found.parameters.clone()),
            data_version: Set(found.data_version.clone()),
            works: Set(i64::try_from(found.works).unwrap_or(i64::MAX)),
            cells: Set(i32::try_from(found.cells.len()).unwrap_or(i32::MAX)),
            result_hash: Set(Some(found.result_hash.clone())),
            ..Default::default()
        }
        .update(&self.transaction)
        .await?;
        Ok(())
    }

    fn cell_row(
        &self,
        run: RunId,
        cell: &StoredCell,
        detail: &objectivity::cell::Cell,
    ) -> Result<objectivity_cell::ActiveModel, StoreError> {
        Ok(objectivity_cell::ActiveModel {
            municipality_id: Set(self.municipality),
            run_id: Set(run.0),
            organisation_id: Set(cell.organisation.0),
            procedure_kind: Set(name_of(&cell.kind)?),
            year: Set(cell.year),
            subject: Set(cell.subject.clone()),
            grade: Set(i32::from(cell.grade)),
            state: Set(name_of(&cell.state)?),
            n: Set(i32::try_from(cell.n).unwrap_or(i32::MAX)),
            first_reason: Set(cell.first_reason.clone()),
            posterior: Set(detail.posterior),
            local_fdr: Set(detail.local_fdr),
            mean: Set(detail.mean),
            shrunk_mean: Set(detail.shrunk_mean),
            detail: Set(deflate(detail)?),
        })
    }

    /// Stores the context passport of a school and year; an earlier one of the same year is replaced.
    ///
    /// # Errors
    /// `Dangling` for an unknown school.
    pub async fn put_context(
        &mut self,
        organisation: OrganisationId,
        context: &SchoolContext,
    ) -> Result<(), StoreError> {
        let factors: HashMap<&str, f64> = objectivity::context::FACTORS
            .iter()
            .zip(context.factors)
            .filter_map(|(factor, share)| Some((factor.id, share?)))
            .collect();
        let whole = context
            .enrolled
            .iter()
            .find(|enrolled| enrolled.subject.is_none() && enrolled.grade.is_none());
        let parts: Vec<_> = context
            .enrolled
            .iter()
            .filter(|enrolled| enrolled.subject.is_some() || enrolled.grade.is_some())
            .collect();
        use context_passport::Column as C;
        context_passport::Entity::insert(context_passport::ActiveModel {
            municipality_id: Set(self.municipality),
            organisation_id: Set(organisation.0),
            year: Set(context.year),
            factors: Set(serde_json::to_string(&factors)?),
            context_index: Set(context.context_index),
            enrolled: Set(whole.map(|whole| i32::try_from(whole.pupils).unwrap_or(i32::MAX))),
            enrolled_by: Set(Some(serde_json::to_string(&parts)?)),
        })
        .on_conflict(
            sea_orm::sea_query::OnConflict::columns([
                C::MunicipalityId,
                C::OrganisationId,
                C::Year,
            ])
            .update_columns([C::Factors, C::ContextIndex, C::Enrolled, C::EnrolledBy])
            .to_owned(),
        )
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(())
    }
}

fn grade(stored: i32) -> Result<u8, StoreError> {
    u8::try_from(stored).map_err(|_| StoreError::Meaning(format!("grade {stored}")))
}

fn deflate(cell: &objectivity::cell::Cell) -> Result<Vec<u8>, StoreError> {
    let json = serde_json::to_vec(cell)?;
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder
        .write_all(&json)
        .and_then(|()| encoder.finish())
        .map_err(|error| StoreError::Meaning(error.to_string()))
}

pub(in crate::store) fn inflate(bytes: &[u8]) -> Result<objectivity::cell::Cell, StoreError> {
    let mut json = Vec::new();
    flate2::read::DeflateDecoder::new(bytes)
        .read_to_end(&mut json)
        .map_err(|error| StoreError::Meaning(error.to_string()))?;
    Ok(serde_json::from_slice(&json)?)
}

fn run(row: objectivity_run::Model) -> Result<Run, StoreError> {
    Ok(Run {
        id: RunId(row.id),
        state: named(&row.state)?,
        progress: row.progress as f32,
        requested_ms: row.requested_ms,
        finished_ms: row.finished_ms,
        reason: row.reason,
        engine_version: row.engine_version,
        data_version: row.data_version,
        seed: row.seed.unsigned_abs(),
        works: row.works.unsigned_abs(),
        cells: row.cells.unsigned_abs(),
        result_hash: row.result_hash,
    })
}
