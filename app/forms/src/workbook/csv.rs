//! Comma-separated values: the first column names the sheet, as the field's tools write it, or one sheet alone.

use super::{Cells, ReadError};
use crate::xlsform::{Sheet, Workbook};

/// Reads CSV in UTF-8 or, when it is not, in Windows-1251, divided by commas, semicolons or tabs.
///
/// # Errors
/// When no sheet can be found in it.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, ReadError> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => encoding_rs::WINDOWS_1251.decode(bytes).0.into_owned(),
    };
    let head: String = text.chars().take(5_000).collect();
    let divider = [',', ';', '\t']
        .into_iter()
        .max_by_key(|divider| head.matches(*divider).count())
        .unwrap_or(',');
    if head.contains('\0') || head.matches(divider).count() < 2 {
        return Err(ReadError::NotAWorkbook(
            "neither Excel nor OpenDocument nor CSV".to_owned(),
        ));
    }
    let records = records(&text, divider);
    let named = records.first().is_some_and(|record| {
        let first = record.first().map_or("", |cell| cell.trim());
        !first.is_empty()
            && (record.len() == 1 || record[1..].iter().all(|cell| cell.trim().is_empty()))
    });
    let mut sheets: Vec<(String, Cells)> = Vec::new();
    if !named {
        sheets.push(("survey".to_owned(), Cells::default()));
    }
    let mut row = 0;
    for record in records {
        let cells = if named {
            let name = record.first().map_or("", |cell| cell.trim());
            if !name.is_empty() {
                sheets.push((name.to_owned(), Cells::default()));
                row = 0;
            }
            record.get(1..).unwrap_or_default()
        } else {
            &record
        };
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if let Some((_, sheet)) = sheets.last_mut() {
            for (column, cell) in cells.iter().enumerate() {
                sheet.put(row, column, cell.clone());
            }
            row += 1;
        }
    }
    Ok(Workbook {
        sheets: sheets
            .into_iter()
            .map(|(name, cells)| Sheet {
                name,
                rows: cells.rows,
            })
            .collect(),
    })
}

/// # Source
/// RFC 4180, with any divider and either line ending.
fn records(text: &str, divider: char) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    let mut record = vec![String::new()];
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let cell = record.last_mut().expect("a record has at least one cell");
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                cell.push('"');
                chars.next();
            }
            '"' if quoted => quoted = false,
            c if quoted => cell.push(c),
            '"' if cell.is_empty() => quoted = true,
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' => records.push(std::mem::replace(&mut record, vec![String::new()])),
            c if c == divider => record.push(String::new()),
            c => cell.push(c),
        }
    }
    if record.len() > 1 || !record[0].is_empty() {
        records.push(record);
    }
    records
}
