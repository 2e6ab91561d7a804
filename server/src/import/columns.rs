//! What each column of a table means, and one row turned into a pupil-work.

use objectivity::data::{Difficulty, ItemSpec, Work};

use super::cell::{Note, Record};
use super::code::{self, Form, Tally};
use super::names::{self, NameTally, Privacy};
use super::problem::{Fault, Problems};

/// Most points a single item may give.
const MAX_ITEM_POINTS: u8 = 100;
/// Highest raw score a work may have.
const MAX_RAW_SCORE: u16 = 1_000;
/// Longest code of a school, class, pupil or booklet, characters.
const MAX_CODE: usize = 80;

/// Meaning of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Calendar year.
    Year,
    /// Subject.
    Subject,
    /// Grade level.
    Grade,
    /// School code.
    School,
    /// School name as the file gives it.
    SchoolName,
    /// Municipality, which is known already.
    Municipality,
    /// Class.
    Class,
    /// Pupil code.
    Pupil,
    /// Booklet.
    Booklet,
    /// Raw score.
    RawScore,
    /// Mark for the work.
    Mark,
    /// Mark in the school register.
    RegisterMark,
    /// Earlier result of the same pupil.
    PriorScore,
    /// Item by its index.
    Item(usize),
    /// Not used, not stored.
    Ignored,
    /// Refused.
    Refused,
}

impl Meaning {
    /// Name in the structure shown to people, equal to the header of the batch format.
    pub fn label(self) -> &'static str {
        match self {
            Meaning::Year => "year",
            Meaning::Subject => "subject",
            Meaning::Grade => "grade",
            Meaning::School => "school",
            Meaning::SchoolName => "school_name",
            Meaning::Municipality => "municipality",
            Meaning::Class => "class",
            Meaning::Pupil => "pupil",
            Meaning::Booklet => "booklet",
            Meaning::RawScore => "raw_score",
            Meaning::Mark => "mark",
            Meaning::RegisterMark => "register_mark",
            Meaning::PriorScore => "prior_score",
            Meaning::Item(_) => "item",
            Meaning::Ignored => "ignored",
            Meaning::Refused => "refused",
        }
    }
}

/// Columns of a table.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// Header and meaning, left to right.
    pub columns: Vec<(String, Meaning)>,
    /// Items in column order.
    pub items: Vec<ItemSpec>,
    /// How problems name a column: letters in a workbook, headers otherwise.
    pub lettered: bool,
    tallies: Vec<NameTally>,
    forms: Vec<Tally>,
    seen: Vec<Seen>,
    /// The schools of the rows so far; more than two are not told apart.
    schools: Vec<String>,
    /// Rows whose school was taken from the heading, and the first of them.
    from_heading: (u32, u32),
}

/// What the cells of a column showed.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    filled: u32,
    blank: u32,
    first_blank: u32,
    dates: u32,
    first_date: u32,
}

/// What the reader of a file is told beforehand.
#[derive(Clone, Copy)]
pub struct Trust<'trust> {
    /// Does the register know a school by this code or name?
    pub knows_school: &'trust dyn Fn(&str) -> bool,
    /// Somebody who may said that the column of classes holds classes.
    pub classes: bool,
}

impl Trust<'_> {
    /// Nothing is known.
    pub const NONE: Trust<'static> = Trust {
        knows_school: &|_| false,
        classes: false,
    };
}

/// Values that hold for every row when the table has no column for them.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    /// Calendar year.
    pub year: Option<i32>,
    /// Subject as the file spells it.
    pub subject: Option<String>,
    /// Grade level.
    pub grade: Option<u8>,
    /// School code.
    pub school: Option<String>,
    /// Name of that school, in lower case.
    pub school_name: String,
    /// Highest raw score the file declares.
    pub max_score: Option<u16>,
}

impl Columns {
    /// No columns yet; problems will name them by letter.
    pub fn lettered() -> Columns {
        Columns {
            lettered: true,
            ..Columns::default()
        }
    }

    /// Takes a column; a second one with the same meaning, or a personal one, is a problem.
    pub fn push(
        &mut self,
        header: &str,
        meaning: Option<Meaning>,
        row: u32,
        problems: &mut Problems,
    ) {
        let index = self.columns.len();
        let shown = if meaning.is_none() && names::is_name(header) {
            letter(index)
        } else {
            header.to_owned()
        };
        let header = shown.as_str();
        let meaning = match (meaning, names::header(header)) {
            (Some(meaning), _) => meaning,
            (None, Privacy::Names) => {
                let fault = Fault::NameColumn {
                    header: header.to_owned(),
                };
                problems.push(fault, Some(row), Some(&self.place_of(index, header)));
                Meaning::Refused
            }
            (None, Privacy::Personal) => {
                let fault = Fault::PersonalColumn {
                    header: header.to_owned(),
                };
                problems.push(fault, Some(row), Some(&self.place_of(index, header)));
                Meaning::Refused
            }
            (None, privacy) => {
                if privacy == Privacy::Unneeded || !header.is_empty() {
                    let fault = Fault::IgnoredColumn {
                        header: header.to_owned(),
                    };
                    problems.push(fault, Some(row), Some(&self.place_of(index, header)));
                }
                Meaning::Ignored
            }
        };
        let twice = !matches!(
            meaning,
            Meaning::Ignored | Meaning::Refused | Meaning::Item(_)
        ) && self.columns.iter().any(|(_, other)| *other == meaning);
        if twice {
            let fault = Fault::DuplicateColumn {
                name: header.to_owned(),
            };
            problems.push(fault, Some(row), Some(&self.place_of(index, header)));
        }
        self.columns.push((header.to_owned(), meaning));
        self.tallies.push(NameTally::default());
        self.forms.push(Tally::default());
        self.seen.push(Seen::default());
    }

    /// Takes a column of an item; the same code twice or an impossible maximum is a problem.
    pub fn push_item(
        &mut self,
        header: &str,
        item: Option<(String, u32, Option<Difficulty>)>,
        row: u32,
        problems: &mut Problems,
    ) {
        let place = self.place_of(self.columns.len(), header);
        let fit = item.and_then(|(code, max, difficulty)| {
            let max = u8::try_from(max)
                .ok()
                .filter(|max| (1..=MAX_ITEM_POINTS).contains(max))?;
            (!code.is_empty() && code.chars().count() <= 20).then_some(ItemSpec {
                code,
                max,
                difficulty,
            })
        });
        let Some(item) = fit else {
            let fault = Fault::BadItemHeader {
                header: header.to_owned(),
            };
            problems.push(fault, Some(row), Some(&place));
            self.push(header, Some(Meaning::Ignored), row, problems);
            return;
        };
        if self.items.iter().any(|other| other.code == item.code) {
            let fault = Fault::DuplicateColumn {
                name: header.to_owned(),
            };
            problems.push(fault, Some(row), Some(&place));
        }
        let meaning = Meaning::Item(self.items.len());
        self.items.push(item);
        self.push(header, Some(meaning), row, problems);
    }

    /// Is there a column of this meaning?
    pub fn has(&self, meaning: Meaning) -> bool {
        self.columns.iter().any(|(_, other)| *other == meaning)
    }

    /// Are scores, items or marks there?
    pub fn has_scores(&self) -> bool {
        !self.items.is_empty() || self.has(Meaning::RawScore) || self.has(Meaning::Mark)
    }

    /// Highest raw score possible by the items. `None` without items.
    pub fn items_sum(&self) -> Option<u16> {
        (!self.items.is_empty()).then(|| self.items.iter().map(|item| u16::from(item.max)).sum())
    }

    /// How problems name a column.
    pub fn place(&self, column: usize) -> String {
        let header = self
            .columns
            .get(column)
            .map_or("", |(header, _)| header.as_str());
        self.place_of(column, header)
    }

    fn place_of(&self, column: usize, header: &str) -> String {
        if self.lettered || header.is_empty() {
            letter(column)
        } else {
            header.to_owned()
        }
    }

    /// Judges the columns by all their cells; call after the last row.
    pub fn finish(&mut self, header_row: u32, trust: Trust<'_>, problems: &mut Problems) {
        for index in 0..self.columns.len() {
            self.finish_column(index, header_row, trust, problems);
        }
        let (rows, first) = self.from_heading;
        if rows > 0 {
            let fault = if self.schools.len() > 1 {
                Fault::BlankAmongSchools { rows }
            } else {
                Fault::SchoolFromHeading { rows }
            };
            problems.push(fault, Some(first), None);
        }
    }

    fn finish_column(
        &mut self,
        index: usize,
        header_row: u32,
        trust: Trust<'_>,
        problems: &mut Problems,
    ) {
        let place = self.place(index);
        let (header, meaning) = self.columns[index].clone();
        let field = if header.is_empty() {
            place.clone()
        } else {
            header
        };
        let seen = self.seen[index];
        if seen.dates > 0 {
            let fault = Fault::DateForCode {
                field: field.clone(),
                rows: seen.dates,
            };
            problems.push(fault, Some(seen.first_date), Some(&place));
        }
        if let Some(form) = form_of(meaning)
            && let Some(misfit) = self.forms[index].misfits(form)
        {
            let rows = misfit.rows;
            let classes = meaning == Meaning::Class
                && trust.classes
                && u64::from(rows) > self.forms[index].unusual_words() as u64;
            let fault = match meaning {
                _ if classes => None,
                Meaning::Class => Some(Fault::ClassNames { rows }),
                _ => Some(Fault::NameCells { field, rows }),
            };
            if let Some(fault) = fault {
                problems.push(fault, Some(misfit.first_row), Some(&place));
                if meaning != Meaning::Class {
                    self.columns[index].1 = Meaning::Refused;
                }
            }
            return;
        }
        if self.tallies[index].looks_like_names() && meaning != Meaning::Refused {
            let fault = Fault::NameColumn { header: field };
            problems.push(fault, Some(header_row), Some(&place));
            self.columns[index].1 = Meaning::Refused;
            return;
        }
        let unnamed = self.columns[index].0.is_empty() && meaning == Meaning::Ignored;
        if unnamed && seen.filled > 0 {
            let fault = Fault::UnnamedColumn { rows: seen.filled };
            problems.push(fault, Some(header_row), Some(&place));
        }
        if meaning == Meaning::Class && seen.blank > 0 && seen.filled > 0 {
            let fault = Fault::BlankClass { rows: seen.blank };
            problems.push(fault, Some(seen.first_blank), Some(&place));
        }
    }

    /// Reads one row into `work`. Returns whether the row is fit to be taken; every fault found is noted.
    ///
    /// Items: a number counts, `X` or `Х` is "not done" and counts 0, blank and dashes are missing.
    #[allow(clippy::too_many_arguments)] // One row has that many things around it.
    pub fn read(
        &mut self,
        record: &impl Record,
        row: u32,
        defaults: &Defaults,
        trust: Trust<'_>,
        work: &mut Work,
        school_name: &mut String,
        problems: &mut Problems,
    ) -> bool {
        let before = (problems.skipped_rows(), problems.errors());
        clear(work, school_name, self.items.len());
        work.year = defaults.year.unwrap_or_default();
        work.grade = defaults.grade.unwrap_or_default();
        let mut blank_school = None;
        for index in 0..self.columns.len() {
            let cell = record.cell(index);
            let meaning = self.columns[index].1;
            if !self.note(index, meaning, record, &cell, row, problems) {
                continue;
            }
            if is_missing(&cell) {
                if meaning == Meaning::School {
                    blank_school = Some(index);
                } else if must_be_filled(meaning, defaults) {
                    self.blank(index, row, problems);
                }
                continue;
            }
            if is_score(meaning) && code::is_absence(&cell) {
                continue;
            }
            if let Err(fault) = self.take(index, meaning, &cell, defaults, work, school_name) {
                problems.push(fault, Some(row), Some(&self.place(index)));
            }
        }
        if work.subject.is_empty() {
            work.subject
                .push_str(defaults.subject.as_deref().unwrap_or_default());
        }
        self.settle_school(blank_school, row, defaults, work, school_name, problems);
        self.note_forms(record, row, trust, work);
        if (problems.skipped_rows(), problems.errors()) != before {
            return false;
        }
        self.compare_sum(row, work, problems);
        true
    }

    fn blank(&self, index: usize, row: u32, problems: &mut Problems) {
        let field = self.columns[index].0.clone();
        problems.push(
            Fault::BlankCell { field },
            Some(row),
            Some(&self.place(index)),
        );
    }

    /// Looks at a cell before its text is taken. Returns whether it can be taken.
    fn note(
        &mut self,
        index: usize,
        meaning: Meaning,
        record: &impl Record,
        cell: &str,
        row: u32,
        problems: &mut Problems,
    ) -> bool {
        let seen = &mut self.seen[index];
        if cell.is_empty() {
            if seen.blank == 0 {
                seen.first_blank = row;
            }
            seen.blank = seen.blank.saturating_add(1);
        } else {
            seen.filled = seen.filled.saturating_add(1);
        }
        if matches!(
            meaning,
            Meaning::Ignored | Meaning::Municipality | Meaning::Refused
        ) {
            if meaning == Meaning::Ignored {
                self.tallies[index].note(cell);
            }
            return false;
        }
        let note = record.note(index);
        let code = matches!(
            meaning,
            Meaning::Pupil | Meaning::Class | Meaning::Booklet | Meaning::School
        );
        let is_date = code
            && (note == Note::Date
                || (cell.len() > 3
                    && !cell.bytes().all(|byte| byte.is_ascii_digit())
                    && code::looks_like_date(cell)));
        if is_date {
            let seen = &mut self.seen[index];
            if seen.dates == 0 {
                seen.first_date = row;
            }
            seen.dates = seen.dates.saturating_add(1);
            return false;
        }
        let shared = matches!(
            meaning,
            Meaning::School
                | Meaning::SchoolName
                | Meaning::Class
                | Meaning::Year
                | Meaning::Subject
                | Meaning::Grade
        );
        let field = || self.columns[index].0.clone();
        let fault = match note {
            Note::Plain | Note::Date => return true,
            Note::Spread if shared => return true,
            Note::Error => Fault::ErrorCell { field: field() },
            Note::Hollow => Fault::HollowCell { field: field() },
            Note::Spread | Note::Covered => Fault::MergedCell { field: field() },
        };
        problems.push(fault, Some(row), Some(&self.place(index)));
        false
    }

    /// A blank school is that of the heading, unless the row or its neighbours say otherwise.
    fn settle_school(
        &mut self,
        blank: Option<usize>,
        row: u32,
        defaults: &Defaults,
        work: &mut Work,
        school_name: &str,
        problems: &mut Problems,
    ) {
        if work.school.is_empty() {
            let heading = defaults.school.as_deref().unwrap_or_default();
            let other =
                !school_name.is_empty() && school_name.to_lowercase() != defaults.school_name;
            match blank {
                Some(index) if heading.is_empty() || other => self.blank(index, row, problems),
                Some(_) => {
                    if self.from_heading.0 == 0 {
                        self.from_heading.1 = row;
                    }
                    self.from_heading.0 += 1;
                    work.school.push_str(heading);
                }
                None => work.school.push_str(heading),
            }
        }
        if self.schools.len() < 2 && !self.schools.contains(&work.school) {
            self.schools.push(work.school.clone());
        }
    }

    /// Looks at the form of every code of a row, now that it is known to which work the row belongs.
    fn note_forms(&mut self, record: &impl Record, row: u32, trust: Trust<'_>, work: &Work) {
        let mut key = None;
        for index in 0..self.columns.len() {
            let Some(form) = form_of(self.columns[index].1) else {
                continue;
            };
            let cell = record.cell(index);
            if is_missing(&cell) || cell.bytes().all(|byte| byte.is_ascii_digit()) {
                continue;
            }
            if code::looks_like_date(&cell) || (form == Form::School && (trust.knows_school)(&cell))
            {
                continue;
            }
            let key = *key.get_or_insert_with(|| {
                code::hash((work.year, &work.subject, work.grade, &work.school))
            });
            self.forms[index].note(form, &cell, row, key);
        }
    }

    /// Puts one filled cell into the work.
    fn take(
        &self,
        index: usize,
        meaning: Meaning,
        cell: &str,
        defaults: &Defaults,
        work: &mut Work,
        school_name: &mut String,
    ) -> Result<(), Fault> {
        let field = self.columns[index].0.as_str();
        match meaning {
            Meaning::Year => work.year = whole(field, cell, 1990, 2100)? as i32,
            Meaning::Grade => work.grade = whole(field, cell, 1, 12)? as u8,
            Meaning::Subject => work.subject.push_str(text(field, cell)?),
            Meaning::School => work.school.push_str(school_code(text(field, cell)?)),
            Meaning::SchoolName if cell.contains('\0') => {}
            Meaning::SchoolName => school_name.push_str(cell),
            Meaning::Class => set(&mut work.class, text(field, cell)?),
            Meaning::Pupil => set(&mut work.pupil, text(field, cell)?),
            Meaning::Booklet => set(&mut work.booklet, text(field, cell)?),
            Meaning::RawScore => {
                let score = whole(field, cell, 0, i64::from(MAX_RAW_SCORE))? as u16;
                let maximum = self.items_sum().or(defaults.max_score);
                if let Some(maximum) = maximum.filter(|maximum| score > *maximum) {
                    return Err(Fault::AboveMaximum {
                        field: field.to_owned(),
                        value: u32::from(score),
                        maximum: u32::from(maximum),
                    });
                }
                work.raw_score = Some(score);
            }
            Meaning::Mark => work.mark = Some(mark(field, cell)?),
            Meaning::RegisterMark => work.register_mark = Some(mark(field, cell)?),
            Meaning::PriorScore => work.prior_score = Some(number(field, cell)?),
            Meaning::Item(item) => work.items[item] = Some(self.points(item, field, cell)?),
            Meaning::Municipality | Meaning::Ignored | Meaning::Refused => {}
        }
        Ok(())
    }

    fn points(&self, item: usize, field: &str, cell: &str) -> Result<u8, Fault> {
        if is_not_done(cell) {
            return Ok(0);
        }
        if names::is_name(cell) {
            return Err(Fault::NameCells {
                field: field.to_owned(),
                rows: 1,
            });
        }
        let points = whole(field, cell, 0, i64::from(u8::MAX))? as u8;
        let max = self.items[item].max;
        if points > max {
            return Err(Fault::AboveMaximum {
                field: field.to_owned(),
                value: u32::from(points),
                maximum: u32::from(max),
            });
        }
        Ok(points)
    }

    /// A raw score that is not the sum of complete items is worth a look, no more.
    fn compare_sum(&self, row: u32, work: &Work, problems: &mut Problems) {
        let (Some(score), false) = (work.raw_score, work.items.is_empty()) else {
            return;
        };
        let mut sum = 0_u32;
        for points in &work.items {
            match points {
                Some(points) => sum += u32::from(*points),
                None => return,
            }
        }
        if sum != u32::from(score) {
            let fault = Fault::NotTheSum {
                raw_score: u32::from(score),
                sum,
            };
            problems.push(fault, Some(row), None);
        }
    }
}

/// Letters of a workbook's column from its 0-based index: A, B … Z, AA.
pub fn letter(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'A' + (column % 26) as u8);
        if column < 26 {
            break;
        }
        column = column / 26 - 1;
    }
    letters.iter().rev().map(|&byte| char::from(byte)).collect()
}

/// Blank, a dash, or «нет отметки».
pub fn is_missing(cell: &str) -> bool {
    matches!(cell, "" | "-" | "—" | "–" | "−")
        || (cell.len() > 10 && cell.to_lowercase() == "нет отметки")
}

/// Latin or Cyrillic «X»: the item was not done, which counts 0.
fn is_not_done(cell: &str) -> bool {
    matches!(cell, "X" | "x" | "Х" | "х")
}

/// «Боровская ООШ (edu240017)» → `edu240017`; anything else is the code itself.
pub fn school_code(cell: &str) -> &str {
    let inside = cell
        .rfind('(')
        .and_then(|open| cell[open + 1..].split(')').next())
        .map(str::trim);
    match inside {
        Some(code) if is_edu(code) => code,
        _ => cell,
    }
}

/// Is it a login of the federal system: `edu` and digits?
pub fn is_edu(code: &str) -> bool {
    code.len() > 3
        && code
            .get(..3)
            .is_some_and(|prefix| prefix.eq_ignore_ascii_case("edu"))
        && code[3..].bytes().all(|byte| byte.is_ascii_digit())
}

fn clear(work: &mut Work, school_name: &mut String, items: usize) {
    work.subject.clear();
    work.school.clear();
    school_name.clear();
    work.class = None;
    work.pupil = None;
    work.booklet = None;
    work.raw_score = None;
    work.mark = None;
    work.register_mark = None;
    work.prior_score = None;
    work.items.clear();
    work.items.resize(items, None);
}

fn set(field: &mut Option<String>, cell: &str) {
    *field = Some(cell.to_owned());
}

fn text<'cell>(field: &str, cell: &'cell str) -> Result<&'cell str, Fault> {
    // PostgreSQL stores no such character, and no code has one.
    if cell.contains('\0') {
        return Err(Fault::BrokenTable {
            detail: "NUL".to_owned(),
        });
    }
    if cell.len() > MAX_CODE && cell.chars().count() > MAX_CODE {
        return Err(Fault::OutOfRange {
            field: field.to_owned(),
            value: "…".to_owned(),
            low: 1,
            high: MAX_CODE as i64,
        });
    }
    Ok(cell)
}

/// A finite number, with decimal point or comma.
fn number(field: &str, cell: &str) -> Result<f64, Fault> {
    let parsed = if cell.contains(',') {
        cell.replace(',', ".").parse::<f64>()
    } else {
        cell.parse::<f64>()
    };
    parsed
        .ok()
        .filter(|value| value.is_finite())
        .ok_or_else(|| {
            let field = field.to_owned();
            if names::is_name(cell) {
                Fault::NameCells { field, rows: 1 }
            } else {
                let value = shown(cell);
                Fault::NotANumber { field, value }
            }
        })
}

/// A whole number inside bounds; `4,0` counts as 4.
fn whole(field: &str, cell: &str, low: i64, high: i64) -> Result<i64, Fault> {
    let value = match cell.parse::<i64>() {
        Ok(value) => value,
        Err(_) => {
            let value = number(field, cell)?;
            if value.fract() != 0.0 {
                return Err(Fault::NotANumber {
                    field: field.to_owned(),
                    value: shown(cell),
                });
            }
            value as i64
        }
    };
    if (low..=high).contains(&value) {
        Ok(value)
    } else {
        Err(Fault::OutOfRange {
            field: field.to_owned(),
            value: shown(cell),
            low,
            high,
        })
    }
}

fn mark(field: &str, cell: &str) -> Result<u8, Fault> {
    match whole(field, cell, 2, 5) {
        Ok(mark) => Ok(mark as u8),
        Err(fault @ Fault::NameCells { .. }) => Err(fault),
        Err(_) => Err(Fault::BadMark {
            field: field.to_owned(),
            value: shown(cell),
        }),
    }
}

/// A cell as a message may quote it; `…` where it could be somebody's name.
fn shown(cell: &str) -> String {
    code::quotable(cell).unwrap_or_else(|| "…".to_owned())
}

fn form_of(meaning: Meaning) -> Option<Form> {
    Some(match meaning {
        Meaning::Pupil => Form::Pupil,
        Meaning::Class => Form::Class,
        Meaning::Booklet => Form::Booklet,
        Meaning::School | Meaning::SchoolName => Form::School,
        Meaning::Subject => Form::Subject,
        _ => return None,
    })
}

fn is_score(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Item(_) | Meaning::RawScore | Meaning::Mark | Meaning::RegisterMark
    )
}

fn must_be_filled(meaning: Meaning, defaults: &Defaults) -> bool {
    match meaning {
        Meaning::Year => defaults.year.is_none(),
        Meaning::Subject => defaults.subject.is_none(),
        Meaning::Grade => defaults.grade.is_none(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_follow_the_workbook() {
        assert_eq!(
            [0, 25, 26, 51, 52, 701, 702].map(letter),
            ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
        );
    }

    #[test]
    fn a_code_in_brackets_is_the_code() {
        assert_eq!(school_code("Боровская ООШ (edu240017)"), "edu240017");
        assert_eq!(school_code("s017"), "s017");
        assert_eq!(school_code("Школа (бывшая)"), "Школа (бывшая)");
    }

    fn table() -> Columns {
        let mut columns = Columns::default();
        let mut problems = Problems::default();
        for (header, meaning) in [
            ("year", Meaning::Year),
            ("subject", Meaning::Subject),
            ("grade", Meaning::Grade),
            ("school", Meaning::School),
            ("pupil", Meaning::Pupil),
            ("raw_score", Meaning::RawScore),
            ("mark", Meaning::Mark),
            ("prior_score", Meaning::PriorScore),
        ] {
            columns.push(header, Some(meaning), 1, &mut problems);
        }
        columns.push_item(
            "item:1:2",
            Some(("1".to_owned(), 2, None)),
            1,
            &mut problems,
        );
        assert_eq!(problems.count(), 0);
        columns
    }

    #[test]
    fn a_row_is_read_with_russian_habits() {
        let record: Vec<String> = [
            "2026",
            "math",
            "5",
            "s1",
            "7",
            "2,0",
            "нет отметки",
            "6,625",
            "Х",
        ]
        .map(str::to_owned)
        .into();
        let (mut work, mut name, mut problems) = <(Work, String, Problems)>::default();
        let fit = table().read(
            &record,
            2,
            &Defaults::default(),
            Trust::NONE,
            &mut work,
            &mut name,
            &mut problems,
        );
        assert!(fit);
        assert_eq!(work.raw_score, Some(2));
        assert_eq!(work.mark, None);
        assert_eq!(work.prior_score, Some(6.625));
        assert_eq!(work.items, vec![Some(0)]);
        assert_eq!(problems.kept()[0].code, "import.not_the_sum");
    }

    proptest! {
        #[test]
        fn no_row_of_cells_panics(cells in proptest::collection::vec(".{0,12}", 0..12), row in any::<u32>()) {
            let (mut work, mut name, mut problems) = <(Work, String, Problems)>::default();
            let fit = table().read(&cells, row, &Defaults::default(), Trust::NONE, &mut work, &mut name, &mut problems);
            prop_assert!(fit || problems.skipped_rows() + problems.errors() > 0);
            if fit {
                prop_assert!(work.items.iter().flatten().all(|points| *points <= 2));
                prop_assert!(work.mark.is_none_or(|mark| (2..=5).contains(&mark)));
            }
        }

        #[test]
        fn no_header_panics(header in ".{0,40}") {
            let _ = names::header(&header);
            let _ = school_code(&header);
        }
    }
}
