//! Workbooks of Excel: cells as they are shown, merged ranges as they lie.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader, Xlsx, XlsxError};

use super::{Block, Cell, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Refusal, Row, Source, Table};
use crate::text::clean;

/// Most sheets that are looked at.
pub const MAX_SHEETS: usize = 64;

/// Reads `.xlsx`; the container was checked before.
pub fn open(bytes: &[u8]) -> Result<Source, Refusal> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => Refusal::Password,
        error => Refusal::Damaged(error.to_string()),
    })?;
    let mut source = Source::default();
    let mut grid = Grid::default();
    for sheet in workbook.sheet_names().into_iter().take(MAX_SHEETS) {
        let merged = workbook
            .merge_cells_by_sheet_name(&sheet)
            .unwrap_or_default();
        let Ok(mut cells) = workbook.worksheet_cells_reader(&sheet) else {
            // A sheet of charts has no cells.
            continue;
        };
        loop {
            let (cell, style) = match cells.next_cell_with_style_id() {
                Ok(Some(found)) => found,
                // A cell whose error the library has no name for says nothing to a roadmap.
                Err(XlsxError::CellError(_)) => continue,
                Ok(None) => break,
                Err(error) => return Err(Refusal::Damaged(error.to_string())),
            };
            let format = cells
                .styles()
                .get(style)
                .and_then(|style| Some(style.number_format.as_ref()?.format_code.as_str()));
            let text = match cell.get_value() {
                DataRef::Empty | DataRef::Error(_) => continue,
                DataRef::Int(number) => number.to_string(),
                DataRef::Float(number) => number.to_string(),
                DataRef::String(text) => text.clone(),
                DataRef::SharedString(text) => (*text).to_owned(),
                DataRef::Bool(value) => value.to_string(),
                DataRef::DateTime(moment) => shown(*moment, format),
                DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
            };
            let (row, column) = cell.get_position();
            grid.put(row as usize, column as usize, &text)?;
        }
        source
            .blocks
            .push(Block::Table(grid.table(sheet, &merged)?));
    }
    Ok(source)
}

/// Text of a cell of an old workbook.
pub fn old_text(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(moment) => shown(*moment, None),
    }
}

const MONTHS: [&str; 12] = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
];

/// A moment as its format shows it: Excel turns «сентябрь 2023» into the first of the month and hides the day.
fn shown(moment: ExcelDateTime, format: Option<&str>) -> String {
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let format = format.unwrap_or_default().to_lowercase();
    let hides_day = format.contains('m') && format.contains('y') && !format.contains('d');
    let name = MONTHS.get(usize::from(month).wrapping_sub(1));
    match name {
        Some(name) if hides_day => format!("{name} {year}"),
        _ => format!("{day:02}.{month:02}.{year:04}"),
    }
}

/// Cells of a sheet by row and column, within bounds.
#[derive(Default)]
pub struct Grid {
    rows: BTreeMap<usize, BTreeMap<usize, Cell>>,
    count: usize,
}

impl Grid {
    /// Puts a cell that says something.
    pub fn put(&mut self, row: usize, column: usize, text: &str) -> Result<(), Refusal> {
        let text = clean(text);
        if text.is_empty() || column >= MAX_COLUMNS {
            return Ok(());
        }
        self.count += 1;
        let cell = Cell {
            text,
            column,
            span: 1,
            ..Cell::default()
        };
        self.rows.entry(row).or_default().insert(column, cell);
        if self.count > MAX_CELLS || self.rows.len() > MAX_ROWS {
            return Err(Refusal::TooManyRows);
        }
        Ok(())
    }

    /// Hands over the table with its merged ranges laid out, and is empty again.
    pub fn table(&mut self, sheet: String, merged: &[Dimensions]) -> Result<Table, Refusal> {
        let mut rows = std::mem::take(&mut self.rows);
        let last = rows.keys().next_back().copied().unwrap_or_default();
        for range in merged.iter().take(MAX_CELLS) {
            let (top, left) = (range.start.0 as usize, range.start.1 as usize);
            if left >= MAX_COLUMNS {
                continue;
            }
            let span = (range.end.1 as usize)
                .min(MAX_COLUMNS - 1)
                .saturating_sub(left)
                + 1;
            if let Some(cell) = rows.get_mut(&top).and_then(|row| row.get_mut(&left)) {
                cell.span = span;
            }
            for below in top + 1..=(range.end.0 as usize).min(last) {
                self.count += 1;
                if self.count > MAX_CELLS {
                    return Err(Refusal::TooManyRows);
                }
                let cell = Cell {
                    column: left,
                    span,
                    goes_on: true,
                    ..Cell::default()
                };
                rows.entry(below).or_default().insert(left, cell);
            }
        }
        let rows = rows
            .into_iter()
            .map(|(row, cells)| Row {
                number: row + 1,
                cells: cells.into_values().collect(),
                is_deleted: false,
            })
            .collect();
        Ok(Table {
            sheet: Some(sheet),
            rows,
        })
    }
}
