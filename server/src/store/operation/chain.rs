//! The audit log of a municipality, recomputed from its beginning.

use futures::TryStreamExt;
use sea_orm::sqlx::{self, AssertSqlSafe};
use sea_orm::{FromQueryResult, QueryResult};
use uuid::Uuid;

use super::Connection;
use super::connection::failed;
use crate::store::entity::audit;
use crate::store::write::chain;
use crate::store::{AuditChain, StoreError};

/// Recomputes every hash of a log and hands each number with its hash to `each`.
///
/// # Errors
/// Those of the database.
pub async fn audit_chain(
    connection: &mut Connection,
    municipality: Uuid,
    mut each: impl FnMut(u64, &str),
) -> Result<AuditChain, StoreError> {
    let id = match connection {
        Connection::Sqlite(_) => format!("x'{}'", municipality.simple()),
        Connection::Postgres(_) => format!("'{municipality}'"),
    };
    let end = connection
        .texts(&format!(
            "SELECT CAST(audit_sequence AS text), audit_hash FROM head WHERE municipality_id = {id}"
        ))
        .await?;
    let sql = AssertSqlSafe(format!(
        "SELECT municipality_id, sequence, at_ms, person_id, action, object, details, hash \
         FROM audit WHERE municipality_id = {id} ORDER BY sequence"
    ));
    let (mut before, mut sequence, mut broken) = (String::new(), 0_i64, None);
    let mut take = |row: QueryResult| -> Result<(), StoreError> {
        let row = audit::Model::from_query_result(&row, "")?;
        sequence += 1;
        let hash = chain(
            &before,
            municipality,
            row.sequence,
            row.at_ms,
            row.person_id,
            &row.action,
            &row.object,
            &row.details,
        );
        if row.sequence != sequence || row.hash != hash {
            broken.get_or_insert(sequence.unsigned_abs());
        }
        each(row.sequence.unsigned_abs(), &row.hash);
        before = hash;
        Ok(())
    };
    match connection {
        Connection::Sqlite(sqlite) => {
            let mut rows = sqlx::query(sql).fetch(sqlite);
            while let Some(row) = rows.try_next().await.map_err(failed)? {
                take(row.into())?;
            }
        }
        Connection::Postgres(postgres) => {
            let mut rows = sqlx::query(sql).fetch(postgres);
            while let Some(row) = rows.try_next().await.map_err(failed)? {
                take(row.into())?;
            }
        }
    }
    let end: Vec<String> = end.into_iter().flatten().flatten().collect();
    // Entries cut off the end leave a chain that is whole but too short.
    if broken.is_none() && end != [sequence.to_string(), before] {
        broken = Some(sequence.unsigned_abs() + 1);
    }
    Ok(match broken {
        Some(sequence) => AuditChain::Broken { sequence },
        None => AuditChain::Whole {
            entries: sequence.unsigned_abs(),
        },
    })
}
