//! Lists of an office brought as its own spreadsheet: file, columns, problems, confirmation, and undoing the whole.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::TableImportId;
use crate::text::Text;

/// Largest file accepted, bytes: a list of an office is far smaller.
pub const MAX_TABLE_BYTES: usize = 8 * 1024 * 1024;
/// Request header with the id of the import, made by the client.
pub const TABLE_IMPORT_ID_HEADER: &str = "x-import-id";

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TableImportState {
    /// Read; nothing is stored yet.
    Checked,
    /// Confirmed: what it brings is stored.
    Confirmed,
    /// Undone: what it brought is gone, the record stays.
    Undone,
}

/// An import of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TableImport {
    /// Id.
    pub id: TableImportId,
    /// Name of the file.
    pub file_name: String,
    /// Where it stands.
    pub state: TableImportState,
    /// Who brought it.
    pub person_name: String,
    /// When it was brought.
    pub at_ms: i64,
    /// Rows that bring something new.
    pub new: u32,
    /// Rows that change what is known.
    pub changed: u32,
    /// Rows that say what is known.
    pub same: u32,
    /// Rows that are left out, each with a problem.
    pub left_out: u32,
    /// What stands in the file; absent in lists and once it was confirmed.
    pub content: Option<TableContent>,
}

/// What stands in a file, and what was made of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TableContent {
    /// Sheet of a workbook.
    pub sheet: String,
    /// Row of the headings, 1-based.
    pub header_row: u32,
    /// Columns in the order of the file.
    pub columns: Vec<TableColumn>,
    /// What a column can be.
    pub fields: Vec<TableField>,
    /// First rows, as they stand in the file.
    pub rows: Vec<TableRow>,
    /// What is wrong, at most 200.
    pub problems: Vec<TableProblem>,
    /// Number of all problems.
    pub problem_count: u32,
    /// Do columns stand in the way of the confirmation?
    pub is_blocked: bool,
}

/// A column of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TableColumn {
    /// Heading as it stands.
    pub header: String,
    /// Key of the field it is taken for; absent when it is left out.
    pub field: Option<String>,
}

/// What a column can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TableField {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Text,
    /// Can nothing be brought without it?
    pub is_needed: bool,
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowEffect {
    /// Brings something new.
    New,
    /// Changes what is known.
    Changed,
    /// Says what is known.
    Same,
    /// Is left out.
    LeftOut,
}

/// A row of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TableRow {
    /// Row in the file, 1-based.
    pub row: u32,
    /// What becomes of it.
    pub effect: RowEffect,
    /// Cells in the order of the columns.
    pub cells: Vec<String>,
}

/// A problem with its place and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TableProblem {
    /// Row in the file, 1-based; absent for columns.
    pub row: Option<u32>,
    /// Name of the field, where it is about one.
    pub field: Option<Text>,
    /// Stable code.
    pub code: String,
    /// What is wrong and how to mend it.
    pub text: Text,
}

/// What the columns are taken for, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ColumnChoice {
    /// Keys of fields; absent for columns that are left out.
    pub fields: Vec<Option<String>>,
}
