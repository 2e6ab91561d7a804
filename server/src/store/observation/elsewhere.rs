//! Parts and offers of people that overlap an event.

use std::collections::{BTreeSet, HashMap};

use api::id::{EventId, MunicipalityId, PersonId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::staffing::distance_km;
use crate::rules::observation::staffing::{Elsewhere, Occupied};
use crate::store::entity::observation::staffing::staffing_request;
use crate::store::entity::procedures::{assignment, event};
use crate::store::entity::registry::organisation;
use crate::store::procedures::batch::open_days;
use crate::store::procedures::event_change::called_off;
use crate::store::{Store, StoreError};

/// An event with where it is.
struct Place {
    organisation: Uuid,
    school: String,
    degrees: Option<[f64; 2]>,
    when: Occupied,
}

impl Place {
    fn clashes(&self, other: &Place) -> bool {
        let way = (self.organisation != other.organisation)
            .then(|| Some(distance_km(self.degrees?, other.degrees?)));
        self.when.clashes(&other.when, way)
    }

    fn elsewhere(&self, is_given: bool) -> Elsewhere {
        Elsewhere {
            school: self.school.clone(),
            start: self.when.start.clone(),
            is_given,
        }
    }
}

impl Store {
    /// Own parts that overlap another own part: the other school and its start, by event.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn own_clashes(
        &self,
        municipality: MunicipalityId,
        person: PersonId,
    ) -> Result<HashMap<EventId, [String; 2]>, StoreError> {
        let own: BTreeSet<Uuid> = assignment::Entity::find()
            .filter(assignment::Column::MunicipalityId.eq(municipality.0))
            .filter(assignment::Column::PersonId.eq(person.0))
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|part| part.event_id)
            .collect();
        let places = places(&self.reader, municipality.0, &own).await?;
        Ok(own
            .iter()
            .filter_map(|id| {
                let place = places.get(id)?;
                let other = own.iter().filter(|other| *other != id).find_map(|other| {
                    let other = places.get(other)?;
                    place.clashes(other).then_some(other)
                })?;
                let told = [other.school.clone(), other.when.start.clone()];
                Some((EventId(*id), told))
            })
            .collect())
    }
}

/// Parts and open offers of people at other events that overlap this one, given parts first.
pub(super) async fn elsewhere(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    event: Uuid,
    people: &[Uuid],
) -> Result<Vec<(Uuid, Elsewhere)>, StoreError> {
    let mut parts: Vec<(Uuid, Uuid, bool)> = assignment::Entity::find()
        .filter(assignment::Column::MunicipalityId.eq(municipality))
        .filter(assignment::Column::PersonId.is_in(people.iter().copied()))
        .filter(assignment::Column::EventId.ne(event))
        .order_by_asc(assignment::Column::Id)
        .all(connection)
        .await?
        .into_iter()
        .map(|part| (part.person_id, part.event_id, true))
        .collect();
    parts.extend(
        staffing_request::Entity::find()
            .filter(staffing_request::Column::MunicipalityId.eq(municipality))
            .filter(staffing_request::Column::PersonId.is_in(people.iter().copied()))
            .filter(staffing_request::Column::EventId.ne(event))
            .filter(staffing_request::Column::DeclinedMs.is_null())
            .order_by_asc(staffing_request::Column::Id)
            .all(connection)
            .await?
            .into_iter()
            .map(|request| (request.person_id, request.event_id, false)),
    );
    let mut ids: BTreeSet<Uuid> = parts.iter().map(|(_, event, _)| *event).collect();
    ids.insert(event);
    let places = places(connection, municipality, &ids).await?;
    let Some(here) = places.get(&event) else {
        return Ok(Vec::new());
    };
    Ok(parts
        .into_iter()
        .filter_map(|(person, event, is_given)| {
            let place = places.get(&event).filter(|place| here.clashes(place))?;
            Some((person, place.elsewhere(is_given)))
        })
        .collect())
}

async fn places(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    events: &BTreeSet<Uuid>,
) -> Result<HashMap<Uuid, Place>, StoreError> {
    if events.is_empty() {
        return Ok(HashMap::new());
    }
    let schools: HashMap<Uuid, organisation::Model> = organisation::Entity::find()
        .filter(organisation::Column::MunicipalityId.eq(municipality))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let asked: Vec<Uuid> = events.iter().copied().collect();
    // Nobody is busy with what was called off.
    let off = called_off(connection, municipality, &asked).await?;
    // Nor on a day that is still to be chosen.
    let open = open_days(connection, municipality, &asked).await?;
    Ok(event::Entity::find()
        .filter(event::Column::MunicipalityId.eq(municipality))
        .filter(event::Column::Id.is_in(asked))
        .all(connection)
        .await?
        .into_iter()
        .filter(|row| !off.contains(&row.id) && !open.contains_key(&row.id))
        .map(|row| {
            let school = schools.get(&row.organisation_id);
            let place = Place {
                organisation: row.organisation_id,
                school: school
                    .map(|school| school.short_name.clone())
                    .unwrap_or_default(),
                degrees: school
                    .and_then(|school| school.latitude.zip(school.longitude).map(<[f64; 2]>::from)),
                when: Occupied {
                    date: row.date,
                    start: row.start,
                    minutes: row.duration_minutes,
                },
            };
            (row.id, place)
        })
        .collect())
}
