//! Municipalities: the owners of everything.

use api::id::MunicipalityId;
use api::text::Text;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, QueryOrder};

use crate::store::access::role::today;
use crate::store::entity::head;
use crate::store::entity::registry::municipality;
use crate::store::{Store, StoreError};

/// A municipality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Municipality {
    /// Id.
    pub id: MunicipalityId,
    /// Name.
    pub name: Text,
    /// Are its data invented?
    pub demo: bool,
    /// Time of its schools: minutes east of UTC. Zones of Russia have no summer time.
    pub zone_minutes: i32,
}

impl Store {
    /// Founds a municipality, or leaves it as it is when it exists.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn found(&self, new: &Municipality, now_ms: i64) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        if municipality::Entity::find_by_id(new.id.0)
            .one(&transaction)
            .await?
            .is_some()
        {
            return Ok(());
        }
        municipality::ActiveModel {
            id: Set(new.id.0),
            name_ru: Set(new.name.ru.clone()),
            name_en: Set(new.name.en.clone()),
            demo: Set(new.demo),
            zone_minutes: Set(new.zone_minutes),
            created_ms: Set(now_ms),
        }
        .insert(&transaction)
        .await?;
        head::ActiveModel {
            municipality_id: Set(new.id.0),
            audit_sequence: Set(0),
            audit_hash: Set(String::new()),
            live_sequence: Set(0),
        }
        .insert(&transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Is there such a municipality?
    ///
    /// # Errors
    /// Those of the database.
    pub async fn municipality_exists(&self, id: MunicipalityId) -> Result<bool, StoreError> {
        Ok(municipality::Entity::find_by_id(id.0)
            .one(&self.reader)
            .await?
            .is_some())
    }

    /// All municipalities of the installation, by name.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn municipalities(&self) -> Result<Vec<Municipality>, StoreError> {
        Ok(municipality::Entity::find()
            .order_by_asc(municipality::Column::NameRu)
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| Municipality {
                id: MunicipalityId(row.id),
                name: Text::new(row.name_ru, row.name_en),
                demo: row.demo,
                zone_minutes: row.zone_minutes,
            })
            .collect())
    }

    /// Time of the municipality's schools, minutes east of UTC; 0 for an unknown one.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn zone_minutes(&self, id: MunicipalityId) -> Result<i32, StoreError> {
        Ok(municipality::Entity::find_by_id(id.0)
            .one(&self.reader)
            .await?
            .map_or(0, |row| row.zone_minutes))
    }

    /// The date in the municipality at a moment, `YYYY-MM-DD`.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn today(&self, id: MunicipalityId, now_ms: i64) -> Result<String, StoreError> {
        today(&self.reader, id.0, now_ms).await
    }
}
