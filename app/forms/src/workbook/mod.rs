//! Spreadsheet files: bytes to plain cells and back. Only the server reads them; the browser gets compiled forms.
//!
//! Files come from strangers. Sizes are bounded before anything is unpacked, formulas are never evaluated, links to
//! other files are never followed.

mod archive;
mod binary;
mod csv;
mod excel;
mod ods;
mod output;
mod shown;

pub use output::{WriteError, write_xlsx};

use crate::xlsform::Workbook;
use thiserror::Error;

/// Largest file that is opened.
const MAX_FILE: usize = 32 << 20;
/// Rows that may stand empty before the sheet is taken to have ended, as other tools do.
const MAX_BLANK_ROWS: usize = 60;
/// Columns and rows beyond these are not read.
const MAX_COLUMNS: usize = 1_000;
const MAX_ROWS: usize = 250_000;
/// Cells of a whole workbook: 100,000 choices of ten columns and room to spare.
const MAX_CELLS: usize = 4_000_000;

/// Why a file could not be read as a workbook.
#[derive(Debug, Error)]
pub enum ReadError {
    /// Bigger than any form.
    #[error("the file is larger than {limit} bytes, or would be when unpacked")]
    TooLarge {
        /// What is allowed.
        limit: usize,
    },
    /// Neither Excel nor OpenDocument nor CSV.
    #[error("the file is not a workbook: {0}")]
    NotAWorkbook(String),
}

/// Reads a workbook of any supported kind (`.xlsx`, `.xlsm`, `.xls`, `.ods`, `.csv`), told by its content.
///
/// # Errors
/// When the file is too large or is not a workbook.
pub fn read(bytes: &[u8]) -> Result<Workbook, ReadError> {
    if bytes.len() > MAX_FILE {
        return Err(ReadError::TooLarge { limit: MAX_FILE });
    }
    if bytes.starts_with(b"PK") {
        let entries = archive::entries(bytes)?;
        if entries.iter().any(|entry| entry.name == "content.xml") {
            return ods::read(&archive::unpack(bytes, &entries, "content.xml")?);
        }
        return excel::read_xlsx(bytes);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        binary::check(bytes)?;
        return excel::read_xls(bytes);
    }
    csv::read(bytes)
}

/// Collects cells in the order of rows, within the bounds.
#[derive(Debug, Default)]
struct Cells {
    rows: Vec<Vec<String>>,
    count: usize,
    ended: bool,
}

impl Cells {
    /// Puts a cell; blank cells take no room.
    fn put(&mut self, row: usize, column: usize, value: String) {
        if self.ended || value.trim().is_empty() || column >= MAX_COLUMNS {
            return;
        }
        if row >= MAX_ROWS || row > self.rows.len() + MAX_BLANK_ROWS || self.count >= MAX_CELLS {
            self.ended = true;
            return;
        }
        if self.rows.len() <= row {
            self.rows.resize(row + 1, Vec::new());
        }
        let cells = &mut self.rows[row];
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = value.trim().to_owned();
        self.count += 1;
    }
}
