//! Documents and workbooks of OpenDocument: both hold the same tables.

use quick_xml::events::{BytesStart, Event};

use super::archive::Parts;
use super::odf_list::Lists;
use super::xml::{attribute, events, number, opened, skips, words};
use super::{Block, Cell, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Refusal, Row, Source, Table};
use crate::text::clean;

const MAX_DEPTH: usize = 16;

/// Reads `.odt` and `.ods`.
pub fn open(parts: &mut Parts) -> Result<Source, Refusal> {
    if let Some(manifest) = parts.text("META-INF/manifest.xml")?
        && manifest.contains("encryption-data")
    {
        return Err(Refusal::Password);
    }
    let content = parts.text("content.xml")?.ok_or(Refusal::UnknownFormat)?;
    let mut reader = Odf::default();
    if let Some(styles) = parts.text("styles.xml")? {
        reader.lists.read(&styles)?;
    }
    reader.lists.read(&content)?;
    events(&content, |event| reader.event(event))?;
    Ok(reader.source)
}

#[derive(Default)]
struct Frame {
    table: Table,
    row: Row,
    cell: Cell,
    /// How often the row, and the cell, stands there.
    row_times: usize,
    cell_times: usize,
    /// Columns that the cell on the left still covers.
    covered: usize,
    column: usize,
}

#[derive(Default)]
struct Odf {
    source: Source,
    lists: Lists,
    is_sheet: bool,
    open: Vec<Frame>,
    skipped: usize,
    /// Paragraphs that are open.
    in_text: usize,
    line: String,
    cells: usize,
}

impl Odf {
    fn event(&mut self, event: &Event) -> Result<(), Refusal> {
        if skips(&mut self.skipped, event) {
            return Ok(());
        }
        if let Some((start, is_empty)) = opened(event) {
            self.start(start, is_empty)?;
            if is_empty {
                self.end(start.local_name().as_ref())?;
            }
        } else if let Event::End(end) = event {
            self.end(end.local_name().as_ref())?;
        } else if self.in_text > 0
            && let Some(text) = words(event)
        {
            self.line += &text;
        }
        Ok(())
    }

    fn start(&mut self, start: &BytesStart, is_empty: bool) -> Result<(), Refusal> {
        match start.local_name().as_ref() {
            "tracked-changes" => {
                self.source.tracked_changes += 1;
                self.skipped = usize::from(!is_empty);
            }
            "note" | "annotation" | "forms" => self.skipped = usize::from(!is_empty),
            "spreadsheet" => self.is_sheet = true,
            "table" => {
                if self.open.len() >= MAX_DEPTH {
                    return Err(Refusal::Damaged("tables inside tables".to_owned()));
                }
                let sheet = attribute(start, "name").filter(|_| self.is_sheet);
                let table = Table {
                    sheet,
                    ..Table::default()
                };
                self.open.push(Frame {
                    table,
                    ..Frame::default()
                });
            }
            "list" => self.lists.start_list(start),
            "list-item" => self.lists.start_item(),
            "p" | "h" => {
                self.in_text += 1;
                if let Some(number) = self.lists.take() {
                    self.line += &format!("{number}\t");
                }
            }
            "s" => self.line += &" ".repeat(number(start, "c", 1).min(256)),
            "tab" => self.line.push('\t'),
            "line-break" => self.line.push('\n'),
            name => self.start_of_table(name, start),
        }
        Ok(())
    }

    fn start_of_table(&mut self, name: &str, start: &BytesStart) {
        let Some(frame) = self.open.last_mut() else {
            return;
        };
        match name {
            "table-row" => {
                let number = frame.row.number + frame.row_times.max(1);
                frame.row = Row {
                    number,
                    ..Row::default()
                };
                frame.row_times = self::number(start, "number-rows-repeated", 1);
                frame.covered = 0;
                frame.column = 0;
            }
            "table-cell" | "covered-table-cell" => {
                let is_covered = name == "covered-table-cell";
                frame.cell_times = number(start, "number-columns-repeated", 1);
                frame.cell = Cell {
                    span: number(start, "number-columns-spanned", 1).clamp(1, MAX_COLUMNS),
                    // A covered cell lies under the one on its left, or under the one above.
                    goes_on: is_covered && frame.covered == 0,
                    ..Cell::default()
                };
                if is_covered {
                    frame.covered = frame.covered.saturating_sub(frame.cell_times);
                } else {
                    frame.covered = frame.cell.span - 1;
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "p" | "h" => {
                self.in_text = self.in_text.saturating_sub(1);
                self.finish_line();
            }
            "list" => self.lists.end_list(),
            "table-cell" | "covered-table-cell" => self.finish_cell(name)?,
            "table-row" => self.finish_row()?,
            "table" => self.finish_table(),
            _ => {}
        }
        Ok(())
    }

    fn finish_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        match self.open.last_mut() {
            Some(frame) => {
                frame.cell.text += &line;
                frame.cell.text.push('\n');
            }
            None => {
                let text = clean(&line);
                if !text.is_empty() {
                    self.source.blocks.push(Block::Paragraph(text));
                }
            }
        }
    }

    fn finish_cell(&mut self, name: &str) -> Result<(), Refusal> {
        let Some(frame) = self.open.last_mut() else {
            return Ok(());
        };
        let mut cell = std::mem::take(&mut frame.cell);
        cell.text = clean(&cell.text);
        let times = frame.cell_times.max(1);
        let column = frame.column;
        frame.column = frame.column.saturating_add(times);
        let is_hidden = name == "covered-table-cell" && !cell.goes_on;
        if is_hidden || (cell.text.is_empty() && !cell.goes_on) {
            return Ok(());
        }
        for at in (column..MAX_COLUMNS).take(times) {
            self.cells += 1;
            if self.cells > MAX_CELLS {
                return Err(Refusal::TooManyRows);
            }
            frame.row.cells.push(Cell {
                column: at,
                ..cell.clone()
            });
        }
        Ok(())
    }

    fn finish_row(&mut self) -> Result<(), Refusal> {
        let Some(frame) = self.open.last_mut() else {
            return Ok(());
        };
        if frame.row.cells.is_empty() {
            return Ok(());
        }
        let times = frame.row_times.max(1);
        if frame.table.rows.len() + times > MAX_ROWS {
            return Err(Refusal::TooManyRows);
        }
        for at in 0..times {
            let row = Row {
                number: frame.row.number + at,
                ..frame.row.clone()
            };
            self.cells += row.cells.len();
            frame.table.rows.push(row);
        }
        if self.cells > MAX_CELLS {
            return Err(Refusal::TooManyRows);
        }
        Ok(())
    }

    fn finish_table(&mut self) {
        let Some(frame) = self.open.pop() else {
            return;
        };
        match self.open.last_mut() {
            Some(outer) => {
                outer.cell.nested += 1;
                for row in &frame.table.rows {
                    let texts: Vec<&str> = row.filled().map(|cell| cell.text.as_str()).collect();
                    outer.cell.text += &texts.join(" ");
                    outer.cell.text.push('\n');
                }
            }
            None => self.source.blocks.push(Block::Table(frame.table)),
        }
    }
}
