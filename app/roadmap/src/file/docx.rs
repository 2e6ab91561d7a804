//! Documents of Word: paragraphs and tables in one pass.
//!
//! Only what is named is skipped, so content controls, links, accepted insertions and smart tags are passed through.

use quick_xml::events::{BytesStart, Event};

use super::archive::Parts;
use super::numbering::Numbering;
use super::xml::{attribute, events, is_on, number, opened, skips, words};
use super::{Block, Cell, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Refusal, Row, Source, Table};
use crate::text::clean;

/// Tables inside tables; deeper ones are no work of people.
const MAX_DEPTH: usize = 16;

/// Reads the main part of a document.
pub fn open(parts: &mut Parts) -> Result<Source, Refusal> {
    let main = main_part(parts)?;
    let folder = main
        .rsplit_once('/')
        .map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let numbering = parts.text(&format!("{folder}numbering.xml"))?;
    let styles = parts.text(&format!("{folder}styles.xml"))?;
    let document = parts.text(&main)?.ok_or(Refusal::UnknownFormat)?;
    let mut reader = Docx {
        numbers: Numbering::read(numbering.as_deref(), styles.as_deref())?,
        ..Docx::default()
    };
    events(&document, |event| reader.event(event))?;
    Ok(reader.source)
}

/// The part that the package calls its document, whatever its name.
fn main_part(parts: &mut Parts) -> Result<String, Refusal> {
    let mut main = "word/document.xml".to_owned();
    if let Some(relations) = parts.text("_rels/.rels")? {
        events(&relations, |event| {
            if let Some((start, _)) = opened(event)
                && attribute(start, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
                && let Some(target) = attribute(start, "Target")
            {
                main = target.trim_start_matches('/').to_owned();
            }
            Ok(())
        })?;
    }
    Ok(main)
}

/// A table that is being read.
#[derive(Default)]
struct Frame {
    table: Table,
    row: Row,
    cell: Cell,
    /// Columns of the grid before the first cell of the row.
    before: usize,
}

/// What a paragraph says about its number.
#[derive(Default)]
struct Numbered {
    style: Option<String>,
    list: Option<String>,
    level: Option<usize>,
}

#[derive(Default)]
struct Docx {
    source: Source,
    numbers: Numbering,
    open: Vec<Frame>,
    /// Depth inside a part that is not read.
    skipped: usize,
    in_text: bool,
    in_properties: bool,
    is_hidden: bool,
    numbered: Numbered,
    line: String,
    /// Paragraphs around a text box.
    around: Vec<String>,
    rows: usize,
    cells: usize,
}

impl Docx {
    fn event(&mut self, event: &Event) -> Result<(), Refusal> {
        if skips(&mut self.skipped, event) {
            return Ok(());
        }
        if let Some((start, is_empty)) = opened(event) {
            return self.start(start, is_empty);
        }
        if let Event::End(end) = event {
            return self.end(end.local_name().as_ref());
        }
        if self.in_text
            && let Some(text) = words(event)
        {
            self.line += &text;
        }
        Ok(())
    }

    fn start(&mut self, start: &BytesStart, is_empty: bool) -> Result<(), Refusal> {
        match start.local_name().as_ref() {
            // An empty mark says that a whole row, or the end of a paragraph, was deleted.
            "del" if is_empty => {
                if let Some(frame) = self.open.last_mut().filter(|_| !self.in_properties) {
                    frame.row.is_deleted = true;
                }
                self.source.tracked_changes += 1;
            }
            name @ ("del" | "moveFrom" | "Fallback" | "instrText" | "delText" | "sdtPr"
            | "rPrChange" | "pPrChange" | "trPrChange" | "tcPrChange" | "tblPrChange"
            | "footnoteReference") => {
                self.source.tracked_changes += usize::from(name == "del");
                self.skipped = usize::from(!is_empty);
            }
            "ins" => self.source.tracked_changes += 1,
            "tbl" => {
                if self.open.len() >= MAX_DEPTH {
                    return Err(Refusal::Damaged("tables inside tables".to_owned()));
                }
                self.open.push(Frame::default());
            }
            "p" if is_empty => {
                self.around.push(std::mem::take(&mut self.line));
                self.finish_line();
            }
            "p" => {
                self.around.push(std::mem::take(&mut self.line));
                self.numbered = Numbered::default();
            }
            "pPr" => self.in_properties = !is_empty,
            "pStyle" => self.numbered.style = attribute(start, "val"),
            "numId" if self.in_properties => self.numbered.list = attribute(start, "val"),
            "ilvl" if self.in_properties => self.numbered.level = Some(number(start, "val", 0)),
            "r" => {
                self.is_hidden = false;
                if !self.in_properties {
                    self.begin();
                }
            }
            "vanish" if !self.in_properties => self.is_hidden = is_on(start),
            "t" => self.in_text = !is_empty && !self.is_hidden,
            "tab" if !self.in_properties => self.line.push('\t'),
            "br" | "cr" => self.line.push('\n'),
            "noBreakHyphen" => self.line.push('-'),
            name => self.start_of_table(name, start),
        }
        Ok(())
    }

    fn start_of_table(&mut self, name: &str, start: &BytesStart) {
        let Some(frame) = self.open.last_mut() else {
            return;
        };
        match name {
            "tr" => {
                frame.row = Row {
                    number: frame.row.number + 1,
                    ..Row::default()
                };
                frame.before = 0;
            }
            "tc" => {
                frame.cell = Cell {
                    span: 1,
                    ..Cell::default()
                }
            }
            "gridBefore" => frame.before = number(start, "val", 0).min(MAX_COLUMNS),
            "gridSpan" => frame.cell.span = number(start, "val", 1).clamp(1, MAX_COLUMNS),
            // Without a value the mark means «goes on».
            "vMerge" => {
                frame.cell.goes_on =
                    attribute(start, "val").is_none_or(|value| value == "continue");
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "t" => self.in_text = false,
            "pPr" => self.in_properties = false,
            "p" => {
                self.begin();
                self.finish_line();
            }
            "tc" => self.finish_cell()?,
            "tr" => {
                self.rows += 1;
                if self.rows > MAX_ROWS {
                    return Err(Refusal::TooManyRows);
                }
                if let Some(frame) = self.open.last_mut() {
                    let row = frame.row.clone();
                    frame.table.rows.push(row);
                }
            }
            "tbl" => self.finish_table(),
            _ => {}
        }
        Ok(())
    }

    /// Puts the automatic number before the first words of a paragraph.
    fn begin(&mut self) {
        let numbered = std::mem::take(&mut self.numbered);
        if numbered.style.is_none() && numbered.list.is_none() {
            return;
        }
        let by_style = numbered
            .style
            .and_then(|style| self.numbers.of_style(&style));
        let list = numbered
            .list
            .or_else(|| by_style.as_ref().map(|(list, _)| list.clone()));
        let level = numbered
            .level
            .or(by_style.map(|(_, level)| level))
            .unwrap_or(0);
        if let Some(number) = list.and_then(|list| self.numbers.next(&list, level)) {
            self.line.insert_str(0, &format!("{number}\t"));
        }
    }

    fn finish_line(&mut self) {
        let around = self.around.pop().unwrap_or_default();
        let line = std::mem::replace(&mut self.line, around);
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

    fn finish_cell(&mut self) -> Result<(), Refusal> {
        self.cells += 1;
        if self.cells > MAX_CELLS {
            return Err(Refusal::TooManyRows);
        }
        if let Some(frame) = self.open.last_mut() {
            let mut cell = std::mem::take(&mut frame.cell);
            cell.column = frame
                .row
                .cells
                .last()
                .map_or(frame.before, |last| last.column + last.span);
            cell.text = clean(&cell.text);
            if cell.column < MAX_COLUMNS {
                frame.row.cells.push(cell);
            }
        }
        Ok(())
    }

    /// A table inside a cell gives its text to the cell: nothing is lost, and the cell says so.
    fn finish_table(&mut self) {
        let Some(frame) = self.open.pop() else {
            return;
        };
        match self.open.last_mut() {
            Some(outer) => {
                outer.cell.nested += 1;
                for row in frame.table.rows.iter().filter(|row| !row.is_deleted) {
                    let texts: Vec<&str> = row.filled().map(|cell| cell.text.as_str()).collect();
                    outer.cell.text += &texts.join(" ");
                    outer.cell.text.push('\n');
                }
            }
            None => self.source.blocks.push(Block::Table(frame.table)),
        }
    }
}
