//! OpenDocument spreadsheets. Read here and not by a library, because a cell may claim to be repeated a billion times.
//!
//! # Source
//! OpenDocument 1.3 part 3, sections 9.1 (tables), 19.675 and 19.677 (repetition).

use super::{Cells, MAX_BLANK_ROWS, MAX_COLUMNS, ReadError};
use crate::xlsform::errors::{NO_VALUE, is_error};
use crate::xlsform::{Sheet, Workbook};
use roxmltree::{Document, Node};

const TABLE: &str = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
const OFFICE: &str = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
/// Blanks that one element may stand for; more is an accident.
const MOST_BLANKS: usize = 1_000;
const MAX_SHEETS: usize = 64;
/// The document tree takes several times the text.
const MAX_XML: usize = 48 << 20;

/// Reads `content.xml`.
///
/// # Errors
/// When it is no XML or too large.
pub(super) fn read(content: &[u8]) -> Result<Workbook, ReadError> {
    if content.len() > MAX_XML {
        return Err(ReadError::TooLarge { limit: MAX_XML });
    }
    let text =
        std::str::from_utf8(content).map_err(|error| ReadError::NotAWorkbook(error.to_string()))?;
    let document =
        Document::parse(text).map_err(|error| ReadError::NotAWorkbook(error.to_string()))?;
    let tables = document.descendants().filter(|node| is(node, "table"));
    let sheets = tables.take(MAX_SHEETS).map(|table| Sheet {
        name: table
            .attribute((TABLE, "name"))
            .unwrap_or_default()
            .to_owned(),
        rows: read_table(table).rows,
    });
    Ok(Workbook {
        sheets: sheets.collect(),
    })
}

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.has_tag_name((TABLE, name))
}

fn read_table(table: Node<'_, '_>) -> Cells {
    let mut cells = Cells::default();
    let mut row = 0_usize;
    for line in table.descendants().filter(|node| is(node, "table-row")) {
        if cells.ended {
            break;
        }
        let repeats = repetition(&line, "number-rows-repeated");
        let values = read_row(line);
        if values.is_empty() {
            row = row.saturating_add(repeats);
            continue;
        }
        // A row that repeats content is a fill-down; more of it than a gap may be long is an accident.
        for _ in 0..repeats.min(MAX_BLANK_ROWS) {
            for (column, value) in &values {
                cells.put(row, *column, value.clone());
            }
            row += 1;
        }
    }
    cells
}

fn read_row(line: Node<'_, '_>) -> Vec<(usize, String)> {
    let mut values = Vec::new();
    let mut column = 0_usize;
    for cell in line
        .children()
        .filter(|node| is(node, "table-cell") || is(node, "covered-table-cell"))
    {
        let repeats = repetition(&cell, "number-columns-repeated");
        let value = cell_text(cell);
        if !value.is_empty() {
            for at in column..column.saturating_add(repeats).min(MAX_COLUMNS) {
                values.push((at, value.clone()));
            }
        }
        column = column.saturating_add(repeats);
        if column >= MAX_COLUMNS {
            break;
        }
    }
    values
}

fn repetition(node: &Node<'_, '_>, attribute: &str) -> usize {
    node.attribute((TABLE, attribute))
        .and_then(|count| count.parse().ok())
        .unwrap_or(1)
}

/// An error as it is shown; the exact value of a number, truth, date or time; else the shown paragraphs.
fn cell_text(cell: Node<'_, '_>) -> String {
    let shown = paragraphs(cell);
    if is_error(&shown) {
        return shown;
    }
    let value = |name: &str| cell.attribute((OFFICE, name)).map(str::to_owned);
    match cell.attribute((OFFICE, "value-type")) {
        Some("float" | "percentage" | "currency") => value("value").unwrap_or_default(),
        Some("boolean") => value("boolean-value").unwrap_or_default().to_uppercase(),
        Some("date") => value("date-value").unwrap_or_default().replace('T', " "),
        Some("time") => value("time-value")
            .and_then(|time| clock(&time))
            .unwrap_or(shown),
        None if cell.has_attribute((TABLE, "formula")) && shown.is_empty() => NO_VALUE.to_owned(),
        _ => shown,
    }
}

/// The paragraphs of a cell, with the blanks, tabs and breaks that are elements of their own.
fn paragraphs(cell: Node<'_, '_>) -> String {
    let lines: Vec<String> = cell
        .children()
        .filter(|node| node.tag_name().name() == "p")
        .map(|paragraph| {
            let mut line = String::new();
            for node in paragraph.descendants() {
                match node.tag_name().name() {
                    _ if node.is_text() => line.push_str(node.text().unwrap_or_default()),
                    "tab" => line.push('\t'),
                    "line-break" => line.push('\n'),
                    "s" => {
                        let count = node
                            .attributes()
                            .find(|attribute| attribute.name() == "c")
                            .and_then(|attribute| attribute.value().parse::<usize>().ok())
                            .unwrap_or(1);
                        line.extend(std::iter::repeat_n(' ', count.min(MOST_BLANKS)));
                    }
                    _ => {}
                }
            }
            line
        })
        .collect();
    lines.join("\n").trim().to_owned()
}

/// `14:30:00` of `PT14H30M00S`; `None` for a duration that no clock shows.
fn clock(duration: &str) -> Option<String> {
    let rest = duration.strip_prefix("PT")?;
    let (hours, rest) = rest.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?.split(['.', ',']).next()?;
    let part =
        |digits: &str, most: u32| digits.parse::<u32>().ok().filter(|number| *number <= most);
    let (hours, minutes, seconds) = (part(hours, 23)?, part(minutes, 59)?, part(seconds, 59)?);
    Some(format!("{hours:02}:{minutes:02}:{seconds:02}"))
}
