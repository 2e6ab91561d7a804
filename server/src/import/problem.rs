//! What can be wrong with a file of results: stable code, sentence and repair hint in both languages.
//!
//! Every problem is found here, so that the same fault reads the same in the browser, in the API and on
//! the command line.

use api::results::import::{ImportProblem, Severity};
use api::text::Text;

/// How many problems are kept; the rest are only counted.
pub const MAX_KEPT: usize = 500;

/// A fault, without its place. Fields hold what the sentence names.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)] // The fields are named like the words of the sentence.
pub enum Fault {
    /// No bytes.
    Empty,
    /// More bytes than allowed.
    TooLarge { limit_mb: u64 },
    /// Neither a workbook nor a table.
    WrongType { what: &'static str },
    /// An old or foreign workbook format.
    OldWorkbook,
    /// Workbook with macros.
    Macros,
    /// Unpacks to more than allowed.
    ZipBomb { limit_mb: u64 },
    /// Workbook that cannot be opened.
    BrokenWorkbook { detail: String },
    /// Table that cannot be read at this place.
    BrokenTable { detail: String },
    /// Compressed file that cannot be unpacked.
    BrokenCompression,
    /// Wide characters instead of bytes.
    WideText,
    /// More cells than allowed.
    TooManyCells { limit: u64 },
    /// No header among the first rows.
    NoHeader,
    /// A necessary column is missing.
    MissingColumn { name: &'static str },
    /// Two columns with the same meaning.
    DuplicateColumn { name: String },
    /// A header of an item that cannot be understood.
    BadItemHeader { header: String },
    /// No scores, items or marks.
    NoScoreColumns,
    /// A column that looks like pupils' names.
    NameColumn { header: String },
    /// A column with other personal data.
    PersonalColumn { header: String },
    /// A column that will not be stored.
    IgnoredColumn { header: String },
    /// Header found, no rows below.
    NoRows,
    /// Year, subject or grade cannot be found.
    NoTitle {
        what_ru: &'static str,
        what_en: &'static str,
    },
    /// School cannot be found in the file.
    NoSchool,
    /// A necessary cell is blank.
    BlankCell { field: String },
    /// Not a number.
    NotANumber { field: String, value: String },
    /// A number outside its range.
    OutOfRange {
        field: String,
        value: String,
        low: i64,
        high: i64,
    },
    /// Item or raw score above its maximum.
    AboveMaximum {
        field: String,
        value: u32,
        maximum: u32,
    },
    /// Mark outside 2–5.
    BadMark { field: String, value: String },
    /// A date that does not exist.
    ImpossibleDate { value: String },
    /// Raw score is not the sum of the items.
    NotTheSum { raw_score: u32, sum: u32 },
    /// Declared maximum is not the sum of the items' maxima.
    MaximumMismatch { declared: u32, sum: u32 },
    /// Same pupil twice.
    DuplicatePupil { code: String, first_row: u32 },
    /// More or fewer rows than the file declares.
    ParticipantsDiffer { declared: u32, rows: u32 },
    /// The register does not know the school.
    UnknownSchool { code: String, name: Option<String> },
    /// The row is longer or shorter than the header.
    RowLength { found: u32, expected: u32 },
    /// The same item has two maxima.
    ItemContradicts { code: String, first: u8, second: u8 },
    /// These results were already imported.
    AlreadyImported {
        work: String,
        rows: u64,
        in_both: u64,
    },
    /// Pupils of whom a later file has another attempt.
    LaterAttempts { pupils: u32 },
    /// The same file was already imported.
    SameFile { file_name: String },
    /// Subject that the platform does not know.
    UnknownSubject { name: String },
    /// The file is not there or may not be read.
    NotReadable { detail: String },
    /// What the engine refuses although every cell is fit by itself.
    Contradiction { detail: String },
    /// Boundaries given for a work that cannot reach them.
    CutsAboveMaximum { work: String, maximum: u16 },
    /// Cells that have no form of a code: they may hold names of children.
    NameCells { field: String, rows: u32 },
    /// Classes that look like names of children.
    ClassNames { rows: u32 },
    /// An error of the spreadsheet.
    ErrorCell { field: String },
    /// A formula without a stored value.
    HollowCell { field: String },
    /// A merged range where each pupil needs an own cell.
    MergedCell { field: String },
    /// Dates where codes belong.
    DateForCode { field: String, rows: u32 },
    /// A column without a heading that has cells.
    UnnamedColumn { rows: u32 },
    /// Some pupils have a class, some have none.
    BlankClass { rows: u32 },
    /// Blank cells of the school, filled from the heading.
    SchoolFromHeading { rows: u32 },
    /// Blank cells of the school in a sheet of several schools.
    BlankAmongSchools { rows: u32 },
    /// More columns than a table of results can have.
    TooManyColumns { limit: u32 },
    /// A sheet with cells that was not read.
    SheetUnread { rows: u32 },
    /// A sheet that has results by its look, but no header that can be understood.
    SheetUnclear { rows: u32 },
    /// A hidden sheet was read.
    HiddenSheet { rows: u32 },
    /// A title inside the table without a header below it.
    TitleWithoutHeader,
    /// The letters of the file fit no encoding that is known.
    UnknownEncoding,
    /// Bytes that contradict the encoding of the rest.
    MixedEncoding,
}

impl Fault {
    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match self {
            Fault::BlankCell { .. }
            | Fault::CutsAboveMaximum { .. }
            | Fault::NotANumber { .. }
            | Fault::OutOfRange { .. }
            | Fault::AboveMaximum { .. }
            | Fault::BadMark { .. }
            | Fault::DuplicatePupil { .. }
            | Fault::ErrorCell { .. }
            | Fault::HollowCell { .. }
            | Fault::MergedCell { .. }
            | Fault::RowLength { .. } => Severity::RowSkipped,
            Fault::IgnoredColumn { .. }
            | Fault::NotTheSum { .. }
            | Fault::ParticipantsDiffer { .. }
            | Fault::AlreadyImported { .. }
            | Fault::LaterAttempts { .. }
            | Fault::UnknownSubject { .. }
            | Fault::UnnamedColumn { .. }
            | Fault::BlankClass { .. }
            | Fault::SchoolFromHeading { .. }
            | Fault::SheetUnread { .. }
            | Fault::HiddenSheet { .. }
            | Fault::ImpossibleDate { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Fault::Empty => "import.empty",
            Fault::TooLarge { .. } => "import.too_large",
            Fault::WrongType { .. } => "import.wrong_type",
            Fault::OldWorkbook => "import.old_workbook",
            Fault::Macros => "import.macros",
            Fault::ZipBomb { .. } => "import.zip_bomb",
            Fault::BrokenWorkbook { .. } => "import.broken_workbook",
            Fault::BrokenTable { .. } => "import.broken_table",
            Fault::BrokenCompression => "import.broken_compression",
            Fault::WideText => "import.wide_text",
            Fault::TooManyCells { .. } => "import.too_many_cells",
            Fault::NoHeader => "import.no_header",
            Fault::MissingColumn { .. } => "import.missing_column",
            Fault::DuplicateColumn { .. } => "import.duplicate_column",
            Fault::BadItemHeader { .. } => "import.bad_item_header",
            Fault::NoScoreColumns => "import.no_score_columns",
            Fault::NameColumn { .. } => "import.name_column",
            Fault::PersonalColumn { .. } => "import.personal_column",
            Fault::IgnoredColumn { .. } => "import.ignored_column",
            Fault::NoRows => "import.no_rows",
            Fault::NoTitle { .. } => "import.no_title",
            Fault::NoSchool => "import.no_school",
            Fault::BlankCell { .. } => "import.blank_cell",
            Fault::NotANumber { .. } => "import.not_a_number",
            Fault::OutOfRange { .. } => "import.out_of_range",
            Fault::AboveMaximum { .. } => "import.score_above_maximum",
            Fault::BadMark { .. } => "import.bad_mark",
            Fault::ImpossibleDate { .. } => "import.impossible_date",
            Fault::NotTheSum { .. } => "import.not_the_sum",
            Fault::MaximumMismatch { .. } => "import.maximum_mismatch",
            Fault::DuplicatePupil { .. } => "import.duplicate_pupil",
            Fault::ParticipantsDiffer { .. } => "import.participants_differ",
            Fault::UnknownSchool { .. } => "import.unknown_school",
            Fault::RowLength { .. } => "import.row_length",
            Fault::ItemContradicts { .. } => "import.item_contradicts",
            Fault::AlreadyImported { .. } => api::results::import::ALREADY_IMPORTED,
            Fault::LaterAttempts { .. } => "import.later_attempts",
            Fault::SameFile { .. } => "import.same_file",
            Fault::UnknownSubject { .. } => "import.unknown_subject",
            Fault::NotReadable { .. } => "import.not_readable",
            Fault::Contradiction { .. } => "import.contradiction",
            Fault::CutsAboveMaximum { .. } => "import.cuts_above_maximum",
            Fault::NameCells { .. } => "import.name_cells",
            Fault::ClassNames { .. } => api::results::import::CLASS_NAMES,
            Fault::ErrorCell { .. } => "import.error_cell",
            Fault::HollowCell { .. } => "import.formula_without_value",
            Fault::MergedCell { .. } => "import.merged_cell",
            Fault::DateForCode { .. } => "import.date_for_code",
            Fault::UnnamedColumn { .. } => "import.unnamed_column",
            Fault::BlankClass { .. } => "import.blank_class",
            Fault::SchoolFromHeading { .. } => "import.school_from_heading",
            Fault::BlankAmongSchools { .. } => "import.blank_school",
            Fault::TooManyColumns { .. } => "import.too_many_columns",
            Fault::SheetUnread { .. } => "import.sheet_unread",
            Fault::SheetUnclear { .. } => "import.sheet_unclear",
            Fault::HiddenSheet { .. } => "import.hidden_sheet",
            Fault::TitleWithoutHeader => "import.title_without_header",
            Fault::UnknownEncoding => "import.unknown_encoding",
            Fault::MixedEncoding => "import.mixed_encoding",
        }
    }

    /// Does it say that the file may hold names or other personal data, so that no part of it may be kept or quoted?
    pub fn is_personal(&self) -> bool {
        matches!(
            self,
            Fault::NameColumn { .. }
                | Fault::PersonalColumn { .. }
                | Fault::NameCells { .. }
                | Fault::ClassNames { .. }
        )
    }

    /// What is wrong, and how to mend it.
    pub fn texts(&self) -> (Text, Text) {
        super::problem_text::texts(self)
    }

    /// The fault at its place.
    pub fn at(self, row: Option<u32>, column: Option<&str>) -> ImportProblem {
        let (text, hint) = self.texts();
        ImportProblem {
            severity: self.severity(),
            code: self.code().to_owned(),
            sheet: None,
            row,
            column: column.map(str::to_owned),
            text,
            hint,
        }
    }
}

/// Problems in the order found; the first [`MAX_KEPT`] are kept, errors before all others.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    kept: Vec<ImportProblem>,
    count: u32,
    errors: u32,
    skipped_rows: u32,
    personal: u32,
    sheet: Option<String>,
}

/// Codes of problems that are told of a file with personal data; all others could quote it.
const PERSONAL: &[&str] = &[
    "import.name_column",
    "import.personal_column",
    "import.name_cells",
    api::results::import::CLASS_NAMES,
];

impl Problems {
    /// Problems from here on belong to this sheet.
    pub fn enter(&mut self, sheet: Option<String>) {
        self.sheet = sheet;
    }

    /// May the file hold names or other personal data?
    pub fn is_personal(&self) -> bool {
        self.personal > 0
    }

    /// Leaves out what could quote a cell of a file with personal data.
    pub fn withhold(&mut self) {
        if self.is_personal() {
            self.kept
                .retain(|problem| PERSONAL.contains(&problem.code.as_str()));
            self.count = self.personal;
            self.errors = self.personal;
            self.skipped_rows = 0;
        }
    }

    /// Notes a fault at a place.
    pub fn push(&mut self, fault: Fault, row: Option<u32>, column: Option<&str>) {
        let severity = fault.severity();
        self.personal = self.personal.saturating_add(u32::from(fault.is_personal()));
        self.count = self.count.saturating_add(1);
        match severity {
            Severity::Error => self.errors = self.errors.saturating_add(1),
            Severity::RowSkipped => self.skipped_rows = self.skipped_rows.saturating_add(1),
            Severity::Warning => {}
        }
        // An error must be seen even behind hundreds of warnings: it takes the place of the last one.
        if self.kept.len() >= MAX_KEPT {
            if severity != Severity::Error {
                return;
            }
            if let Some(index) = self
                .kept
                .iter()
                .rposition(|problem| problem.severity != Severity::Error)
            {
                self.kept.remove(index);
            } else {
                return;
            }
        }
        let mut problem = fault.at(row, column);
        problem.sheet.clone_from(&self.sheet);
        self.kept.push(problem);
    }

    /// Takes the problems of another list behind its own.
    pub fn append(&mut self, other: Problems) {
        self.count = self.count.saturating_add(other.count);
        self.errors = self.errors.saturating_add(other.errors);
        self.skipped_rows = self.skipped_rows.saturating_add(other.skipped_rows);
        self.personal = self.personal.saturating_add(other.personal);
        let room = MAX_KEPT.saturating_sub(self.kept.len());
        self.kept.extend(other.kept.into_iter().take(room));
    }

    /// Notes a fault of the whole file.
    pub fn whole(&mut self, fault: Fault) {
        self.push(fault, None, None);
    }

    /// The kept problems: errors first, then by row.
    pub fn into_kept(mut self) -> Vec<ImportProblem> {
        self.kept
            .sort_by_key(|problem| (problem.severity != Severity::Error, problem.row));
        self.kept
    }

    /// The kept problems in the order found.
    pub fn kept(&self) -> &[ImportProblem] {
        &self.kept
    }

    /// All problems.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Those that stop the confirmation.
    pub fn errors(&self) -> u32 {
        self.errors
    }

    /// Faults because of which a row is left out.
    pub fn skipped_rows(&self) -> u32 {
        self.skipped_rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_kept_behind_any_number_of_warnings() {
        let mut problems = Problems::default();
        for row in 0..2_000 {
            problems.push(
                Fault::NotTheSum {
                    raw_score: 1,
                    sum: 2,
                },
                Some(row),
                None,
            );
        }
        problems.whole(Fault::NoRows);
        assert_eq!(problems.count(), 2_001);
        assert_eq!(problems.errors(), 1);
        let kept = problems.into_kept();
        assert_eq!(kept.len(), MAX_KEPT);
        assert_eq!(kept[0].code, "import.no_rows");
    }
}
