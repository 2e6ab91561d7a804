//! Workbooks (.xlsx) opened with distrust: sizes are checked in the zip directory and while unpacking, macros
//! are refused, and a sheet is read cell by cell, never as the rectangle it claims to be.

use std::io::{Read, Seek};

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use zip::ZipArchive;

use super::problem::{Fault, Problems};

/// Most bytes a workbook may unpack to.
const MAX_UNPACKED: u64 = 512 * 1024 * 1024;
/// Most parts a workbook may have.
const MAX_PARTS: usize = 2_000;
/// Most filled cells of one sheet.
const MAX_CELLS: u64 = 12_000_000;
/// Columns beyond this are not looked at.
const MAX_COLUMNS: usize = 400;

/// Checks the container before anything is read from it.
pub fn check_container(input: &mut (impl Read + Seek), problems: &mut Problems) -> Option<()> {
    let bomb = Fault::ZipBomb {
        limit_mb: MAX_UNPACKED >> 20,
    };
    let mut archive = match ZipArchive::new(&mut *input) {
        Ok(archive) => archive,
        Err(error) => {
            problems.whole(Fault::BrokenWorkbook {
                detail: error.to_string(),
            });
            return None;
        }
    };
    if archive.len() > MAX_PARTS {
        problems.whole(bomb);
        return None;
    }
    let mut names = Vec::with_capacity(archive.len());
    let mut declared = 0_u64;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).ok().and_then(|part| {
            let name = part.name().ok()?.to_lowercase();
            Some((name, part.size()))
        });
        let Some((name, size)) = part else {
            problems.whole(Fault::BrokenWorkbook {
                detail: "zip".to_owned(),
            });
            return None;
        };
        declared = declared.saturating_add(size);
        names.push(name);
    }
    if declared > MAX_UNPACKED {
        problems.whole(bomb);
        return None;
    }
    if names
        .iter()
        .any(|name| name.ends_with("vbaproject.bin") || name.contains("macrosheets/"))
    {
        problems.whole(Fault::Macros);
        return None;
    }
    if !names.iter().any(|name| name == "xl/workbook.xml") {
        problems.whole(
            if names
                .iter()
                .any(|name| name == "content.xml" || name == "xl/workbook.bin")
            {
                Fault::OldWorkbook
            } else {
                Fault::WrongType {
                    what: "архив без листов / an archive without sheets",
                }
            },
        );
        return None;
    }
    check_parts(&mut archive, &names, problems)
}

/// The directory may lie about sizes: unpacks every part into nothing and counts.
fn check_parts(
    archive: &mut ZipArchive<impl Read + Seek>,
    names: &[String],
    problems: &mut Problems,
) -> Option<()> {
    let mut left = MAX_UNPACKED;
    for (index, name) in names.iter().enumerate() {
        let mut types = Vec::new();
        let counted = archive
            .by_index(index)
            .map_err(std::io::Error::from)
            .and_then(|part| {
                let mut part = part.take(left + 1);
                if name == "[content_types].xml" {
                    part.read_to_end(&mut types).map(|count| count as u64)
                } else {
                    std::io::copy(&mut part, &mut std::io::sink())
                }
            });
        match counted {
            Ok(count) if count > left => {
                problems.whole(Fault::ZipBomb {
                    limit_mb: MAX_UNPACKED >> 20,
                });
                return None;
            }
            Ok(count) => left -= count,
            Err(error) => {
                problems.whole(Fault::BrokenWorkbook {
                    detail: error.to_string(),
                });
                return None;
            }
        }
        if String::from_utf8_lossy(&types).contains("macroEnabled") {
            problems.whole(Fault::Macros);
            return None;
        }
    }
    Some(())
}

/// Opens a checked workbook.
pub fn open<Input: Read + Seek>(input: Input, problems: &mut Problems) -> Option<Xlsx<Input>> {
    match Xlsx::new(input) {
        Ok(workbook) => Some(workbook),
        Err(error) => {
            problems.whole(Fault::BrokenWorkbook {
                detail: error.to_string(),
            });
            None
        }
    }
}

/// What the reader of rows wants next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Another row.
    Row,
    /// No more.
    Stop,
}

/// Names of the sheets in the order in which to look for results: those called «индивидуальн…» first.
pub fn sheets<Input: Read + Seek>(workbook: &Xlsx<Input>) -> Vec<String> {
    let mut names = workbook.sheet_names();
    names.sort_by_key(|name| !name.to_lowercase().contains("индивидуальн"));
    names
}

/// Hands out the rows of a sheet that have any filled cell: number (1-based) and texts.
pub fn rows<Input: Read + Seek>(
    workbook: &mut Xlsx<Input>,
    sheet: &str,
    problems: &mut Problems,
    each: &mut dyn FnMut(u32, &Vec<String>, &mut Problems) -> Next,
) {
    let result = read_rows(workbook, sheet, problems, each);
    if let Err(error) = result {
        problems.whole(Fault::BrokenWorkbook {
            detail: error.to_string(),
        });
    }
}

fn read_rows<Input: Read + Seek>(
    workbook: &mut Xlsx<Input>,
    sheet: &str,
    problems: &mut Problems,
    each: &mut dyn FnMut(u32, &Vec<String>, &mut Problems) -> Next,
) -> Result<(), XlsxError> {
    let mut cells = match workbook.worksheet_cells_reader(sheet) {
        Ok(cells) => cells,
        // A chart sheet has no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        Err(error) => return Err(error),
    };
    let mut current: Option<u32> = None;
    let mut row: Vec<String> = Vec::new();
    let mut count = 0_u64;
    while let Some(cell) = cells.next_cell()? {
        let (line, column) = cell.get_position();
        if current != Some(line) {
            if let Some(current) = current
                && !row.is_empty()
                && each(current.saturating_add(1), &row, problems) == Next::Stop
            {
                return Ok(());
            }
            row.clear();
            current = Some(line);
        }
        let value = cell.get_value();
        let column = column as usize;
        if matches!(value, DataRef::Empty) || column >= MAX_COLUMNS {
            continue;
        }
        count += 1;
        if count > MAX_CELLS {
            problems.whole(Fault::TooManyCells { limit: MAX_CELLS });
            return Ok(());
        }
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        row[column] = text(value);
    }
    if let Some(current) = current
        && !row.is_empty()
    {
        each(current.saturating_add(1), &row, problems);
    }
    Ok(())
}

/// A cell as text: whole numbers without a fraction, dates as `DD.MM.YYYY`.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{day:02}.{month:02}.{year:04}")
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    }
}
