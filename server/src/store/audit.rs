//! The audit log: read, and verified link by link.

use api::access::audit::AuditEntry;
use api::id::MunicipalityId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::access::person::names_of;
use super::entity::{audit, head};
use super::name::document;
use super::write::chain;
use super::{Store, StoreError};

/// What a verification of the log found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditChain {
    /// Every entry follows from the one before, up to the end noted apart.
    Whole {
        /// Number of entries.
        entries: u64,
    },
    /// This entry was changed, or the one before it is missing.
    Broken {
        /// Sequence of the entry.
        sequence: u64,
    },
}

impl Store {
    /// Entries below `before`, newest first, at most `limit`.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn audit(
        &self,
        municipality: MunicipalityId,
        before: Option<u64>,
        limit: u64,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let before = before.map_or(i64::MAX, |before| i64::try_from(before).unwrap_or(i64::MAX));
        let rows = audit::Entity::find()
            .filter(audit::Column::MunicipalityId.eq(municipality.0))
            .filter(audit::Column::Sequence.lt(before))
            .order_by_desc(audit::Column::Sequence)
            .limit(limit)
            .all(&self.reader)
            .await?;
        let people = rows.iter().filter_map(|row| row.person_id);
        let names = names_of(&self.reader, municipality.0, people).await?;
        rows.into_iter()
            .map(|row| {
                Ok(AuditEntry {
                    sequence: row.sequence.unsigned_abs(),
                    at_ms: row.at_ms,
                    person_name: row.person_id.and_then(|id| names.get(&id).cloned()),
                    action: row.action,
                    object: row.object,
                    details: document(&row.details)?,
                    hash: row.hash,
                })
            })
            .collect()
    }

    /// Actions of the entries after `after`, at most `limit`, in order.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn audit_actions(
        &self,
        municipality: MunicipalityId,
        after: u64,
        limit: u64,
    ) -> Result<Vec<String>, StoreError> {
        Ok(audit::Entity::find()
            .select_only()
            .column(audit::Column::Action)
            .filter(audit::Column::MunicipalityId.eq(municipality.0))
            .filter(audit::Column::Sequence.gt(i64::try_from(after).unwrap_or(i64::MAX)))
            .order_by_asc(audit::Column::Sequence)
            .limit(limit)
            .into_tuple()
            .all(&self.reader)
            .await?)
    }

    /// The ends of all logs: municipality, number and hash of the last entry.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn audit_ends(&self) -> Result<Vec<(MunicipalityId, u64, String)>, StoreError> {
        let rows = head::Entity::find().all(&self.reader).await?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let number = row.audit_sequence.unsigned_abs();
                (MunicipalityId(row.municipality_id), number, row.audit_hash)
            })
            .collect())
    }

    /// Recomputes every hash of the log, page by page.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn verify_audit(
        &self,
        municipality: MunicipalityId,
    ) -> Result<AuditChain, StoreError> {
        const PAGE: u64 = 1_000;
        let mut before = String::new();
        let mut sequence = 0_i64;
        loop {
            let rows = audit::Entity::find()
                .filter(audit::Column::MunicipalityId.eq(municipality.0))
                .filter(audit::Column::Sequence.gt(sequence))
                .order_by_asc(audit::Column::Sequence)
                .limit(PAGE)
                .all(&self.reader)
                .await?;
            let last = (rows.len() as u64) < PAGE;
            for row in rows {
                sequence += 1;
                let hash = chain(
                    &before,
                    municipality.0,
                    row.sequence,
                    row.at_ms,
                    row.person_id,
                    &row.action,
                    &row.object,
                    &row.details,
                );
                if row.sequence != sequence || row.hash != hash {
                    return Ok(AuditChain::Broken {
                        sequence: sequence.unsigned_abs(),
                    });
                }
                before = hash;
            }
            if last {
                break;
            }
        }
        let end = head::Entity::find_by_id(municipality.0)
            .one(&self.reader)
            .await?;
        Ok(match end {
            // Entries cut off the end leave a chain that is whole but too short.
            Some(end) if end.audit_sequence != sequence || end.audit_hash != before => {
                AuditChain::Broken {
                    sequence: sequence.unsigned_abs() + 1,
                }
            }
            _ => AuditChain::Whole {
                entries: sequence.unsigned_abs(),
            },
        })
    }
}
