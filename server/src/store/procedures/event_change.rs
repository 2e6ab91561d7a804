//! Events that are moved or called off: each change keeps what stood before, and its reason.

use std::collections::{BTreeSet, HashMap};

use api::id::EventId;
use api::procedures::event::{CancelEvent, EventChange, EventChangeKind, MoveEvent};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::store::entity::forms::submission;
use crate::store::entity::procedures::{event, event_change};
use crate::store::name::{name_of, named};
use crate::store::rows::among;
use crate::store::{StoreError, Write};

impl Write {
    /// Moves an event. False when this change is known already, so that nothing is done twice.
    ///
    /// # Errors
    /// `Meaning` for an unknown event.
    pub async fn move_event(&mut self, id: EventId, new: &MoveEvent) -> Result<bool, StoreError> {
        let kind = EventChangeKind::Moved;
        let Some(row) = self.note_change(id, new.id, kind, &new.reason).await? else {
            return Ok(false);
        };
        let mut row = row.into_active_model();
        row.date = Set(new.date.clone());
        row.start = Set(new.start.clone());
        row.duration_minutes = Set(i32::from(new.duration_minutes));
        row.room = Set(new.room.clone());
        row.update(&self.transaction).await?;
        self.close_days(id).await?;
        Ok(true)
    }

    /// Calls an event off. False when this change is known already.
    ///
    /// # Errors
    /// `Meaning` for an unknown event.
    pub async fn cancel_event(
        &mut self,
        id: EventId,
        new: &CancelEvent,
    ) -> Result<bool, StoreError> {
        let kind = EventChangeKind::Cancelled;
        let noted = self.note_change(id, new.id, kind, &new.reason).await?;
        Ok(noted.is_some())
    }

    /// Has somebody begun a sheet of this event?
    ///
    /// # Errors
    /// Those of the database.
    pub async fn has_begun(&self, id: EventId) -> Result<bool, StoreError> {
        let begun = begun(&self.transaction, self.municipality, &[id.0]).await?;
        Ok(!begun.is_empty())
    }

    /// Adds a change with what stands now; the event as it stands, or none when the change is known.
    async fn note_change(
        &mut self,
        id: EventId,
        change: Uuid,
        kind: EventChangeKind,
        reason: &str,
    ) -> Result<Option<event::Model>, StoreError> {
        let known = event_change::Entity::find_by_id((self.municipality, change))
            .one(&self.transaction)
            .await?;
        if known.is_some() {
            return Ok(None);
        }
        let row = event::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
            .ok_or_else(|| StoreError::Meaning("a change of an unknown event".into()))?;
        event_change::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(change),
            event_id: Set(id.0),
            kind: Set(name_of(&kind)?),
            at_ms: Set(self.now_ms),
            person_id: Set(self.person.unwrap_or_default()),
            reason: Set(reason.to_owned()),
            date_before: Set(row.date.clone()),
            start_before: Set(row.start.clone()),
            room_before: Set(row.room.clone()),
        }
        .insert(&self.transaction)
        .await?;
        Ok(Some(row))
    }
}

/// The last change of each of these events.
pub(in crate::store) async fn last_changes(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    events: &[Uuid],
) -> Result<HashMap<Uuid, EventChange>, StoreError> {
    let mut last = HashMap::new();
    for row in event_change::Entity::find()
        .filter(event_change::Column::MunicipalityId.eq(municipality))
        .filter(among(event_change::Column::EventId, events))
        .order_by_asc(event_change::Column::AtMs)
        .order_by_asc(event_change::Column::Id)
        .all(connection)
        .await?
    {
        let change = EventChange {
            kind: named(&row.kind)?,
            at_ms: row.at_ms,
            reason: row.reason,
            date_before: row.date_before,
            start_before: row.start_before,
            room_before: row.room_before,
        };
        last.insert(row.event_id, change);
    }
    Ok(last)
}

/// Which of these events were called off and are not held: a sheet that somebody began says that it was held.
pub(in crate::store) async fn called_off(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    events: &[Uuid],
) -> Result<BTreeSet<Uuid>, StoreError> {
    let cancelled: Vec<Uuid> = last_changes(connection, municipality, events)
        .await?
        .into_iter()
        .filter(|(_, change)| change.kind == EventChangeKind::Cancelled)
        .map(|(event, _)| event)
        .collect();
    let begun = begun(connection, municipality, &cancelled).await?;
    Ok(cancelled
        .into_iter()
        .filter(|event| !begun.contains(event))
        .collect())
}

/// Which of these events have a sheet that somebody began.
async fn begun(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    events: &[Uuid],
) -> Result<BTreeSet<Uuid>, StoreError> {
    Ok(submission::Entity::find()
        .filter(submission::Column::MunicipalityId.eq(municipality))
        .filter(among(submission::Column::EventId, events))
        .filter(submission::Column::Revision.gt(0))
        .all(connection)
        .await?
        .into_iter()
        .filter_map(|row| row.event_id)
        .collect())
}
