//! Workbooks (.xlsx) opened with distrust: sizes are checked in the zip directory and while unpacking, macros
//! are refused, and a sheet is read cell by cell, never as the rectangle it claims to be.

use std::collections::HashSet;
use std::io::{Read, Seek};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use zip::ZipArchive;

use super::cell::{Cell, Note};
use super::problem::{Fault, Problems};

/// Most bytes a workbook may unpack to.
const MAX_UNPACKED: u64 = 512 * 1024 * 1024;
/// Most parts a workbook may have.
const MAX_PARTS: usize = 2_000;
/// Most filled cells of one sheet.
const MAX_CELLS: u64 = 12_000_000;
/// A sheet with cells beyond this column is no table of results.
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

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetName {
    /// As the workbook calls it.
    pub name: String,
    /// Number among the sheets, 1-based.
    pub number: usize,
    /// Hidden from whoever opens the workbook.
    pub hidden: bool,
}

/// Sheets in the order in which to read them: those called «индивидуальн…» first, hidden ones last.
pub fn sheets<Input: Read + Seek>(workbook: &Xlsx<Input>) -> Vec<SheetName> {
    let mut sheets: Vec<SheetName> = workbook
        .sheets_metadata()
        .iter()
        .enumerate()
        .filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet)
        .map(|(index, sheet)| SheetName {
            name: sheet.name.clone(),
            number: index + 1,
            hidden: sheet.visible != SheetVisible::Visible,
        })
        .collect();
    sheets.sort_by_key(|sheet| {
        let named = sheet.name.to_lowercase().contains("индивидуальн");
        (sheet.hidden, !named)
    });
    sheets
}

/// A merged range: rows and columns from first to last, 0-based, and the text of its first cell.
struct Merged {
    rows: (u32, u32),
    columns: (usize, usize),
    text: String,
}

/// What stands beside the cells of a sheet and changes how they are read.
pub struct Beside {
    /// By their first row.
    merged: Vec<Merged>,
    /// Ranges before this one have ended.
    ended: usize,
    hollow: HashSet<(u32, u32)>,
}

/// Looks for merged ranges and for formulas that have no stored value: libraries that do not compute write those.
///
/// # Errors
/// Those of the workbook.
pub fn beside<Input: Read + Seek>(
    workbook: &mut Xlsx<Input>,
    sheet: &str,
) -> Result<Beside, XlsxError> {
    let mut merged: Vec<Merged> = workbook
        .merge_cells_by_sheet_name(sheet)?
        .into_iter()
        .map(|range| Merged {
            rows: (range.start.0, range.end.0),
            columns: (
                range.start.1 as usize,
                (range.end.1 as usize).min(MAX_COLUMNS),
            ),
            text: String::new(),
        })
        .collect();
    merged.sort_by_key(|range| range.rows.0);
    let mut hollow = HashSet::new();
    let mut cells = match workbook.worksheet_cells_reader(sheet) {
        Ok(cells) => cells,
        Err(XlsxError::NotAWorksheet(_)) => {
            return Ok(Beside {
                merged,
                ended: 0,
                hollow,
            });
        }
        Err(error) => return Err(error),
    };
    let mut count = 0_u64;
    while let Some(cell) = cells.next_cell_with_formula_metadata()? {
        count += 1;
        if count > MAX_CELLS {
            break;
        }
        let blank = match &cell.value {
            DataRef::Empty => true,
            DataRef::String(text) => text.trim().is_empty(),
            _ => false,
        };
        // A formula whose result is an empty text says so by the type of its cell: nobody can tell the two apart.
        if blank && cell.formula.is_some() {
            hollow.insert(cell.pos);
        }
    }
    Ok(Beside {
        merged,
        ended: 0,
        hollow,
    })
}

/// Hands out the rows of a sheet that have any filled cell: number (1-based) and cells.
pub fn rows<Input: Read + Seek>(
    workbook: &mut Xlsx<Input>,
    sheet: &str,
    problems: &mut Problems,
    each: &mut dyn FnMut(u32, &Vec<Cell>, &mut Problems),
) {
    let mut last = None;
    let result = read_rows(workbook, sheet, problems, &mut last, each);
    if let Err(error) = result {
        problems.push(
            Fault::BrokenWorkbook {
                detail: error.to_string(),
            },
            last.map(|row: u32| row.saturating_add(1)),
            None,
        );
    }
}

fn read_rows<Input: Read + Seek>(
    workbook: &mut Xlsx<Input>,
    sheet: &str,
    problems: &mut Problems,
    last: &mut Option<u32>,
    each: &mut dyn FnMut(u32, &Vec<Cell>, &mut Problems),
) -> Result<(), XlsxError> {
    let mut beside = beside(workbook, sheet)?;
    let mut cells = match workbook.worksheet_cells_reader(sheet) {
        Ok(cells) => cells,
        // A chart sheet has no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        Err(error) => return Err(error),
    };
    let padding: Vec<usize> = cells
        .styles()
        .iter()
        .map(|style| {
            let code = style
                .number_format
                .as_ref()
                .map_or("", |format| format.format_code.as_str());
            if code.len() > 1 && code.bytes().all(|byte| byte == b'0') {
                code.len()
            } else {
                0
            }
        })
        .collect();
    let mut current: Option<u32> = None;
    let mut row: Vec<Cell> = Vec::new();
    let mut count = 0_u64;
    let mut wide = false;
    while let Some((cell, style)) = cells.next_cell_with_style_id()? {
        let (line, column) = cell.get_position();
        *last = Some(line);
        if current != Some(line) {
            if let Some(current) = current {
                beside.spread(current, &mut row);
                if row.iter().any(|cell| !cell.is_blank()) {
                    each(current.saturating_add(1), &row, problems);
                }
            }
            row.clear();
            current = Some(line);
        }
        let value = cell.get_value();
        let is_hollow = beside.hollow.contains(&(line, column));
        let column = column as usize;
        if matches!(value, DataRef::Empty) && !is_hollow {
            continue;
        }
        if column >= MAX_COLUMNS {
            if !wide {
                wide = true;
                let place = super::columns::letter(column);
                let fault = Fault::TooManyColumns {
                    limit: MAX_COLUMNS as u32,
                };
                problems.push(fault, Some(line.saturating_add(1)), Some(&place));
            }
            continue;
        }
        count += 1;
        if count > MAX_CELLS {
            problems.whole(Fault::TooManyCells { limit: MAX_CELLS });
            return Ok(());
        }
        if row.len() <= column {
            row.resize(column + 1, Cell::default());
        }
        row[column] = if is_hollow {
            Cell::noted(String::new(), Note::Hollow)
        } else {
            read_cell(value, padding.get(style).copied().unwrap_or_default())
        };
    }
    if let Some(current) = current {
        beside.spread(current, &mut row);
        if row.iter().any(|cell| !cell.is_blank()) {
            each(current.saturating_add(1), &row, problems);
        }
    }
    Ok(())
}

impl Beside {
    /// Gives the cells of a row what the merged ranges over them say.
    fn spread(&mut self, line: u32, row: &mut Vec<Cell>) {
        while self
            .merged
            .get(self.ended)
            .is_some_and(|range| range.rows.1 < line)
        {
            self.ended += 1;
        }
        for range in &mut self.merged[self.ended..] {
            if range.rows.0 > line {
                break;
            }
            if range.rows.1 < line {
                continue;
            }
            let (first, last) = range.columns;
            if first >= MAX_COLUMNS {
                continue;
            }
            if range.rows.0 == line {
                range.text = row
                    .get(first)
                    .map_or_else(String::new, |cell| cell.text.clone());
            }
            let end = last.min(MAX_COLUMNS - 1);
            if row.len() <= end {
                row.resize(end + 1, Cell::default());
            }
            if range.rows.0 < range.rows.1 && matches!(row[first].note, Note::Plain) {
                row[first] = Cell::noted(range.text.clone(), Note::Spread);
            }
            for cell in &mut row[first + 1..=end] {
                *cell = Cell::noted(String::new(), Note::Covered);
            }
        }
    }
}

/// A cell as text: whole numbers without a fraction and with the zeros that their format shows, dates as `DD.MM.YYYY`.
fn read_cell(value: &DataRef<'_>, padding: usize) -> Cell {
    let text = match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => format!("{number:0padding$}"),
        DataRef::Float(number) if number.fract() == 0.0 && *number >= 0.0 => {
            format!("{number:0padding$}")
        }
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            let text = format!("{day:02}.{month:02}.{year:04}");
            return Cell::noted(text, Note::Date);
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            return Cell::noted(text.clone(), Note::Date);
        }
        DataRef::Error(error) => return Cell::noted(error.to_string(), Note::Error),
    };
    Cell::plain(text)
}
