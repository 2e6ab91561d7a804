//! Procedures of assessment.

use std::collections::HashMap;

use api::id::{MunicipalityId, ProcedureId};
use api::procedures::procedure::{NewProcedure, Procedure, ProcedureWork};
use api::text::Text;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::import::subject;
use crate::store::entity::procedures::procedure;
use crate::store::entity::results::{paper, result};
use crate::store::name::{name_of, named};
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
        let counts: HashMap<Uuid, u32> = result::Entity::find()
            .select_only()
            .column(result::Column::PaperId)
            .column_as(result::Column::RowNumber.count(), "works")
            .filter(result::Column::MunicipalityId.eq(municipality.0))
            .filter(result::Column::SupersededBy.is_null())
            .group_by(result::Column::PaperId)
            .into_model::<PaperCount>()
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| (row.paper_id, u32::try_from(row.works).unwrap_or(u32::MAX)))
            .collect();
        let mut works: HashMap<Uuid, Vec<ProcedureWork>> = HashMap::new();
        for paper in paper::Entity::find()
            .filter(paper::Column::MunicipalityId.eq(municipality.0))
            .order_by_asc(paper::Column::Subject)
            .order_by_asc(paper::Column::Grade)
            .all(&self.reader)
            .await?
        {
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
        procedure::Entity::find()
            .filter(procedure::Column::MunicipalityId.eq(municipality.0))
            .order_by_desc(procedure::Column::Year)
            .order_by_asc(procedure::Column::Kind)
            .order_by_asc(procedure::Column::Id)
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| {
                Ok(Procedure {
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
                ])
                .to_owned(),
        )
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(())
    }
}

/// A grade level as it travels.
pub(in crate::store) fn grade(stored: i32) -> Result<u8, StoreError> {
    u8::try_from(stored).map_err(|_| StoreError::Meaning(format!("grade level {stored}")))
}
