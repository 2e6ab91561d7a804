use serde::{Deserialize, Serialize};
use std::fmt;

/// Something in a form that its author should know, with its place and, where possible, a repair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Stable code, for example `choice.duplicate-name`.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong and how to mend it.
    pub message: Message,
    /// What would mend it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repair: Option<Repair>,
}

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The form can be used as it is.
    Warning,
    /// A part of the form was left out or guessed; other tools would refuse it.
    Error,
}

/// Where a problem is. Parts that are not known or make no sense are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Name of the sheet as in the workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Row as a spreadsheet shows it: the header is row 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// Header of the column as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Path of a node, for example `/data/room/seats`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<String>,
}

impl Place {
    /// A whole sheet.
    pub fn sheet(sheet: &str) -> Self {
        Self {
            sheet: Some(sheet.to_owned()),
            ..Self::default()
        }
    }

    /// A row of a sheet.
    pub fn row(sheet: &str, row: u32) -> Self {
        Self {
            sheet: Some(sheet.to_owned()),
            row: Some(row),
            ..Self::default()
        }
    }

    /// A cell by its row and the header of its column.
    pub fn cell(sheet: &str, row: u32, column: &str) -> Self {
        Self {
            sheet: Some(sheet.to_owned()),
            row: Some(row),
            column: Some(column.to_owned()),
            node: None,
        }
    }

    /// A node of the tree.
    pub fn node(path: &str) -> Self {
        Self {
            node: Some(path.to_owned()),
            ..Self::default()
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if let Some(sheet) = &self.sheet {
            parts.push(sheet.clone());
        }
        if let Some(row) = self.row {
            parts.push(row.to_string());
        }
        if let Some(column) = &self.column {
            parts.push(column.clone());
        }
        if let Some(node) = &self.node {
            parts.push(node.clone());
        }
        formatter.write_str(&parts.join(":"))
    }
}

/// A plain sentence in both languages: what is wrong, where, how to mend it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Russian wording.
    pub ru: String,
    /// English wording.
    pub en: String,
}

impl Message {
    /// A message from its two wordings.
    pub fn new(ru: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            ru: ru.into(),
            en: en.into(),
        }
    }
}

/// A change of the workbook that removes a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// What will be done, for a button.
    pub label: Message,
    /// Applied in order, all or none.
    pub edits: Vec<Edit>,
}

/// One change of a sheet. Rows and columns count from 0, the header is row 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "the fields say what they are: sheet, row, column, header, text"
)]
pub enum Edit {
    /// Replaces the text of a cell.
    SetCell {
        sheet: String,
        row: u32,
        column: u32,
        value: String,
    },
    /// Adds a column with that header after the last one when there is none, and sets the cell.
    SetColumn {
        sheet: String,
        row: u32,
        header: String,
        value: String,
    },
    /// Empties the row, so that other rows keep their numbers.
    ClearRow { sheet: String, row: u32 },
    /// Empties the column, header included.
    ClearColumn { sheet: String, column: u32 },
    /// Adds a row at the end; pairs of header and value.
    AppendRow {
        sheet: String,
        cells: Vec<(String, String)>,
    },
    /// Gives the sheet another name.
    RenameSheet { sheet: String, name: String },
}
