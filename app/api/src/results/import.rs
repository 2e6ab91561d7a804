//! Import of results in four steps: file, structure and preview, problems, confirmation.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::ImportId;
use crate::text::Text;

/// Largest file accepted, bytes.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;
/// Request header with the file's name, percent-encoded UTF-8.
pub const FILE_NAME_HEADER: &str = "x-file-name";
/// Request header with the id of the import, made by the client.
pub const IMPORT_ID_HEADER: &str = "x-import-id";

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Read; nothing is stored as results yet.
    Checked,
    /// Confirmed: the results are stored.
    Confirmed,
    /// Undone: the results are gone, the record of the import stays.
    Undone,
}

/// An import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Import {
    /// Id.
    pub id: ImportId,
    /// Name of the file.
    pub file_name: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Where it stands.
    pub state: ImportState,
    /// Who brought it.
    pub person_name: String,
    /// When it was brought.
    pub at_ms: i64,
    /// What was recognised.
    pub structure: Option<ImportStructure>,
    /// First rows as they will be stored, at most 20.
    pub preview: Option<ImportPreview>,
    /// What is wrong, at most 500; see `problem_count`.
    pub problems: Vec<ImportProblem>,
    /// Number of all problems.
    pub problem_count: u32,
    /// Number of those that stop the confirmation.
    pub error_count: u32,
    /// Rows that will be, or are, stored.
    pub row_count: u32,
    /// Another import with the same content, if there is one.
    pub same_as: Option<ImportId>,
}

/// Confirmation of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConfirmImport {
    /// Add schools that the register does not know; needs the right to change the register.
    #[serde(default)]
    pub add_schools: bool,
    /// What becomes of results of the same schools in the same works that are stored already. Must be said when there
    /// are any.
    #[serde(default)]
    pub earlier: Option<EarlierResults>,
}

/// What becomes of earlier results of the same schools in the same works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EarlierResults {
    /// The new file takes their place: a corrected export. Undoing the import brings them back.
    Replace,
    /// They stay beside the new ones: another class, another part of the school.
    Keep,
    /// The new file holds a later attempt of some pupils: it counts for them, all others stay. Undoing the import
    /// brings the earlier attempts back.
    Latest,
}

/// Code of the problem that says that classes look like names; who confirms imports may say that they are classes.
pub const CLASS_NAMES: &str = "import.class_names";
/// Request header: somebody who may confirm imports says that the column of classes holds classes, `yes`.
pub const CLASSES_HEADER: &str = "x-import-classes";

/// Code of the problem that says that such results are stored already.
pub const ALREADY_IMPORTED: &str = "import.already_imported";

/// What was recognised in a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ImportStructure {
    /// `f1` or `csv`.
    pub format: String,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Row of the header, 1-based.
    pub header_row: u32,
    /// Works found: year, subject, grade, items.
    pub works: Vec<ImportWork>,
    /// Schools found, and whether the register knows them.
    pub schools: Vec<ImportSchool>,
    /// Columns: header and what it was taken for.
    pub columns: Vec<ImportColumn>,
    /// Number of participants the file declares.
    pub declared_participants: Option<u32>,
    /// Sheets of a workbook, read or not.
    #[serde(default)]
    pub sheets: Vec<ImportSheet>,
    /// Encoding of a table in text, as it was told by its letters.
    #[serde(default)]
    pub encoding: Option<String>,
    /// Pupils who are listed but took no part: they are not stored.
    #[serde(default)]
    pub absent: u32,
    /// Works of which results are stored already.
    #[serde(default)]
    pub stored: Vec<ImportStored>,
}

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ImportSheet {
    /// Name, or its number where the name could be somebody's.
    pub name: String,
    /// Hidden from whoever opens the workbook.
    pub hidden: bool,
    /// Was it read as results?
    pub read: bool,
    /// Rows of pupils that were read, or filled rows of a sheet that was not.
    pub rows: u32,
}

/// A work of which results of the same schools are stored already.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ImportStored {
    /// The work in words.
    pub work: Text,
    /// Rows of these schools that are stored: so many would go with a replacement.
    pub rows: u64,
    /// Pupils of the file who are among them, by school, class and code.
    pub in_both: u64,
}

/// One work found in a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ImportWork {
    /// Calendar year.
    pub year: i32,
    /// Subject code.
    pub subject: String,
    /// Name of the subject.
    pub subject_name: Text,
    /// Grade level.
    pub grade: u8,
    /// Items: code and maximum.
    pub items: Vec<ImportItem>,
    /// Highest possible raw score.
    pub max_score: u16,
    /// Rows.
    pub rows: u32,
}

/// An item (задание) of a work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ImportItem {
    /// Code, for example `9.1` or `1К1`.
    pub code: String,
    /// Highest score.
    pub max: u8,
    /// Difficulty letter, `Б`, `П` or `В`.
    pub difficulty: Option<String>,
}

/// A school found in a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ImportSchool {
    /// Code in the file.
    pub code: String,
    /// Name in the file.
    pub name: Option<String>,
    /// Rows of this school.
    pub rows: u32,
    /// Is it in the register?
    pub known: bool,
}

/// A column of the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ImportColumn {
    /// Header as it stands.
    pub header: String,
    /// What it was taken for: a field's name, `item`, `ignored` or `refused`.
    pub meaning: String,
}

/// First rows as they will be stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ImportPreview {
    /// Column titles.
    pub columns: Vec<String>,
    /// Rows of cells.
    pub rows: Vec<Vec<String>>,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Stops the confirmation.
    Error,
    /// The row is left out.
    RowSkipped,
    /// Worth a look.
    Warning,
}

/// A problem with its place and how to mend it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ImportProblem {
    /// How bad.
    pub severity: Severity,
    /// Stable code, for example `import.score_above_maximum`.
    pub code: String,
    /// Sheet of a workbook.
    #[serde(default)]
    pub sheet: Option<String>,
    /// Row in the file, 1-based.
    pub row: Option<u32>,
    /// Column: letter in a workbook, header in CSV.
    pub column: Option<String>,
    /// What is wrong.
    pub text: Text,
    /// How to mend it.
    pub hint: Text,
}
