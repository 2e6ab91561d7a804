//! Old workbooks (`.xls`), looked at before they are opened, and what else comes in a compound file.

use std::io::Cursor;

use calamine::{Reader, Xls, XlsError};
use compound::{Compound, area};

use super::excel::{Grid, MAX_SHEETS, old_text};
use super::{Block, Refusal, Source};

/// Cells of all rectangles together.
const MAX_AREA: u64 = 2_000_000;

/// Reads `.xls` and refuses what else may stand in a compound file.
pub fn open(bytes: &[u8]) -> Result<Source, Refusal> {
    let file = Compound::open(bytes).ok_or_else(|| Refusal::Damaged("compound file".to_owned()))?;
    if file.find("WordDocument").is_some() {
        return Err(Refusal::OldWord);
    }
    if file.find("EncryptedPackage").is_some() {
        return Err(Refusal::Password);
    }
    let stream = file.workbook().ok_or(Refusal::UnknownFormat)?;
    if area(&stream) > MAX_AREA {
        return Err(Refusal::TooManyRows);
    }
    let mut workbook: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => Refusal::Password,
        error => Refusal::Damaged(error.to_string()),
    })?;
    let mut source = Source::default();
    let mut grid = Grid::default();
    for sheet in workbook.sheet_names().into_iter().take(MAX_SHEETS) {
        let merged = workbook
            .merge_cells_by_sheet_name(&sheet)
            .unwrap_or_default();
        let Ok(range) = workbook.worksheet_range(&sheet) else {
            continue;
        };
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, data) in range.used_cells() {
            grid.put(row + top as usize, column + left as usize, &old_text(data))?;
        }
        source
            .blocks
            .push(Block::Table(grid.table(sheet, &merged)?));
    }
    Ok(source)
}
