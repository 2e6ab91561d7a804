//! Records of plain text.

use csv::{ReaderBuilder, StringRecord};

use super::encoding::decode;
use super::{Block, Cell, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Refusal, Row, Source, Table};
use crate::text::clean;

/// Reads CSV in whatever encoding, divided by semicolons, commas or tabs.
pub fn open(bytes: &[u8]) -> Result<Source, Refusal> {
    let text = decode(bytes);
    let head: String = text.chars().take(20_000).collect();
    let is_page = head.trim_start().to_lowercase();
    if head.contains('\0') || is_page.starts_with("<!doctype") || is_page.starts_with("<html") {
        return Err(Refusal::UnknownFormat);
    }
    let divider = divider(&head).ok_or(Refusal::UnknownFormat)?;
    let mut reader = ReaderBuilder::new()
        .delimiter(divider)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut table = Table::default();
    let mut record = StringRecord::new();
    let mut cells = 0;
    let mut number = 0;
    while reader
        .read_record(&mut record)
        .map_err(|error| Refusal::Damaged(error.to_string()))?
    {
        number += 1;
        cells += record.len();
        if number > MAX_ROWS || cells > MAX_CELLS {
            return Err(Refusal::TooManyRows);
        }
        table.rows.push(row(number, &record));
    }
    Ok(Source {
        blocks: vec![Block::Table(table)],
        tracked_changes: 0,
        is_csv: true,
    })
}

fn row(number: usize, record: &StringRecord) -> Row {
    let cells = record
        .iter()
        .take(MAX_COLUMNS)
        .enumerate()
        .map(|(column, text)| Cell {
            text: clean(text),
            column,
            span: 1,
            ..Cell::default()
        })
        .collect();
    Row {
        number,
        cells,
        is_deleted: false,
    }
}

/// The sign that parts the most records into the same number of cells.
fn divider(head: &str) -> Option<u8> {
    [b';', b'\t', b',']
        .into_iter()
        .map(|sign| (same_length(head, sign), sign))
        .filter(|(count, _)| *count > 0)
        .max_by_key(|(count, sign)| (*count, *sign == b';'))
        .map(|(_, sign)| sign)
}

fn same_length(head: &str, sign: u8) -> usize {
    let mut reader = ReaderBuilder::new()
        .delimiter(sign)
        .flexible(true)
        .has_headers(false)
        .from_reader(head.as_bytes());
    let lengths: Vec<usize> = reader
        .records()
        .take(60)
        .flatten()
        .map(|record| record.len())
        .collect();
    lengths
        .iter()
        .filter(|length| **length >= 3)
        .map(|length| lengths.iter().filter(|other| *other == length).count())
        .max()
        .unwrap_or(0)
}
