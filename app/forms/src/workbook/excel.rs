//! Excel files.

use super::{Cells, ReadError, shown};
use crate::xlsform::errors::NO_VALUE;
use crate::xlsform::{Sheet, Workbook};
use calamine::{Data, DataRef, Reader, Xls, Xlsx, XlsxError};
use std::fmt::Display;
use std::io::Cursor;

/// Sheets that are read; a form has six.
const MAX_SHEETS: usize = 64;

fn unreadable(error: impl Display) -> ReadError {
    ReadError::NotAWorkbook(error.to_string())
}

/// Reads `.xlsx` and `.xlsm` cell by cell: far-off cells cost nothing.
///
/// # Errors
/// When the file is no workbook.
pub(super) fn read_xlsx(bytes: &[u8]) -> Result<Workbook, ReadError> {
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut workbook = Workbook::default();
    for name in file.sheet_names().into_iter().take(MAX_SHEETS) {
        // Charts and macro sheets are sheets, too, and have no cells.
        let mut cells = Cells::default();
        let mut blank_seen = false;
        if let Ok(mut reader) = file.worksheet_cells_reader(&name) {
            let mut last = (0, 0);
            while !cells.ended {
                let (cell, style) = match reader.next_cell_with_style_id() {
                    Ok(Some(found)) => found,
                    // An error that the library has no name for; it says neither where, so the place is the next one.
                    Err(XlsxError::CellError(word)) => {
                        last.1 += 1;
                        cells.put(last.0 as usize, last.1 as usize, word);
                        continue;
                    }
                    Ok(None) | Err(_) => break,
                };
                let (row, column) = cell.get_position();
                last = (row, column);
                let format = || {
                    let style = reader.styles().get(style)?;
                    Some(style.number_format.as_ref()?.format_code.as_str())
                };
                let value = match cell.get_value() {
                    DataRef::Int(number) => shown::number(*number as f64, format()),
                    DataRef::Float(number) => shown::number(*number, format()),
                    DataRef::String(text) => text.clone(),
                    DataRef::SharedString(text) => (*text).to_owned(),
                    DataRef::Bool(truth) => truth_text(*truth),
                    DataRef::DateTime(moment) => shown::moment(*moment, format()),
                    DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
                    DataRef::Error(error) => error.to_string(),
                    DataRef::Empty => {
                        blank_seen = true;
                        continue;
                    }
                };
                cells.put(row as usize, column as usize, value);
            }
        }
        if blank_seen {
            mark_uncomputed(&mut file, &name, &mut cells);
        }
        workbook.sheets.push(Sheet {
            name,
            rows: cells.rows,
        });
    }
    Ok(workbook)
}

/// Reads `.xls`.
///
/// # Errors
/// When the file is no workbook.
pub(super) fn read_xls(bytes: &[u8]) -> Result<Workbook, ReadError> {
    let mut file: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut workbook = Workbook::default();
    for name in file.sheet_names().into_iter().take(MAX_SHEETS) {
        let mut cells = Cells::default();
        if let Ok(range) = file.worksheet_range(&name) {
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, value) in range.used_cells() {
                let value = match value {
                    Data::Int(number) => number.to_string(),
                    Data::Float(number) => shown::number(*number, None),
                    Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
                        text.clone()
                    }
                    Data::Bool(truth) => truth_text(*truth),
                    Data::DateTime(moment) => shown::moment(*moment, None),
                    Data::Error(error) => error.to_string(),
                    Data::Empty => continue,
                };
                cells.put(row + top as usize, column + left as usize, value);
            }
        }
        workbook.sheets.push(Sheet {
            name,
            rows: cells.rows,
        });
    }
    Ok(workbook)
}

fn truth_text(truth: bool) -> String {
    if truth { "TRUE" } else { "FALSE" }.to_owned()
}

/// Marks the cells whose formula nobody computed: libraries that write workbooks leave the value out.
fn mark_uncomputed(file: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, cells: &mut Cells) {
    cells.ended = false;
    let Ok(mut reader) = file.worksheet_cells_reader(sheet) else {
        return;
    };
    while !cells.ended {
        let record = match reader.next_cell_with_formula_metadata() {
            Ok(Some(record)) => record,
            Err(XlsxError::CellError(_)) => continue,
            Ok(None) | Err(_) => break,
        };
        if record.formula.is_some() && matches!(record.value, DataRef::Empty) {
            let (row, column) = record.pos;
            cells.put(row as usize, column as usize, NO_VALUE.to_owned());
        }
    }
}
