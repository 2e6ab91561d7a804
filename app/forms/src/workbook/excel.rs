//! Excel files.

use super::{Cells, ReadError};
use crate::xlsform::{Sheet, Workbook};
use calamine::{Data, DataRef, ExcelDateTime, Reader, Xls, Xlsx};
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
        if let Ok(mut reader) = file.worksheet_cells_reader(&name) {
            while !cells.ended
                && let Ok(Some(cell)) = reader.next_cell()
            {
                let (row, column) = cell.get_position();
                let value = match cell.get_value() {
                    DataRef::Int(number) => number.to_string(),
                    DataRef::Float(number) => number_text(*number),
                    DataRef::String(text) => text.clone(),
                    DataRef::SharedString(text) => (*text).to_owned(),
                    DataRef::Bool(truth) => truth_text(*truth),
                    DataRef::DateTime(moment) => moment_text(*moment),
                    DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
                    DataRef::Error(_) | DataRef::Empty => continue,
                };
                cells.put(row as usize, column as usize, value);
            }
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
                    Data::Float(number) => number_text(*number),
                    Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
                        text.clone()
                    }
                    Data::Bool(truth) => truth_text(*truth),
                    Data::DateTime(moment) => moment_text(*moment),
                    Data::Error(_) | Data::Empty => continue,
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

/// A number as a person would write it: whole numbers without a point.
fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        format!("{number:.0}")
    } else {
        number.to_string()
    }
}

/// `2026-09-01 00:00:00`, or the time alone for a time of day: what other tools make of such cells.
fn moment_text(moment: ExcelDateTime) -> String {
    let serial = moment.as_f64();
    if !(0.0..3_000_000.0).contains(&serial) {
        return number_text(serial);
    }
    let seconds = (serial.fract() * 86_400.0).round() as u64;
    let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    if serial < 1.0 {
        return format!("{hour:02}:{minute:02}:{second:02}");
    }
    let days = serial as i64 + seconds as i64 / 86_400;
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

/// Calendar date of a day number counted from 30 December 1899.
///
/// # Source
/// E. G. Richards, "Mapping Time", 1998: Gregorian calendar from the Julian day number.
fn civil(days: i64) -> (i64, i64, i64) {
    let julian = days + 2_415_019;
    let f = julian + 1_401 + (((4 * julian + 274_277) / 146_097) * 3) / 4 - 38;
    let e = 4 * f + 3;
    let h = 5 * ((e % 1_461) / 4) + 2;
    let day = (h % 153) / 5 + 1;
    let month = (h / 153 + 2) % 12 + 1;
    (e / 1_461 - 4_716 + (14 - month) / 12, month, day)
}
