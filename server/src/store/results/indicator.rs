//! Values of indicators that people entered.

use std::collections::BTreeMap;

use api::id::MunicipalityId;
use api::results::indicator::{IndicatorValue, NewIndicatorValue};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
};

use crate::store::access::person::names_of;
use crate::store::entity::results::indicator_value as table;
use crate::store::{Store, StoreError, Write};

impl Store {
    /// The value that counts, by indicator and year.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn indicator_values(
        &self,
        municipality: MunicipalityId,
    ) -> Result<BTreeMap<(String, i32), IndicatorValue>, StoreError> {
        let rows = table::Entity::find()
            .filter(table::Column::MunicipalityId.eq(municipality.0))
            .order_by_asc(table::Column::AtMs)
            .order_by_asc(table::Column::Id)
            .all(&self.reader)
            .await?;
        let people = rows.iter().map(|row| row.person_id);
        let names = names_of(&self.reader, municipality.0, people).await?;
        // A later one of the same year takes the place of the earlier.
        Ok(rows
            .into_iter()
            .map(|row| {
                let value = IndicatorValue {
                    year: row.year,
                    value: row.value,
                    n: None,
                    evidence: Some(row.evidence),
                    author: names.get(&row.person_id).cloned(),
                    at_ms: Some(row.at_ms),
                };
                ((row.indicator, row.year), value)
            })
            .collect())
    }
}

impl Write {
    /// Keeps a value; false when one of its id is there already.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn enter_indicator(&mut self, new: &NewIndicatorValue) -> Result<bool, StoreError> {
        let known = table::Entity::find_by_id((self.municipality, new.id.0))
            .one(&self.transaction)
            .await?;
        if known.is_some() {
            return Ok(false);
        }
        table::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            indicator: Set(new.indicator.clone()),
            year: Set(new.year),
            value: Set(new.value),
            evidence: Set(new.evidence.trim().to_owned()),
            person_id: Set(self.person.unwrap_or_default()),
            at_ms: Set(self.now_ms),
        }
        .insert(&self.transaction)
        .await?;
        Ok(true)
    }
}
