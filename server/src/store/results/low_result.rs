//! Identifications of schools with low results, as they were found.

use api::id::{IdentificationId, MunicipalityId, RunId};
use api::results::low_result::{Identification, IdentificationLabel, LowSchool, LowStanding};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
};

use crate::store::access::person::names_of;
use crate::store::entity::results::low_result_identification as table;
use crate::store::name::document;
use crate::store::registry::organisation::count;
use crate::store::{Store, StoreError, Write};

impl Store {
    /// All of them, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn identifications(
        &self,
        municipality: MunicipalityId,
    ) -> Result<Vec<Identification>, StoreError> {
        let rows = table::Entity::find()
            .filter(table::Column::MunicipalityId.eq(municipality.0))
            .order_by_desc(table::Column::AtMs)
            .order_by_desc(table::Column::Id)
            .all(&self.reader)
            .await?;
        self.identified(municipality, rows).await
    }

    /// One of them.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn identification(
        &self,
        municipality: MunicipalityId,
        id: IdentificationId,
    ) -> Result<Option<Identification>, StoreError> {
        let row = table::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?;
        let found = self
            .identified(municipality, row.into_iter().collect())
            .await?;
        Ok(found.into_iter().next())
    }

    async fn identified(
        &self,
        municipality: MunicipalityId,
        rows: Vec<table::Model>,
    ) -> Result<Vec<Identification>, StoreError> {
        let people = rows.iter().map(|row| row.person_id);
        let names = names_of(&self.reader, municipality.0, people).await?;
        rows.into_iter()
            .map(|row| {
                let schools: Vec<LowSchool> = document(&row.schools)?;
                let of = |standing: LowStanding| {
                    let found = schools.iter().filter(|school| school.standing == standing);
                    u32::try_from(found.count()).unwrap_or(u32::MAX)
                };
                Ok(Identification {
                    label: IdentificationLabel {
                        id: IdentificationId(row.id),
                        at_ms: row.at_ms,
                        author: names.get(&row.person_id).cloned().unwrap_or_default(),
                        year: row.year,
                        rule: document(&row.rule)?,
                        run: row.run_id.map(RunId),
                        judged: row.judged.unsigned_abs(),
                        found: [
                            of(LowStanding::RiskGroup),
                            of(LowStanding::Low),
                            of(LowStanding::Unknown),
                        ],
                    },
                    schools,
                })
            })
            .collect()
    }
}

impl Write {
    /// Keeps an identification; false when one of its id is there already.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn keep_identification(
        &mut self,
        found: &Identification,
    ) -> Result<bool, StoreError> {
        let label = &found.label;
        let known = table::Entity::find_by_id((self.municipality, label.id.0))
            .one(&self.transaction)
            .await?;
        if known.is_some() {
            return Ok(false);
        }
        table::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(label.id.0),
            at_ms: Set(self.now_ms),
            person_id: Set(self.person.unwrap_or_default()),
            year: Set(label.year),
            rule: Set(serde_json::to_string(&label.rule)?),
            run_id: Set(label.run.map(|run| run.0)),
            judged: Set(count(label.judged)),
            schools: Set(serde_json::to_string(&found.schools)?),
        }
        .insert(&self.transaction)
        .await?;
        Ok(true)
    }
}
