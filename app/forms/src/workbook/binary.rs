//! Old Excel files (`.xls`), looked at before they are opened.

use compound::{Compound, area};

use super::ReadError;

/// Cells of all rectangles together.
const MAX_AREA: u64 = 8_000_000;

/// Checks that opening the file takes bounded memory.
///
/// # Errors
/// When it would not, or the file is damaged beyond reading.
pub(super) fn check(bytes: &[u8]) -> Result<(), ReadError> {
    let stream = Compound::open(bytes)
        .and_then(|file| file.workbook())
        .ok_or_else(|| ReadError::NotAWorkbook("no workbook inside".to_owned()))?;
    if area(&stream) > MAX_AREA {
        return Err(ReadError::TooLarge {
            limit: MAX_AREA as usize,
        });
    }
    Ok(())
}
