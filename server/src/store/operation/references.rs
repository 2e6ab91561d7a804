//! Rows that name others which are not there, and pages that are damaged.

use super::Connection;
use crate::store::StoreError;

/// Rows of a table that refer to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dangling {
    /// Table of the rows.
    pub table: String,
    /// Table they refer to.
    pub parent: String,
    /// How many.
    pub rows: u64,
}

/// All references that lead nowhere. Databases refuse such rows; a damaged file or a hand at work can bring them.
///
/// # Errors
/// Those of the database.
pub async fn dangling(connection: &mut Connection) -> Result<Vec<Dangling>, StoreError> {
    if matches!(connection, Connection::Sqlite(_)) {
        let rows = connection
            .texts(
                "SELECT \"table\", parent, CAST(count(*) AS text) FROM pragma_foreign_key_check \
                 GROUP BY 1, 2 ORDER BY 1, 2",
            )
            .await?;
        return Ok(rows.into_iter().filter_map(found).collect());
    }
    let mut all = Vec::new();
    for sql in questions(connection).await? {
        let rows = connection.texts(&sql).await?;
        all.extend(
            rows.into_iter()
                .filter_map(found)
                .filter(|one| one.rows > 0),
        );
    }
    Ok(all)
}

fn found(row: Vec<Option<String>>) -> Option<Dangling> {
    let mut row = row.into_iter();
    Some(Dangling {
        table: row.next()??,
        parent: row.next()??,
        rows: row.next()??.parse().ok()?,
    })
}

/// One question for each foreign key of PostgreSQL: how many rows name no parent?
async fn questions(connection: &mut Connection) -> Result<Vec<String>, StoreError> {
    let keys = connection
        .texts(
            "SELECT conrelid::regclass::text, confrelid::regclass::text, \
                (SELECT string_agg(format('c.%I = p.%I', a.attname, b.attname), ' AND ' ORDER BY k.ord) \
                 FROM unnest(conkey, confkey) WITH ORDINALITY k(child, parent, ord) \
                 JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = k.child \
                 JOIN pg_attribute b ON b.attrelid = confrelid AND b.attnum = k.parent), \
                (SELECT string_agg(format('c.%I IS NOT NULL', a.attname), ' AND ') \
                 FROM unnest(conkey) k(child) \
                 JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = k.child) \
             FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace \
             ORDER BY 1, 2, conname",
        )
        .await?;
    Ok(keys
        .into_iter()
        .filter_map(|row| {
            let [child, parent, joined, present]: [String; 4] = row
                .into_iter()
                .collect::<Option<Vec<_>>>()?
                .try_into()
                .ok()?;
            Some(format!(
                "SELECT '{}', '{}', count(*)::text FROM {child} c WHERE {present} \
                 AND NOT EXISTS (SELECT FROM {parent} p WHERE {joined})",
                child.replace('\'', "''"),
                parent.replace('\'', "''"),
            ))
        })
        .collect())
}

/// What the database says of its own pages; empty when they are whole. PostgreSQL has no such question.
///
/// # Errors
/// Those of the database.
pub async fn damage(connection: &mut Connection) -> Result<Vec<String>, StoreError> {
    if !matches!(connection, Connection::Sqlite(_)) {
        return Ok(Vec::new());
    }
    let rows = connection
        .texts("SELECT integrity_check FROM pragma_integrity_check")
        .await?;
    Ok(rows
        .into_iter()
        .flatten()
        .flatten()
        .filter(|line| line != "ok")
        .collect())
}
