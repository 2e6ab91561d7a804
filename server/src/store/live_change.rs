//! The live log of a municipality, to resume after a lost connection.

use api::id::{EventId, MunicipalityId, OrganisationId};
use api::live::LiveMessage;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity::{head, live_change};
use super::name::document;
use super::{Store, StoreError};

/// A live change with whom it concerns.
#[derive(Clone, Debug, PartialEq)]
pub struct LiveEntry {
    /// As it travels.
    pub message: LiveMessage,
    /// The organisation it concerns.
    pub organisation: Option<OrganisationId>,
    /// The event it concerns.
    pub event: Option<EventId>,
}

impl Store {
    /// Sequence of the last live change.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn live_sequence(&self, municipality: MunicipalityId) -> Result<u64, StoreError> {
        let head = head::Entity::find_by_id(municipality.0)
            .one(&self.reader)
            .await?;
        Ok(head.map_or(0, |head| head.live_sequence.unsigned_abs()))
    }

    /// Live changes after `after`, at most `limit`, in order.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn live_changes(
        &self,
        municipality: MunicipalityId,
        after: u64,
        limit: u64,
    ) -> Result<Vec<LiveEntry>, StoreError> {
        live_change::Entity::find()
            .filter(live_change::Column::MunicipalityId.eq(municipality.0))
            .filter(live_change::Column::Sequence.gt(i64::try_from(after).unwrap_or(i64::MAX)))
            .order_by_asc(live_change::Column::Sequence)
            .limit(limit)
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| {
                Ok(LiveEntry {
                    message: LiveMessage {
                        sequence: row.sequence.unsigned_abs(),
                        at_ms: row.at_ms,
                        change: document(&row.change)?,
                    },
                    organisation: row.organisation_id.map(OrganisationId),
                    event: row.event_id.map(EventId),
                })
            })
            .collect()
    }

    /// Forgets live changes older than `before_ms`; whoever missed them fetches everything again.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn prune_live_changes(&self, before_ms: i64) -> Result<u64, StoreError> {
        let done = live_change::Entity::delete_many()
            .filter(live_change::Column::AtMs.lt(before_ms))
            .exec(&self.writer)
            .await?;
        Ok(done.rows_affected)
    }

    /// Tells other processes that these municipalities have news. Does nothing on SQLite, where there
    /// is one process.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) async fn notify(
        &self,
        channel: &str,
        municipalities: impl IntoIterator<Item = uuid::Uuid>,
    ) -> Result<(), StoreError> {
        if self.writer.get_database_backend() != sea_orm::DbBackend::Postgres {
            return Ok(());
        }
        for municipality in municipalities {
            // Both parts are ours and hold no quote.
            self.writer
                .execute_unprepared(&format!("NOTIFY {channel}, '{municipality}'"))
                .await?;
        }
        Ok(())
    }
}
