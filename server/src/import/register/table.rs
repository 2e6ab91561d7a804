//! Any spreadsheet as headings and rows.

use std::io::Read;

use api::text::Text;
use forms::workbook;

use super::columns::{Field, fitting};
use crate::import::encoding::Decoded;

/// Rows above the headings that are looked through: titles and notes of the office.
const ABOVE: usize = 20;
/// Rows of a list: far more than an office has schools or people.
const MOST_ROWS: usize = 20_000;

/// A table with its headings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Sheet of a workbook.
    pub sheet: String,
    /// Row of the headings, 1-based.
    pub header_row: u32,
    /// Headings; blank where a column has none.
    pub headers: Vec<String>,
    /// Filled rows with their numbers in the file, each as long as the headings.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// Reads a file: the sheet and the row whose cells name most fields hold the headings.
///
/// # Errors
/// A sentence for whoever brought the file.
pub fn read(bytes: &[u8], fields: &[Field]) -> Result<Table, Text> {
    let sheets = sheets(bytes)?;
    let mut best: Option<(usize, &Sheet, usize)> = None;
    for sheet in &sheets {
        for (place, (_, cells)) in sheet.rows.iter().take(ABOVE).enumerate() {
            let known = cells
                .iter()
                .filter(|cell| fitting(cell, fields).is_some())
                .count();
            // Headings that nobody recognises: the first row of several cells.
            let looks = usize::from(cells.iter().filter(|cell| !cell.is_empty()).count() > 1);
            let fits = 2 * known + looks;
            if best.is_none_or(|(most, ..)| fits > most) {
                best = Some((fits, sheet, place));
            }
        }
    }
    let (_, sheet, place) = best.ok_or_else(empty)?;
    let below = &sheet.rows[place..];
    let width = below
        .iter()
        .map(|(_, cells)| cells.len())
        .max()
        .unwrap_or(0);
    let padded = |cells: &[String]| {
        let mut cells = cells.to_vec();
        cells.resize(width, String::new());
        cells
    };
    let rows: Vec<(u32, Vec<String>)> = below[1..]
        .iter()
        .map(|(number, cells)| (*number, padded(cells)))
        .collect();
    if rows.is_empty() {
        return Err(empty());
    }
    if rows.len() > MOST_ROWS {
        return Err(too_long());
    }
    Ok(Table {
        sheet: sheet.name.clone(),
        header_row: below[0].0,
        headers: padded(&below[0].1),
        rows,
    })
}

/// Filled rows of a sheet with their numbers in the file.
struct Sheet {
    name: String,
    rows: Vec<(u32, Vec<String>)>,
}

fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Text> {
    // Text is read here: the reader of forms takes a title above the headings for the name of a sheet.
    if !bytes.starts_with(b"PK") && !bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Ok(vec![Sheet {
            name: String::new(),
            rows: text(bytes)?,
        }]);
    }
    let book = workbook::read(bytes).map_err(|_| unreadable())?;
    Ok(book
        .sheets
        .into_iter()
        .map(|sheet| Sheet {
            name: sheet.name,
            rows: sheet
                .rows
                .into_iter()
                .enumerate()
                .filter_map(|(place, cells)| filled(place as u32 + 1, cells))
                .collect(),
        })
        .collect())
}

fn text(bytes: &[u8]) -> Result<Vec<(u32, Vec<String>)>, Text> {
    let mut decoded = Vec::new();
    Decoded::new(bytes)
        .read_to_end(&mut decoded)
        .map_err(|_| unreadable())?;
    if decoded.contains(&0) {
        return Err(unreadable());
    }
    let count = |divider: u8| decoded.iter().filter(|byte| **byte == divider).count();
    let divider = [b';', b',', b'\t']
        .into_iter()
        .max_by_key(|divider| count(*divider))
        .unwrap_or(b';');
    if count(divider) == 0 {
        return Err(unreadable());
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(divider)
        .has_headers(false)
        .flexible(true)
        .from_reader(decoded.as_slice());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|_| unreadable())? {
        let line = record.position().map_or(0, csv::Position::line) as u32;
        let cells = record.iter().map(str::to_owned).collect();
        rows.extend(filled(line, cells));
    }
    Ok(rows)
}

/// The row without space around its cells, unless all of them are blank.
fn filled(number: u32, cells: Vec<String>) -> Option<(u32, Vec<String>)> {
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| {
            cell.trim_matches(['\u{feff}', ' ', '\t', '\n', '\r', '\u{a0}'])
                .to_owned()
        })
        .collect();
    cells
        .iter()
        .any(|cell| !cell.is_empty())
        .then_some((number, cells))
}

fn unreadable() -> Text {
    Text::new(
        "Файл не удалось прочитать как таблицу. Подходят XLSX, XLS, ODS и CSV; сохраните таблицу в одном из этих видов.",
        "The file could not be read as a table. XLSX, XLS, ODS and CSV will do; save the table as one of these.",
    )
}

fn empty() -> Text {
    Text::new(
        "В файле нет строк под заголовками. Проверьте, тот ли это файл и заполнен ли лист.",
        "The file has no rows under its headings. Look whether it is the right file and whether its sheet is filled in.",
    )
}

fn too_long() -> Text {
    Text::new(
        format!(
            "В таблице больше {MOST_ROWS} строк: списки управления столько не занимают. Проверьте, тот ли это файл."
        ),
        format!(
            "The table has more than {MOST_ROWS} rows: lists of an office are shorter. Look whether it is the right file."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::super::organisation::FIELDS;
    use super::*;

    #[test]
    fn headings_are_found_under_titles_and_rows_keep_their_numbers() {
        let csv = "Список школ района;;;\n;;;\nЛогин ОО;Наименование кратко;Тип;Примечание\nsch1;Первая;СОШ;\n;;;\nsch2;Вторая;ООШ;ремонт\n";
        let table = read(csv.as_bytes(), &FIELDS).expect("a table");
        assert_eq!(
            table.headers,
            ["Логин ОО", "Наименование кратко", "Тип", "Примечание"]
        );
        let numbers: Vec<u32> = table.rows.iter().map(|(row, _)| *row).collect();
        assert_eq!((table.header_row, numbers), (3, vec![4, 6]));
        assert_eq!(table.rows[1].1[3], "ремонт");
    }

    #[test]
    fn what_is_no_table_is_told_so() {
        for bytes in [&b""[..], b"%PDF-1.7", b"one\ntwo", b"\x00\x01"] {
            assert!(read(bytes, &FIELDS).is_err());
        }
    }
}
