//! Tables as the database itself describes them.

use sea_orm::sqlx::{self, AssertSqlSafe, Row};
use serde::{Deserialize, Serialize};

use super::Connection;
use super::connection::failed;
use crate::store::StoreError;

/// A kind of value: all that the schema has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Sixteen bytes.
    Uuid,
    /// Text.
    Text,
    /// Yes or no.
    Boolean,
    /// A whole number of 32 bits.
    Integer,
    /// A whole number of 64 bits.
    Bigint,
    /// A floating-point number of 64 bits.
    Double,
    /// Bytes.
    Bytes,
}

impl Kind {
    /// The kind of a declared type, in the words of either database.
    fn of(declared: &str) -> Option<Kind> {
        let declared = declared.to_lowercase();
        let word = declared.split('(').next().unwrap_or_default().trim();
        Some(match word {
            "uuid" => Kind::Uuid,
            "text" | "varchar" | "character varying" => Kind::Text,
            "boolean" => Kind::Boolean,
            "integer" => Kind::Integer,
            "bigint" => Kind::Bigint,
            "double precision" | "double" => Kind::Double,
            "bytea" | "blob" => Kind::Bytes,
            _ => return None,
        })
    }

    /// The word of the schema for it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Uuid => "uuid",
            Kind::Text => "text",
            Kind::Boolean => "boolean",
            Kind::Integer => "integer",
            Kind::Bigint => "bigint",
            Kind::Double => "double precision",
            Kind::Bytes => "bytea",
        }
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// A table with its columns in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Name.
    pub table: String,
    /// Columns.
    pub columns: Vec<Column>,
}

impl Shape {
    /// Names of the columns, quoted and separated, as statements want them.
    pub(super) fn column_list(&self) -> String {
        self.columns
            .iter()
            .map(|column| format!("\"{}\"", column.name))
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// All tables of the database, by name.
///
/// # Errors
/// Those of the database; `Meaning` for a type the schema never had.
pub(super) async fn shapes(connection: &mut Connection) -> Result<Vec<Shape>, StoreError> {
    const SQLITE: &str = "SELECT m.name AS table_name, c.name AS column_name, c.type AS data_type \
        FROM sqlite_master m, pragma_table_info(m.name) c \
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY m.name, c.cid";
    const POSTGRES: &str = "SELECT c.table_name::text AS table_name, c.column_name::text AS column_name, \
        c.data_type::text AS data_type FROM information_schema.columns c \
        JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name \
        WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' \
        ORDER BY c.table_name, c.ordinal_position";
    let mut rows: Vec<[String; 3]> = Vec::new();
    match connection {
        Connection::Sqlite(sqlite) => {
            for row in sqlx::query(AssertSqlSafe(SQLITE))
                .fetch_all(sqlite)
                .await
                .map_err(failed)?
            {
                rows.push([0, 1, 2].map(|index| row.get_unchecked(index)));
            }
        }
        Connection::Postgres(postgres) => {
            for row in sqlx::query(AssertSqlSafe(POSTGRES))
                .fetch_all(postgres)
                .await
                .map_err(failed)?
            {
                rows.push([0, 1, 2].map(|index| row.get(index)));
            }
        }
    }
    let mut shapes: Vec<Shape> = Vec::new();
    for [table, name, declared] in rows {
        let kind = Kind::of(&declared).ok_or_else(|| {
            StoreError::Meaning(format!("{table}.{name} is of the unknown type {declared}"))
        })?;
        let column = Column { name, kind };
        match shapes.last_mut() {
            Some(shape) if shape.table == table => shape.columns.push(column),
            _ => shapes.push(Shape {
                table,
                columns: vec![column],
            }),
        }
    }
    // Names are sorted by the byte on both databases, whatever their collation.
    shapes.sort_by(|one, other| one.table.cmp(&other.table));
    Ok(shapes)
}

/// Names of all tables.
///
/// # Errors
/// Those of the database.
pub(super) async fn tables(
    connection: &mut Connection,
) -> Result<std::collections::BTreeSet<String>, StoreError> {
    let sql = match connection {
        Connection::Sqlite(_) => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        }
        Connection::Postgres(_) => {
            "SELECT table_name::text FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
        }
    };
    let rows = connection.texts(sql).await?;
    Ok(rows.into_iter().flatten().flatten().collect())
}
