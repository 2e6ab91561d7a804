//! Which tables of a file are the roadmap, and where another one begins.

use super::header::{Columns, Role};
use super::rows::{Item, items};
use super::title;
use crate::file::{Block, Row, Source, Table};
use crate::problem::{Fault, Place, Problem};
use crate::text::collapsed;

/// Rows above a header that are looked at.
const HEADER_WITHIN: usize = 40;

/// A roadmap of a file before its texts are read.
#[derive(Debug, Default)]
pub struct RawPart {
    /// Its title.
    pub title: Option<String>,
    /// Headings and lines.
    pub placed: Vec<(Place, Item)>,
    /// Does a column hold the results?
    pub has_results: bool,
}

/// All roadmaps of a file.
#[derive(Debug, Default)]
pub struct Found {
    /// In their order; those without lines are left out.
    pub parts: Vec<RawPart>,
    /// What was strange about tables.
    pub problems: Vec<Problem>,
}

/// Looks through a file.
pub fn find(source: &Source) -> Found {
    let mut finder = Finder {
        is_csv: source.is_csv,
        ..Finder::default()
    };
    for block in &source.blocks {
        match block {
            Block::Paragraph(text) => finder.paragraphs.push(text.clone()),
            Block::Table(table) => finder.table(table),
        }
    }
    finder.finish()
}

#[derive(Default)]
struct Finder {
    is_csv: bool,
    found: Found,
    /// Paragraphs since the last table.
    paragraphs: Vec<String>,
    /// Columns of the last table, for one that goes on without a header.
    last: Option<Columns>,
    tables: usize,
}

impl Finder {
    fn place(&self, table: &Table, row: Option<usize>) -> Place {
        Place {
            sheet: table.sheet.clone(),
            table: (!self.is_csv && table.sheet.is_none()).then_some(self.tables),
            row,
        }
    }

    fn table(&mut self, table: &Table) {
        self.tables += 1;
        let mut rows: &[Row] = &table.rows;
        let mut is_first = true;
        // One sheet may hold two roadmaps, one below the other, each with a title and a header.
        while let Some((at, columns)) = header(rows) {
            let (above, below) = rows.split_at(at);
            self.titles(table, above);
            let end = next_title(below).unwrap_or(below.len());
            let (own, rest) = below.split_at(end);
            self.begin(table, own.first());
            self.take(table, &own[1..], Some(columns));
            rows = rest;
            is_first = false;
        }
        if is_first {
            self.without_header(table);
        }
    }

    /// Texts above the header of a sheet are its title; a row of several cells there is named, for it is none.
    fn titles(&mut self, table: &Table, rows: &[Row]) {
        for row in rows {
            let texts: Vec<&str> = row.filled().map(|cell| cell.text.as_str()).collect();
            let text = collapsed(&texts.join(" "));
            if texts.len() >= 3 {
                let shown: String = text.chars().take(120).collect();
                self.found.problems.push(Problem {
                    place: self.place(table, Some(row.number)),
                    line: None,
                    fault: Fault::TextLeft(shown),
                });
            } else if !texts.is_empty() {
                self.paragraphs.push(text);
            }
        }
    }

    /// Decides whether the table begins a part or goes on the last one.
    fn begin(&mut self, table: &Table, row: Option<&Row>) {
        let paragraphs = std::mem::take(&mut self.paragraphs);
        let has_lines = self
            .found
            .parts
            .last()
            .is_some_and(|part| !part.placed.is_empty());
        let another = paragraphs
            .iter()
            .position(|text| title::begins_another(text));
        match another {
            Some(at) if has_lines => {
                let title = collapsed(&paragraphs[at..].join(" "));
                let place = self.place(table, row.map(|row| row.number));
                let shown: String = paragraphs[at].chars().take(120).collect();
                let fault = Fault::SecondRoadmap(shown);
                self.found.problems.push(Problem {
                    place,
                    line: None,
                    fault,
                });
                self.found.parts.push(RawPart {
                    title: Some(title),
                    ..RawPart::default()
                });
            }
            _ if !has_lines => {
                let titles: Vec<&str> = paragraphs
                    .iter()
                    .map(String::as_str)
                    .filter(|text| title::is_title(text) || title::years(text).is_some())
                    .collect();
                let title = (!titles.is_empty()).then(|| collapsed(&titles.join(" ")));
                self.found.parts.push(RawPart {
                    title,
                    ..RawPart::default()
                });
            }
            // A heading may stand between the tables of one roadmap.
            _ => {
                let place = self.place(table, row.map(|row| row.number));
                if let (Some(part), Some(text)) = (
                    self.found.parts.last_mut(),
                    paragraphs.last().filter(|text| text.chars().count() < 250),
                ) {
                    part.placed.push((place, Item::Heading(collapsed(text))));
                }
            }
        }
    }

    fn take(&mut self, table: &Table, rows: &[Row], columns: Option<Columns>) {
        let Some(mut columns) = columns else {
            return;
        };
        let refined = rows.first().is_some_and(|row| columns.refine(row));
        let rows = &rows[usize::from(refined)..];
        let placed: Vec<(Place, Item)> = items(rows, &columns)
            .into_iter()
            .map(|placed| (self.place(table, Some(placed.row)), placed.item))
            .collect();
        if let Some(part) = self.found.parts.last_mut() {
            part.has_results |= columns.start(&Role::Results).is_some();
            part.placed.extend(placed);
        }
        self.last = Some(columns);
    }

    /// A table without a header goes on the last one when it is as wide; else its columns are guessed.
    fn without_header(&mut self, table: &Table) {
        if table.rows.iter().all(|row| row.filled().count() == 0) {
            return;
        }
        let width = table
            .rows
            .iter()
            .flat_map(|row| row.cells.iter().map(|cell| cell.column + cell.span))
            .max();
        let is_next = self.paragraphs.is_empty()
            && table.sheet.is_none()
            && self
                .last
                .as_ref()
                .is_some_and(|last| Some(last.width) == width);
        if is_next {
            self.take(table, &table.rows, self.last.clone());
            return;
        }
        let place = self.place(table, None);
        match Columns::guess(&table.rows) {
            Some(columns) => {
                self.found.problems.push(Problem {
                    place,
                    line: None,
                    fault: Fault::NoHeader,
                });
                self.begin(table, table.rows.first());
                self.take(table, &table.rows, Some(columns));
            }
            None => {
                let text: Vec<&str> = table
                    .rows
                    .iter()
                    .flat_map(Row::filled)
                    .take(3)
                    .map(|cell| cell.text.as_str())
                    .collect();
                let shown: String = collapsed(&text.join(" · ")).chars().take(80).collect();
                let fault = Fault::TableSkipped(shown);
                self.found.problems.push(Problem {
                    place,
                    line: None,
                    fault,
                });
            }
        }
    }

    fn finish(mut self) -> Found {
        self.found.parts.retain(|part| !part.placed.is_empty());
        self.found
    }
}

/// The first header of the rows; the row itself is the first of what lies below.
fn header(rows: &[Row]) -> Option<(usize, Columns)> {
    rows.iter()
        .take(HEADER_WITHIN)
        .enumerate()
        .find_map(|(at, row)| Some((at, Columns::of_header(row)?)))
}

/// A row that is the title of another roadmap and has a header below it.
fn next_title(rows: &[Row]) -> Option<usize> {
    (1..rows.len()).find(|at| {
        let texts: Vec<&str> = rows[*at].filled().map(|cell| cell.text.as_str()).collect();
        texts.len() == 1
            && title::begins_another(texts[0])
            && rows[at + 1..]
                .iter()
                .take(4)
                .any(|row| Columns::of_header(row).is_some())
    })
}
