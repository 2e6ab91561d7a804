//! Offers of parts that wait for an answer: withdrawn, listed, reminded of.

use std::collections::HashMap;

use api::id::{EventId, MunicipalityId, OrganisationId, PersonId, RequestId};
use api::observation::staffing::OpenRequest;
use api::procedures::event::AssignmentRole;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter,
};
use uuid::Uuid;

use crate::auth::{Place, Reach};
use crate::store::access::person::names_of;
use crate::store::entity::observation::staffing::{interest_declaration, staffing_request};
use crate::store::entity::procedures::event;
use crate::store::name::named;
use crate::store::procedures::event_change::called_off;
use crate::store::registry::organisation::short_names;
use crate::store::{Store, StoreError, Write};

impl Store {
    /// Offers for events from this date on that were answered neither with a declaration nor with a no, by date.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn open_requests(
        &self,
        municipality: MunicipalityId,
        reach: &Reach,
        from: &str,
    ) -> Result<Vec<OpenRequest>, StoreError> {
        open_requests(&self.reader, municipality.0, reach, from).await
    }
}

impl Write {
    /// Withdraws an offer; who was asked, or none when there is no such offer any more.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn withdraw_request(
        &mut self,
        event: EventId,
        id: RequestId,
    ) -> Result<Option<(PersonId, AssignmentRole)>, StoreError> {
        let Some(row) = self.request(event, id).await? else {
            return Ok(None);
        };
        staffing_request::Entity::delete_by_id((self.municipality, id.0))
            .exec(&self.transaction)
            .await?;
        Ok(Some((PersonId(row.person_id), named(&row.role)?)))
    }

    /// The part that an offer is for; none when there is no such offer.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn requested_part(
        &self,
        event: EventId,
        id: RequestId,
    ) -> Result<Option<AssignmentRole>, StoreError> {
        let row = self.request(event, id).await?;
        row.map(|row| named(&row.role)).transpose()
    }

    /// Notes that people were reminded of these offers now.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn remind_requests(&mut self, requests: &[RequestId]) -> Result<(), StoreError> {
        for id in requests {
            let row = staffing_request::Entity::find_by_id((self.municipality, id.0))
                .one(&self.transaction)
                .await?;
            if let Some(row) = row {
                let mut row = row.into_active_model();
                row.reminded_ms = Set(Some(self.now_ms));
                row.update(&self.transaction).await?;
            }
        }
        Ok(())
    }

    async fn request(
        &self,
        event: EventId,
        id: RequestId,
    ) -> Result<Option<staffing_request::Model>, StoreError> {
        Ok(
            staffing_request::Entity::find_by_id((self.municipality, id.0))
                .one(&self.transaction)
                .await?
                .filter(|row| row.event_id == event.0),
        )
    }
}

async fn open_requests(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    reach: &Reach,
    from: &str,
) -> Result<Vec<OpenRequest>, StoreError> {
    let rows = staffing_request::Entity::find()
        .filter(staffing_request::Column::MunicipalityId.eq(municipality))
        .filter(staffing_request::Column::DeclinedMs.is_null())
        .all(connection)
        .await?;
    let asked: Vec<Uuid> = rows.iter().map(|row| row.event_id).collect();
    let off = called_off(connection, municipality, &asked).await?;
    let events: HashMap<Uuid, event::Model> = event::Entity::find()
        .filter(event::Column::MunicipalityId.eq(municipality))
        .filter(event::Column::Date.gte(from))
        .all(connection)
        .await?
        .into_iter()
        .filter(|row| !off.contains(&row.id))
        .filter(|row| {
            let place = Place::event(OrganisationId(row.organisation_id), EventId(row.id));
            reach.covers(place)
        })
        .map(|row| (row.id, row))
        .collect();
    let schools = short_names(connection, municipality).await?;
    let names = names_of(
        connection,
        municipality,
        rows.iter().map(|row| row.person_id),
    )
    .await?;
    let mut open = Vec::new();
    for row in rows {
        let Some(event) = events.get(&row.event_id) else {
            continue;
        };
        let key = (municipality, row.event_id, row.person_id);
        let declared = interest_declaration::Entity::find_by_id(key)
            .one(connection)
            .await?;
        if declared.is_some() {
            continue;
        }
        open.push(OpenRequest {
            id: RequestId(row.id),
            event: EventId(event.id),
            organisation_name: schools
                .get(&event.organisation_id)
                .cloned()
                .unwrap_or_default(),
            date: event.date.clone(),
            start: event.start.clone(),
            person_name: names.get(&row.person_id).cloned().unwrap_or_default(),
            role: named(&row.role)?,
            asked_ms: row.asked_ms,
            reminded_ms: row.reminded_ms,
        });
    }
    open.sort_by_key(|one| (one.date.clone(), one.start.clone(), one.id));
    Ok(open)
}
