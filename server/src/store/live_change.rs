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

/// Where the two logs of a municipality stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogHeads {
    /// Sequence of the last entry of the audit log.
    pub audit: u64,
    /// Sequence of the last live change.
    pub live: u64,
    /// Changes of this process that left no trace in either.
    pub silent: u64,
}

impl LogHeads {
    /// Has everything of `other` happened here, too?
    pub fn is_not_before(&self, other: &LogHeads) -> bool {
        self.audit >= other.audit && self.live >= other.live && self.silent >= other.silent
    }
}

impl Store {
    /// Where the logs stand. What is read afterwards is at least as new.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn log_heads(&self, municipality: MunicipalityId) -> Result<LogHeads, StoreError> {
        let silent = self.silent_changes();
        let head = head::Entity::find_by_id(municipality.0)
            .one(&self.reader)
            .await?;
        Ok(LogHeads {
            audit: head
                .as_ref()
                .map_or(0, |head| head.audit_sequence.unsigned_abs()),
            live: head
                .as_ref()
                .map_or(0, |head| head.live_sequence.unsigned_abs()),
            silent,
        })
    }

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
        let transaction = self.begin().await?;
        let done = live_change::Entity::delete_many()
            .filter(live_change::Column::AtMs.lt(before_ms))
            .exec(&transaction)
            .await?;
        transaction.commit().await?;
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
        if self.writer.connection.get_database_backend() != sea_orm::DbBackend::Postgres {
            return Ok(());
        }
        for municipality in municipalities {
            // Both parts are ours and hold no quote.
            self.writer
                .connection
                .execute_unprepared(&format!("NOTIFY {channel}, '{municipality}'"))
                .await?;
        }
        Ok(())
    }
}
