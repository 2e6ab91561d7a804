//! The register of organisations.

use std::collections::HashMap;

use api::id::{MunicipalityId, OrganisationId};
use api::registry::organisation::{Organisation, OrganisationChange};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::auth::{Place, Reach};
use crate::store::entity::registry::{organisation, organisation_change};
use crate::store::name::{document, name_of, named};
use crate::store::{Store, StoreError, Write};

impl Store {
    /// Organisations within reach, by short name.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn organisations(
        &self,
        municipality: MunicipalityId,
        reach: &Reach,
    ) -> Result<Vec<Organisation>, StoreError> {
        let rows = organisation::Entity::find()
            .filter(organisation::Column::MunicipalityId.eq(municipality.0))
            .order_by_asc(organisation::Column::ShortName)
            .order_by_asc(organisation::Column::Id)
            .all(&self.reader)
            .await?;
        let mut history = history(&self.reader, municipality, None).await?;
        rows.into_iter()
            .filter(|row| reach.covers(Place::organisation(OrganisationId(row.id))))
            .map(|row| {
                let history = history.remove(&row.id).unwrap_or_default();
                organisation(row, history)
            })
            .collect()
    }

    /// One organisation.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn organisation(
        &self,
        municipality: MunicipalityId,
        id: OrganisationId,
    ) -> Result<Option<Organisation>, StoreError> {
        let Some(row) = organisation::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?
        else {
            return Ok(None);
        };
        let history = history(&self.reader, municipality, Some(id))
            .await?
            .remove(&row.id)
            .unwrap_or_default();
        organisation(row, history).map(Some)
    }
}

impl Write {
    /// Stores an organisation. Changes of its standing are added to the history, never removed from it.
    ///
    /// # Errors
    /// `Duplicate` when another organisation has the code, `Dangling` for an unknown parent.
    pub async fn put_organisation(&mut self, new: &Organisation) -> Result<(), StoreError> {
        let row = organisation::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            code: Set(new.code.clone()),
            name: Set(new.name.clone()),
            short_name: Set(new.short_name.clone()),
            kind: Set(name_of(&new.kind)?),
            cluster: Set(name_of(&new.cluster)?),
            grades: Set(serde_json::to_string(&new.grades)?),
            small_school: Set(new.small_school),
            rural: Set(new.rural),
            pupils: Set(count(new.pupils)),
            capacity: Set(new.capacity.map(count)),
            settlement: Set(new.settlement.clone()),
            latitude: Set(new.place.map(|place| place[0])),
            longitude: Set(new.place.map(|place| place[1])),
            parent_id: Set(new.parent.map(|parent| parent.0)),
            changed_ms: Set(self.now_ms),
        };
        use organisation::Column as C;
        organisation::Entity::insert(row)
            .on_conflict(
                OnConflict::columns([C::MunicipalityId, C::Id])
                    .update_columns([
                        C::Code,
                        C::Name,
                        C::ShortName,
                        C::Kind,
                        C::Cluster,
                        C::Grades,
                        C::SmallSchool,
                        C::Rural,
                        C::Pupils,
                        C::Capacity,
                        C::Settlement,
                        C::Latitude,
                        C::Longitude,
                        C::ParentId,
                        C::ChangedMs,
                    ])
                    .to_owned(),
            )
            .exec_without_returning(&self.transaction)
            .await?;
        if new.history.is_empty() {
            return Ok(());
        }
        let owner = MunicipalityId(self.municipality);
        let known = history(&self.transaction, owner, Some(new.id))
            .await?
            .remove(&new.id.0)
            .unwrap_or_default();
        for change in &new.history {
            if known.contains(change) {
                continue;
            }
            organisation_change::Entity::insert(organisation_change::ActiveModel {
                municipality_id: Set(self.municipality),
                id: Set(Uuid::now_v7()),
                organisation_id: Set(new.id.0),
                date: Set(change.date.clone()),
                kind: Set(change.kind.clone()),
                other_id: Set(change.other.map(|other| other.0)),
                order_reference: Set(change.order_reference.clone()),
            })
            .exec_without_returning(&self.transaction)
            .await?;
        }
        Ok(())
    }
}

async fn history(
    connection: &impl ConnectionTrait,
    municipality: MunicipalityId,
    of: Option<OrganisationId>,
) -> Result<HashMap<Uuid, Vec<OrganisationChange>>, StoreError> {
    let mut query = organisation_change::Entity::find()
        .filter(organisation_change::Column::MunicipalityId.eq(municipality.0))
        .order_by_asc(organisation_change::Column::Date)
        .order_by_asc(organisation_change::Column::Id);
    if let Some(of) = of {
        query = query.filter(organisation_change::Column::OrganisationId.eq(of.0));
    }
    let mut history: HashMap<Uuid, Vec<OrganisationChange>> = HashMap::new();
    for row in query.all(connection).await? {
        history
            .entry(row.organisation_id)
            .or_default()
            .push(OrganisationChange {
                date: row.date,
                kind: row.kind,
                other: row.other_id.map(OrganisationId),
                order_reference: row.order_reference,
            });
    }
    Ok(history)
}

fn organisation(
    row: organisation::Model,
    history: Vec<OrganisationChange>,
) -> Result<Organisation, StoreError> {
    Ok(Organisation {
        id: OrganisationId(row.id),
        code: row.code,
        name: row.name,
        short_name: row.short_name,
        kind: named(&row.kind)?,
        cluster: named(&row.cluster)?,
        grades: document(&row.grades)?,
        small_school: row.small_school,
        rural: row.rural,
        pupils: row.pupils.unsigned_abs(),
        capacity: row.capacity.map(i32::unsigned_abs),
        settlement: row.settlement,
        place: row.latitude.zip(row.longitude).map(|(a, b)| [a, b]),
        parent: row.parent_id.map(OrganisationId),
        history,
    })
}

/// A count as stored; counts of pupils and the like are far below the limit.
pub(in crate::store) fn count(value: u32) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}

/// Short names of all organisations, by id.
///
/// # Errors
/// Those of the database.
pub(in crate::store) async fn short_names(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
) -> Result<HashMap<Uuid, String>, DbErr> {
    let names: Vec<(Uuid, String)> = organisation::Entity::find()
        .select_only()
        .columns([organisation::Column::Id, organisation::Column::ShortName])
        .filter(organisation::Column::MunicipalityId.eq(municipality))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(names.into_iter().collect())
}
