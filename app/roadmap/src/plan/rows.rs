//! Rows of a table put together to headings and raw lines.

use std::collections::BTreeMap;

use super::code;
use super::header::{Columns, Role, is_number, is_term};
use crate::file::{Cell, Row};
use crate::problem::Fault;
use crate::schedule::{self, Schedule};
use crate::text::{collapsed, plain};

/// What a row is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A heading: its text.
    Heading(String),
    /// A line.
    Line(RawLine),
}

/// The texts of a line; paragraphs of a cell are lines of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawLine {
    /// As written.
    pub number: String,
    /// What is done.
    pub measure: String,
    /// When.
    pub schedule: String,
    /// Who.
    pub executors: String,
    /// What comes of it.
    pub results: String,
    /// Other columns by their names.
    pub others: Vec<(String, String)>,
    /// Rows of the source.
    pub rows: Vec<usize>,
    /// What was strange about its cells.
    pub faults: Vec<Fault>,
}

/// A heading or line and the row it begins in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Row of the source.
    pub row: usize,
    /// What stands there.
    pub item: Item,
}

/// Reads the rows below the header.
pub fn items(rows: &[Row], columns: &Columns) -> Vec<Placed> {
    let mut reader = Reader {
        columns,
        rows,
        has_numbers: has_numbers(rows, columns),
        above: BTreeMap::new(),
        found: Vec::new(),
    };
    for index in 0..rows.len() {
        reader.row(index);
    }
    reader.found
}

/// Do most of the rows with a term carry a number? Where they do, a row without one goes on the row above.
fn has_numbers(rows: &[Row], columns: &Columns) -> bool {
    let Some(number) = columns.start(&Role::Number) else {
        return false;
    };
    let lines: Vec<&Row> = rows
        .iter()
        .filter(|row| row.filled().count() >= 3)
        .collect();
    let numbered = lines
        .iter()
        .filter(|row| row.filled().any(|cell| cell.column == number))
        .count();
    numbered * 2 > lines.len()
}

struct Reader<'r> {
    columns: &'r Columns,
    rows: &'r [Row],
    has_numbers: bool,
    /// The last text of each column of the grid, for cells that go on below.
    above: BTreeMap<usize, String>,
    found: Vec<Placed>,
}

impl Reader<'_> {
    fn row(&mut self, index: usize) {
        let row = &self.rows[index];
        if row.is_deleted || row.filled().count() == 0 && !row.cells.iter().any(|cell| cell.goes_on)
        {
            return;
        }
        if self.columns.is_repeated(row) || is_numbering(row) {
            return;
        }
        let mut line = self.fields(row);
        self.remember(row);
        if let Some(text) = self.full_heading(row) {
            self.heading(row.number, text);
            return;
        }
        self.shift(row, &mut line);
        if self.columns.start(&Role::Number).is_none()
            && let Some((number, measure)) = code::split(&line.measure)
        {
            (line.number, line.measure) = (number, measure);
        }
        if self.is_blank(&line) {
            return;
        }
        let only_measure = line.schedule.is_empty()
            && line.executors.is_empty()
            && line.results.is_empty()
            && !line.measure.is_empty();
        if only_measure && self.is_heading(index, &line) {
            let text = format!("{} {}", line.number, line.measure);
            self.heading(row.number, collapsed(&text));
        } else if self.goes_on(row, &line) {
            self.append(line);
        } else {
            self.inherit(row, &mut line);
            self.found.push(Placed {
                row: row.number,
                item: Item::Line(line),
            });
        }
    }

    fn heading(&mut self, row: usize, text: String) {
        self.found.push(Placed {
            row,
            item: Item::Heading(text),
        });
    }

    fn remember(&mut self, row: &Row) {
        for cell in row.cells.iter().filter(|cell| !cell.goes_on) {
            self.above.insert(cell.column, cell.text.clone());
        }
    }

    /// Texts of the row's own cells by their roles.
    fn fields(&self, row: &Row) -> RawLine {
        let mut line = RawLine {
            rows: vec![row.number],
            ..RawLine::default()
        };
        for cell in row.filled() {
            self.put(&mut line, cell.column, &cell.text);
            if cell.nested > 0 {
                line.faults.push(Fault::NestedTable);
            }
        }
        line
    }

    fn put(&self, line: &mut RawLine, column: usize, text: &str) {
        match self.columns.role(column) {
            Some(Role::Number) => join(&mut line.number, text, " "),
            Some(Role::Measure) => join(&mut line.measure, text, "\n"),
            Some(Role::Schedule) => {
                // Two columns of terms are the first and the last day.
                let is_second = self.columns.start(&Role::Schedule) != Some(column)
                    && !line.schedule.is_empty();
                join(
                    &mut line.schedule,
                    text,
                    if is_second { " – " } else { "\n" },
                );
            }
            Some(Role::Year(year)) => {
                let is_mark = !text.chars().any(|sign| sign.is_alphanumeric())
                    || matches!(plain(text).as_str(), "x" | "х" | "v" | "да");
                let text = if is_mark || text.contains(&year.to_string()) {
                    format!("{year}")
                } else {
                    format!("{text} {year}")
                };
                join(&mut line.schedule, &text, ", ");
            }
            Some(Role::Executors) => join(&mut line.executors, text, "\n"),
            Some(Role::Results) => join(&mut line.results, text, "\n"),
            Some(Role::Other(name)) => match line.others.iter_mut().find(|(own, _)| own == name) {
                Some((_, own)) => join(own, text, "\n"),
                None => line.others.push((name.clone(), text.to_owned())),
            },
            None => join(&mut line.measure, text, "\n"),
        }
    }

    fn is_blank(&self, line: &RawLine) -> bool {
        line.number.is_empty()
            && line.measure.is_empty()
            && line.schedule.is_empty()
            && line.executors.is_empty()
            && line.results.is_empty()
            && line.others.is_empty()
    }

    /// One cell over the whole width, or one text where the numbers stand.
    fn full_heading(&self, row: &Row) -> Option<String> {
        let mut filled = row.filled();
        let (Some(cell), None) = (filled.next(), filled.next()) else {
            return None;
        };
        let is_alone = !row.cells.iter().any(|other| other.goes_on);
        let covers = cell.span + 1 >= self.columns.width && cell.span > 1;
        let stands_for_number = self.columns.role(cell.column) == Some(&Role::Number)
            && is_alone
            && cell.text.chars().any(char::is_alphabetic)
            && !is_number(&cell.text);
        // Without a column of numbers an unmerged heading stands where the measures stand.
        let stands_for_measure = self.columns.start(&Role::Number).is_none()
            && self.columns.role(cell.column) == Some(&Role::Measure)
            && is_alone
            && (self.found.is_empty() || begins_large(&cell.text));
        let is_heading = covers || stands_for_number || stands_for_measure;
        is_heading.then(|| collapsed(&cell.text))
    }

    /// The number and the measure share a cell: in CSV everything behind it stands one column too far to the left.
    fn shift(&self, row: &Row, line: &mut RawLine) {
        let fused = collapsed(&line.number);
        if is_number(&fused) || self.columns.start(&Role::Number).is_none() {
            return;
        }
        let Some((number, measure)) = code::split(&fused) else {
            return;
        };
        let number_column = self.columns.start(&Role::Number).unwrap_or_default();
        let is_wide = row
            .filled()
            .any(|cell| cell.column == number_column && cell.span > 1);
        let is_shifted = !is_wide && !line.measure.is_empty() && is_term(&collapsed(&line.measure));
        if is_shifted {
            let mut moved = RawLine {
                rows: line.rows.clone(),
                faults: line.faults.clone(),
                ..RawLine::default()
            };
            for cell in row.filled() {
                if cell.column != number_column {
                    self.put(&mut moved, cell.column + 1, &cell.text);
                }
            }
            *line = moved;
        }
        line.number = number;
        let rest = std::mem::take(&mut line.measure);
        line.measure = measure;
        join(&mut line.measure, &rest, "\n");
    }

    /// Is a row with a measure alone, or with its number, a heading?
    fn is_heading(&self, index: usize, line: &RawLine) -> bool {
        let is_known = crate::System::of_title(&line.measure).is_some()
            && plain(&line.measure).starts_with("систем");
        if line.number.is_empty() {
            self.is_heading_without_number(index, line, is_known)
        } else {
            is_known || self.is_numbered_heading(index, line)
        }
    }

    /// Without a number: what begins like a heading, or what stands before a numbered line and ends nothing.
    fn is_heading_without_number(&self, index: usize, line: &RawLine, is_known: bool) -> bool {
        if self.found.is_empty() {
            return true;
        }
        if !begins_large(&line.measure) || line.measure.contains('\n') {
            return false;
        }
        let is_between = self.last().is_some_and(|last| {
            last.measure.ends_with(['.', ';', '»'])
                && self.next_is_numbered(index)
                && line.measure.chars().count() < 120
        });
        is_known || is_between || code::begins_heading(&line.measure)
    }

    /// With a number: the next one goes deeper, the text lies over the other columns, or it does not count on from
    /// the line above, which would make it a line that lacks its term.
    fn is_numbered_heading(&self, index: usize, line: &RawLine) -> bool {
        let own = code::bare(&line.number);
        let next = self.rows[index + 1..]
            .iter()
            .map(|row| self.fields(row).number)
            .find(|number| !number.is_empty())
            .map(|number| code::split(&number).map_or(number.clone(), |(number, _)| number));
        let goes_deeper =
            next.is_some_and(|next| code::bare(&next).starts_with(&format!("{own}.")));
        let is_wide = self.rows[index]
            .filled()
            .any(|cell| cell.span > 1 && cell.span + 2 >= self.columns.width);
        let counts_on = self
            .last()
            .is_some_and(|last| code::follows(&last.number, &own));
        goes_deeper || is_wide || !counts_on
    }

    fn next_is_numbered(&self, index: usize) -> bool {
        self.rows
            .get(index + 1)
            .is_some_and(|row| !self.fields(row).number.is_empty())
    }

    fn last(&self) -> Option<&RawLine> {
        match self.found.last().map(|placed| &placed.item) {
            Some(Item::Line(line)) => Some(line),
            _ => None,
        }
    }

    /// Does the row only go on the line above? A page was broken, or a cell lies over several rows.
    fn goes_on(&self, row: &Row, line: &RawLine) -> bool {
        let Some(last) = self.last() else {
            return false;
        };
        if !line.number.is_empty() {
            return false;
        }
        let is_merged = |role: &Role| {
            row.cells
                .iter()
                .any(|cell| cell.goes_on && self.columns.role(cell.column) == Some(role))
        };
        if is_merged(&Role::Measure) {
            // One measure with several terms is several lines; otherwise the rest of the cells are parts of one.
            return line.schedule.is_empty() || last.schedule.is_empty();
        }
        let has_term =
            !line.schedule.is_empty() && schedule::read(&line.schedule) != Schedule::Unknown;
        let is_own = has_term
            && !line.measure.is_empty()
            && schedule::read(&last.schedule) != Schedule::Unknown;
        if self.has_numbers {
            return !(is_own && (begins_large(&line.measure) || begins_listed(&line.measure)));
        }
        let merged_term = is_merged(&Role::Schedule) && !line.measure.is_empty();
        let has_who =
            !line.executors.is_empty() && !last.executors.is_empty() && begins_large(&line.measure);
        !(is_own || merged_term || has_who || (has_term && last.schedule.is_empty()))
    }

    fn append(&mut self, line: RawLine) {
        if let Some(Placed {
            item: Item::Line(last),
            ..
        }) = self.found.last_mut()
        {
            join(&mut last.measure, &line.measure, " ");
            join(&mut last.schedule, &line.schedule, " ");
            let joint = if begins_large(&line.executors) {
                "\n"
            } else {
                " "
            };
            join(&mut last.executors, &line.executors, joint);
            join(&mut last.results, &line.results, " ");
            for (name, text) in line.others {
                match last.others.iter_mut().find(|(own, _)| *own == name) {
                    Some((_, own)) => join(own, &text, " "),
                    None => last.others.push((name, text)),
                }
            }
            last.rows.extend(line.rows);
            last.faults.extend(line.faults);
        }
    }

    /// Cells that go on from above hold for this line, too.
    fn inherit(&self, row: &Row, line: &mut RawLine) {
        let merged: Vec<&Cell> = row.cells.iter().filter(|cell| cell.goes_on).collect();
        for cell in &merged {
            if let Some(text) = self.above.get(&cell.column).filter(|text| !text.is_empty()) {
                self.put(line, cell.column, text);
            }
        }
        if !merged.is_empty() {
            line.faults.push(Fault::MergedCell);
        }
    }
}

/// «1 | 2 | 3 | 4 | 5» below the header numbers the columns.
fn is_numbering(row: &Row) -> bool {
    let texts: Vec<&str> = row
        .filled()
        .map(|cell| cell.text.trim_end_matches('.'))
        .collect();
    texts.len() >= 3
        && texts
            .iter()
            .enumerate()
            .all(|(index, text)| *text == (index + 1).to_string())
}

fn begins_large(text: &str) -> bool {
    text.trim_start_matches(['«', '"', '(', ' '])
        .chars()
        .next()
        .is_some_and(char::is_uppercase)
}

fn begins_listed(text: &str) -> bool {
    text.starts_with(['-', '–', '—', '•'])
}

fn join(text: &mut String, more: &str, joint: &str) {
    if more.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push_str(joint);
    }
    text.push_str(more);
}
