//! Procedures of assessment.

use std::collections::HashMap;

use api::id::{MunicipalityId, ProcedureId};
use api::procedures::procedure::{
    Checklist, NewProcedure, Procedure, ProcedurePlan, ProcedureWork,
};
use api::text::Text;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter,
    QueryOrder, QuerySelect, sea_query::OnConflict,
};
use time::Date;
use time::macros::format_description;
use uuid::Uuid;

use super::event_change::called_off;
use crate::import::subject;
use crate::rules::day::school_year;
use crate::store::entity::forms::form;
use crate::store::entity::procedures::{event, procedure};
use crate::store::entity::results::{paper, result};
use crate::store::name::{document, name_of, named};
use crate::store::rows::among;
use crate::store::{Store, StoreError, Write};

#[derive(FromQueryResult)]
struct PaperCount {
    paper_id: Uuid,
    works: i64,
}

impl Store {
    /// Procedures, newest first, with their works.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn procedures(
        &self,
        municipality: MunicipalityId,
    ) -> Result<Vec<Procedure>, StoreError> {
        self.described(municipality, None).await
    }

    /// Procedures, or the one that is asked for, with their works.
    async fn described(
        &self,
        municipality: MunicipalityId,
        only: Option<ProcedureId>,
    ) -> Result<Vec<Procedure>, StoreError> {
        let mut events = held(&self.reader, municipality.0, only).await?;
        let mut papers = paper::Entity::find()
            .filter(paper::Column::MunicipalityId.eq(municipality.0))
            .order_by_asc(paper::Column::Subject)
            .order_by_asc(paper::Column::Grade);
        let mut procedures = procedure::Entity::find()
            .filter(procedure::Column::MunicipalityId.eq(municipality.0))
            .order_by_desc(procedure::Column::Year)
            .order_by_asc(procedure::Column::Kind)
            .order_by_asc(procedure::Column::Id);
        if let Some(only) = only {
            papers = papers.filter(paper::Column::ProcedureId.eq(only.0));
            procedures = procedures.filter(procedure::Column::Id.eq(only.0));
        }
        let papers = papers.all(&self.reader).await?;
        let ids: Vec<Uuid> = papers.iter().map(|paper| paper.id).collect();
        let counts: HashMap<Uuid, u32> = result::Entity::find()
            .select_only()
            .column(result::Column::PaperId)
            .column_as(result::Column::RowNumber.count(), "works")
            .filter(result::Column::MunicipalityId.eq(municipality.0))
            .filter(result::Column::SupersededBy.is_null())
            .filter(among(result::Column::PaperId, &ids))
            .group_by(result::Column::PaperId)
            .into_model::<PaperCount>()
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| (row.paper_id, u32::try_from(row.works).unwrap_or(u32::MAX)))
            .collect();
        let mut works: HashMap<Uuid, Vec<ProcedureWork>> = HashMap::new();
        for paper in papers {
            works
                .entry(paper.procedure_id)
                .or_default()
                .push(ProcedureWork {
                    subject_name: subject::name(&paper.subject),
                    subject: paper.subject,
                    grade: grade(paper.grade)?,
                    results: counts.get(&paper.id).copied().unwrap_or(0),
                });
        }
        procedures
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| {
                Ok(Procedure {
                    plan: ProcedurePlan {
                        entry: row.entry,
                        subjects: document(&row.subjects)?,
                        grades: document(&row.grades)?,
                        checklist: row.checklist,
                    },
                    school_year: school_year_of(&row.opens),
                    events: events.remove(&row.id).unwrap_or(0),
                    id: ProcedureId(row.id),
                    kind: named(&row.kind)?,
                    level: named(&row.level)?,
                    title: Text::new(row.title_ru, row.title_en),
                    year: row.year,
                    window: [row.opens, row.closes],
                    works: works.remove(&row.id).unwrap_or_default(),
                })
            })
            .collect()
    }

    /// One procedure.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn procedure(
        &self,
        municipality: MunicipalityId,
        id: ProcedureId,
    ) -> Result<Option<Procedure>, StoreError> {
        Ok(self.described(municipality, Some(id)).await?.pop())
    }

    /// Published forms that observers can fill, the newest title of each.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn checklists(
        &self,
        municipality: MunicipalityId,
    ) -> Result<Vec<Checklist>, StoreError> {
        let mut checklists: Vec<Checklist> = Vec::new();
        for row in form::Entity::find()
            .filter(form::Column::MunicipalityId.eq(municipality.0))
            .filter(form::Column::Purpose.eq("observation"))
            .order_by_asc(form::Column::Id)
            .order_by_desc(form::Column::PublishedMs)
            .all(&self.reader)
            .await?
        {
            if checklists.last().is_none_or(|last| last.id != row.id) {
                checklists.push(Checklist {
                    id: row.id,
                    title: Text::new(row.title_ru, row.title_en),
                });
            }
        }
        Ok(checklists)
    }
}

impl Write {
    /// Stores a procedure.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn put_procedure(&mut self, new: &NewProcedure) -> Result<(), StoreError> {
        use procedure::Column as C;
        procedure::Entity::insert(procedure::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            kind: Set(name_of(&new.kind)?),
            level: Set(name_of(&new.level)?),
            title_ru: Set(new.title.ru.clone()),
            title_en: Set(new.title.en.clone()),
            year: Set(new.year),
            opens: Set(new.window[0].clone()),
            closes: Set(new.window[1].clone()),
            entry: Set(new.plan.entry.clone()),
            subjects: Set(serde_json::to_string(&new.plan.subjects)?),
            grades: Set(serde_json::to_string(&new.plan.grades)?),
            checklist: Set(new.plan.checklist.clone()),
        })
        .on_conflict(
            OnConflict::columns([C::MunicipalityId, C::Id])
                .update_columns([
                    C::Kind,
                    C::Level,
                    C::TitleRu,
                    C::TitleEn,
                    C::Year,
                    C::Opens,
                    C::Closes,
                    C::Entry,
                    C::Subjects,
                    C::Grades,
                    C::Checklist,
                ])
                .to_owned(),
        )
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(())
    }
}

/// Events of each procedure, or of one, that were not called off.
async fn held(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    only: Option<ProcedureId>,
) -> Result<HashMap<Uuid, u32>, StoreError> {
    let mut events = event::Entity::find()
        .select_only()
        .columns([event::Column::Id, event::Column::ProcedureId])
        .filter(event::Column::MunicipalityId.eq(municipality));
    if let Some(only) = only {
        events = events.filter(event::Column::ProcedureId.eq(only.0));
    }
    let rows: Vec<(Uuid, Uuid)> = events.into_tuple().all(connection).await?;
    let ids: Vec<Uuid> = rows.iter().map(|(id, _)| *id).collect();
    let off = called_off(connection, municipality, &ids).await?;
    let mut counts = HashMap::new();
    for (id, procedure) in rows {
        if !off.contains(&id) {
            *counts.entry(procedure).or_default() += 1;
        }
    }
    Ok(counts)
}

/// The year in which the school year of a date began; 0 for what is no date.
fn school_year_of(date: &str) -> i32 {
    Date::parse(date, format_description!("[year]-[month]-[day]")).map_or(0, school_year)
}

/// A grade level as it travels.
pub(in crate::store) fn grade(stored: i32) -> Result<u8, StoreError> {
    u8::try_from(stored).map_err(|_| StoreError::Meaning(format!("grade level {stored}")))
}
