//! Plain cells as an Excel file.

use crate::xlsform::Workbook;
use rust_xlsxwriter::{Format, Workbook as Output};
use thiserror::Error;

/// Why an Excel file could not be written.
#[derive(Debug, Error)]
#[error("the workbook cannot be written: {0}")]
pub struct WriteError(#[from] rust_xlsxwriter::XlsxError);

/// Longest text of a cell in Excel.
const MAX_CELL: usize = 32_767;

/// Writes a workbook; every cell is text.
///
/// A text that a spreadsheet could take for a formula (`=`, `+`, `-`, `@`) is written as text with the quote prefix
/// set: its content stays exact, and no program evaluates it, not even after it was edited.
///
/// # Errors
/// When a sheet name is not allowed in Excel.
pub fn write_xlsx(workbook: &Workbook) -> Result<Vec<u8>, WriteError> {
    let mut output = Output::new();
    let header = Format::new().set_bold();
    let guarded = Format::new().set_quote_prefix();
    for sheet in &workbook.sheets {
        let page = output.add_worksheet();
        page.set_name(&sheet.name)?;
        for (row, cells) in sheet.rows.iter().enumerate() {
            for (column, cell) in cells
                .iter()
                .enumerate()
                .filter(|(_, cell)| !cell.is_empty())
            {
                let (row, column) = (row as u32, column as u16);
                let text: String = if cell.chars().count() > MAX_CELL {
                    cell.chars().take(MAX_CELL).collect()
                } else {
                    cell.clone()
                };
                if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
                    page.write_string_with_format(row, column, text, &guarded)?;
                } else if row == 0 {
                    page.write_string_with_format(row, column, text, &header)?;
                } else {
                    page.write_string(row, column, text)?;
                }
            }
        }
        page.set_freeze_panes(1, 0)?;
    }
    Ok(output.save_to_buffer()?)
}
