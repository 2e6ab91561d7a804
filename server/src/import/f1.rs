//! The workbook «Ф1 Индивидуальные результаты» as the federal system exports it.
//!
//! # Source
//! Facts about the layout: public repository pikhaev1988/saascrm95, `apps/vpr/parsers/f1_individual.py`.

use std::io::{Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use api::procedures::procedure::ProcedureKind;
use api::results::import::ImportSheet;
use objectivity::data::{Difficulty, Work};

use super::cell::{Cell, Note, Record};
use super::columns::{Columns, Defaults, Meaning, Trust, is_edu, is_missing, letter, school_code};
use super::problem::{Fault, Problems};
use super::read::{Format, Layout, Row, is_absent};
use super::workbook::{self, SheetName};
use super::{date, names, subject};

/// Rows in which the header is looked for.
const HEADER_ROWS: u32 = 30;
/// A title has no more filled cells than this.
const TITLE_CELLS: usize = 4;
/// Rows of a sheet; the number of a further sheet stands above them in the key of a row.
const SHEET_ROWS: u32 = 1 << 20;

/// Reads a workbook, row by row; `each` sees every row that is fit.
///
/// Returns `None` when there is nothing to show: the problems say why.
pub fn read(
    mut input: impl Read + Seek,
    trust: Trust<'_>,
    problems: &mut Problems,
    each: &mut dyn FnMut(Row<'_>),
) -> Option<Layout> {
    // The parser of the format is foreign code that meets files from anywhere: whatever it stumbles over
    // must become a sentence.
    let read = catch_unwind(AssertUnwindSafe(|| {
        workbook::check_container(&mut input, problems)?;
        read_checked(&mut input, trust, problems, each)
    }));
    read.unwrap_or_else(|_| {
        problems.whole(Fault::BrokenWorkbook {
            detail: "xlsx".to_owned(),
        });
        None
    })
}

fn read_checked(
    input: impl Read + Seek,
    trust: Trust<'_>,
    problems: &mut Problems,
    each: &mut dyn FnMut(Row<'_>),
) -> Option<Layout> {
    let mut book = workbook::open(input, problems)?;
    let mut sheets = Sheets::new(Format::F1, trust);
    for sheet in workbook::sheets(&book) {
        let name = sheet.name.clone();
        problems.enter(Some(shown_name(&sheet)));
        sheets.begin(Some(sheet));
        workbook::rows(&mut book, &name, problems, &mut |line, row, problems| {
            sheets.take(line, row, problems, each);
        });
        sheets.end(problems);
        problems.enter(None);
    }
    sheets.finish(problems)
}

/// Name of a sheet, or its number where the name could be somebody's.
fn shown_name(sheet: &SheetName) -> String {
    if names::is_name(&sheet.name) {
        format!("№ {}", sheet.number)
    } else {
        sheet.name.clone()
    }
}

/// All sheets of a file, one after another.
pub struct Sheets<'trust> {
    format: Format,
    trust: Trust<'trust>,
    sheet: Option<SheetName>,
    shown: Option<String>,
    state: State,
    /// Blocks that are read, with what their titles said.
    blocks: Vec<(Layout, Defaults)>,
    told: Vec<ImportSheet>,
    unread: Vec<(String, u32, bool)>,
    /// Filled rows of this sheet, and whether one of them has words of a header.
    filled: u32,
    hinted: bool,
    /// Sheets with results so far.
    number: u32,
    blocks_before: usize,
}

enum State {
    /// Rows above the header.
    Searching(Vec<(u32, Vec<Cell>)>),
    /// A header whose second row may follow.
    Header(Vec<(u32, Vec<Cell>)>, u32, Vec<Cell>),
    /// Below the header.
    Reading(Box<Reading>),
}

struct Reading {
    layout: Layout,
    defaults: Defaults,
    pupil: Option<usize>,
    scores: Vec<usize>,
    default_school_name: String,
    work: Work,
    school_name: String,
    /// Rows since the last pupil, which may be the title of another work.
    between: Vec<(u32, Vec<Cell>)>,
    title: Option<u32>,
    key: u32,
    shown: Option<String>,
}

impl<'trust> Sheets<'trust> {
    /// No sheet yet.
    pub fn new(format: Format, trust: Trust<'trust>) -> Sheets<'trust> {
        Sheets {
            format,
            trust,
            sheet: None,
            shown: None,
            state: State::Searching(Vec::new()),
            blocks: Vec::new(),
            told: Vec::new(),
            unread: Vec::new(),
            filled: 0,
            hinted: false,
            number: 0,
            blocks_before: 0,
        }
    }

    /// Another sheet; a table in text is one without a name.
    pub fn begin(&mut self, sheet: Option<SheetName>) {
        self.shown = sheet.as_ref().map(shown_name);
        self.sheet = sheet;
        self.state = State::Searching(Vec::new());
        self.filled = 0;
        self.hinted = false;
        self.blocks_before = self.blocks.len();
    }

    /// Another row of the sheet.
    pub fn take(
        &mut self,
        line: u32,
        row: &Vec<Cell>,
        problems: &mut Problems,
        each: &mut dyn FnMut(Row<'_>),
    ) {
        self.filled += 1;
        match std::mem::replace(&mut self.state, State::Searching(Vec::new())) {
            State::Searching(mut above) => {
                if line > HEADER_ROWS {
                    self.hinted |= hints(row) >= 3;
                    self.state = State::Searching(above);
                    return;
                }
                let joined = above
                    .last()
                    .filter(|(before, _)| before + 1 == line)
                    .map(|(_, upper)| joined(upper, row));
                if is_header(row) {
                    self.state = State::Header(above, line, row.clone());
                } else if let Some(joined) = joined.filter(|joined| is_header(joined)) {
                    let upper = above.pop().map_or(line, |(before, _)| before);
                    let reading = self.open(&above, upper, line, &joined, problems);
                    self.state = State::Reading(Box::new(reading));
                } else {
                    self.hinted |= hints(row) >= 3;
                    above.push((line, row.clone()));
                    self.state = State::Searching(above);
                }
            }
            State::Header(above, header_line, header) => {
                let goes_on = goes_on(&header, row);
                let whole = if goes_on {
                    joined(&header, row)
                } else {
                    header
                };
                let last = if goes_on { line } else { header_line };
                let reading = self.open(&above, header_line, last, &whole, problems);
                self.state = State::Reading(Box::new(reading));
                if !goes_on {
                    self.filled -= 1;
                    self.take(line, row, problems, each);
                }
            }
            State::Reading(mut reading) => {
                if is_header(row) {
                    let above = std::mem::take(&mut reading.between);
                    self.close(*reading, problems);
                    self.state = State::Header(above, line, row.clone());
                } else {
                    reading.take(line, row, self.trust, problems, each);
                    self.state = State::Reading(reading);
                }
            }
        }
    }

    fn open(
        &self,
        above: &[(u32, Vec<Cell>)],
        upper: u32,
        line: u32,
        header: &[Cell],
        problems: &mut Problems,
    ) -> Reading {
        let before = self.blocks[self.blocks_before..]
            .last()
            .map(|(_, defaults)| defaults);
        let place = Place {
            format: self.format,
            upper,
            line,
            shown: self.shown.clone(),
            key: self.number * SHEET_ROWS,
        };
        Reading::begin(above, &place, header, before, problems)
    }

    fn close(&mut self, reading: Reading, problems: &mut Problems) {
        let block = reading.finish(self.trust, problems);
        self.blocks.push(block);
    }

    /// The sheet ends.
    pub fn end(&mut self, problems: &mut Problems) {
        match std::mem::replace(&mut self.state, State::Searching(Vec::new())) {
            State::Searching(_) => {}
            State::Header(above, line, header) => {
                let reading = self.open(&above, line, line, &header, problems);
                self.close(reading, problems);
            }
            State::Reading(reading) => self.close(*reading, problems),
        }
        let read = self.blocks.len() > self.blocks_before;
        let rows = if read {
            self.blocks[self.blocks_before..]
                .iter()
                .map(|(layout, _)| layout.rows)
                .sum()
        } else {
            self.filled
        };
        self.number += u32::from(read);
        let Some(sheet) = self.sheet.take() else {
            return;
        };
        if self.filled == 0 {
            return;
        }
        let name = shown_name(&sheet);
        if read && sheet.hidden {
            problems.push(Fault::HiddenSheet { rows }, None, None);
        }
        if !read {
            self.unread.push((name.clone(), rows, self.hinted));
        }
        self.told.push(ImportSheet {
            name,
            hidden: sheet.hidden,
            read,
            rows,
        });
    }

    /// What the file looks like. `None` when no sheet has results.
    pub fn finish(self, problems: &mut Problems) -> Option<Layout> {
        let declared = self.compare_participants(problems);
        let is_read = !self.blocks.is_empty();
        for (name, rows, hinted) in self.unread {
            problems.enter(Some(name));
            if hinted {
                problems.push(Fault::SheetUnclear { rows }, None, None);
            } else if is_read {
                problems.push(Fault::SheetUnread { rows }, None, None);
            }
            problems.enter(None);
        }
        if !is_read {
            problems.whole(Fault::NoHeader);
        }
        let mut blocks = self.blocks.into_iter().map(|(layout, _)| layout);
        let mut first = blocks.next()?;
        for layout in blocks {
            first.rows += layout.rows;
            first.absent += layout.absent;
            first.kind = first.kind.or(layout.kind);
            let unlike = layout
                .columns
                .columns
                .into_iter()
                .filter(|column| {
                    !first
                        .columns
                        .columns
                        .iter()
                        .any(|known| known.0 == column.0)
                })
                .collect::<Vec<_>>();
            first.further.extend(unlike);
        }
        first.declared_participants = declared;
        first.sheets = self.told;
        Some(first)
    }

    /// Sheets of one work repeat its number of participants, or give their own.
    fn compare_participants(&self, problems: &mut Problems) -> Option<u32> {
        let mut works: Vec<(&Defaults, Vec<u32>, u32, u32)> = Vec::new();
        for (layout, defaults) in &self.blocks {
            let same = |other: &Defaults| {
                (other.year, &other.subject, other.grade, &other.school)
                    == (
                        defaults.year,
                        &defaults.subject,
                        defaults.grade,
                        &defaults.school,
                    )
            };
            let place = works
                .iter()
                .position(|(other, ..)| same(other))
                .unwrap_or_else(|| {
                    works.push((defaults, Vec::new(), 0, 0));
                    works.len() - 1
                });
            let work = &mut works[place];
            work.1.extend(layout.declared_participants);
            work.2 += layout.rows - layout.absent;
            work.3 += layout.rows;
        }
        let mut all = None;
        for (_, declared, rows, listed) in works {
            let Some(&first) = declared.first() else {
                continue;
            };
            let sum: u32 = declared.iter().sum();
            let repeated = declared.iter().all(|other| *other == first);
            let told = if repeated && rows != sum { first } else { sum };
            *all.get_or_insert(0) += told;
            if ![rows, listed].contains(&told) {
                problems.whole(Fault::ParticipantsDiffer {
                    declared: told,
                    rows,
                });
            }
        }
        all
    }
}

fn plain(cell: &str) -> String {
    cell.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .trim_end_matches([':', '*'])
        .to_lowercase()
}

fn is_header(row: &[Cell]) -> bool {
    let (mut pupil, mut score) = (false, false);
    for cell in row {
        match meaning(&plain(&cell.text)) {
            Some(Meaning::Pupil) => pupil = true,
            Some(Meaning::RawScore | Meaning::Mark) => score = true,
            _ => {}
        }
    }
    pupil && score
}

/// Words of a header in a row.
fn hints(row: &[Cell]) -> usize {
    row.iter()
        .filter(|cell| meaning(&plain(&cell.text)).is_some() || item_header(&cell.text).is_some())
        .count()
}

/// Does a second row of the header follow?
fn goes_on(header: &[Cell], row: &[Cell]) -> bool {
    let spread = header.iter().any(|cell| cell.note == Note::Spread);
    let items = row
        .iter()
        .enumerate()
        .filter(|(index, cell)| {
            item_header(&cell.text).is_some()
                && header
                    .get(*index)
                    .is_none_or(|upper| item_header(&upper.text).is_none())
        })
        .count();
    items > 0 || (spread && row.iter().any(|cell| cell.note == Note::Spread))
}

/// Two rows of a header as one: the lower word where there is one.
fn joined(upper: &[Cell], lower: &[Cell]) -> Vec<Cell> {
    (0..upper.len().max(lower.len()))
        .map(|index| match lower.get(index) {
            Some(cell) if !cell.text.is_empty() || cell.note == Note::Hollow => cell.clone(),
            _ => upper.get(index).cloned().unwrap_or_default(),
        })
        .collect()
}

struct Place {
    format: Format,
    upper: u32,
    line: u32,
    shown: Option<String>,
    key: u32,
}

impl Reading {
    fn begin(
        above: &[(u32, Vec<Cell>)],
        place: &Place,
        header: &[Cell],
        before: Option<&Defaults>,
        problems: &mut Problems,
    ) -> Reading {
        let line = place.line;
        let columns = header_columns(above, place, header, problems);
        let mut title = Title::find(above, problems);
        if let Some(before) = before {
            title.inherit(before);
        }
        for (missing, what_ru, what_en) in [
            (
                title.year.is_none() && !columns.has(Meaning::Year),
                "год работы",
                "the year of the work",
            ),
            (
                title.subject.is_none() && !columns.has(Meaning::Subject),
                "предмет",
                "the subject",
            ),
            (
                title.grade.is_none() && !columns.has(Meaning::Grade),
                "класс",
                "the grade",
            ),
        ] {
            if missing {
                problems.push(Fault::NoTitle { what_ru, what_en }, Some(place.upper), None);
            }
        }
        if title.school.is_none() && !columns.has(Meaning::School) {
            problems.push(Fault::NoSchool, Some(place.upper), None);
        }
        if let (Some(declared), Some(sum)) = (title.max_score, columns.items_sum())
            && declared != sum
        {
            let (declared, sum) = (u32::from(declared), u32::from(sum));
            problems.push(Fault::MaximumMismatch { declared, sum }, Some(line), None);
        }
        let pupil = columns
            .columns
            .iter()
            .position(|(_, other)| *other == Meaning::Pupil);
        let scores = (0..columns.columns.len())
            .filter(|&index| {
                matches!(
                    columns.columns[index].1,
                    Meaning::RawScore | Meaning::Item(_) | Meaning::Mark
                )
            })
            .collect();
        Reading {
            pupil,
            scores,
            defaults: Defaults {
                year: title.year,
                subject: title.subject.clone(),
                grade: title.grade,
                school: title.school.clone(),
                school_name: title.school_name.to_lowercase(),
                max_score: title.max_score,
            },
            default_school_name: title.school_name,
            layout: Layout {
                format: place.format,
                sheet: place.shown.clone(),
                header_row: line,
                columns,
                further: Vec::new(),
                declared_participants: title.participants,
                kind: title.kind,
                rows: 0,
                absent: 0,
                sheets: Vec::new(),
            },
            work: Work::default(),
            school_name: String::new(),
            between: Vec::new(),
            title: None,
            key: place.key,
            shown: place.shown.clone(),
        }
    }

    fn take(
        &mut self,
        line: u32,
        row: &Vec<Cell>,
        trust: Trust<'_>,
        problems: &mut Problems,
        each: &mut dyn FnMut(Row<'_>),
    ) {
        let filled = row.iter().filter(|cell| !cell.text.is_empty()).count();
        if filled <= TITLE_CELLS && is_title(row) {
            self.title = self.title.or(Some(line));
            self.between.push((line, row.clone()));
            return;
        }
        let code = self.pupil.map(|pupil| row.cell(pupil).into_owned());
        let noted = self
            .pupil
            .is_some_and(|pupil| row.note(pupil) != Note::Plain);
        if !noted && code.is_none_or(|code| is_missing(&code) || is_total(&code)) {
            self.between.push((line, row.clone()));
            self.without_code(line, row, problems);
            return;
        }
        if let Some(title) = self.title.take() {
            problems.push(Fault::TitleWithoutHeader, Some(title), None);
        }
        self.between.clear();
        self.layout.rows = self.layout.rows.saturating_add(1);
        let fit = self.layout.columns.read(
            row,
            line,
            &self.defaults,
            trust,
            &mut self.work,
            &mut self.school_name,
            problems,
        );
        if fit {
            let own_school = self.defaults.school.as_deref() == Some(self.work.school.as_str());
            let absent = is_absent(&self.work);
            self.layout.absent += u32::from(absent);
            each(Row {
                line,
                key: self.key + line,
                sheet: self.shown.as_deref(),
                absent,
                items: &self.layout.columns.items,
                work: &self.work,
                school_name: if self.school_name.is_empty() && own_school {
                    &self.default_school_name
                } else {
                    &self.school_name
                },
            });
        }
    }

    /// Rows of sums and remarks stand below the pupils; a row with scores but no code is a fault.
    fn without_code(&mut self, line: u32, row: &Vec<Cell>, problems: &mut Problems) {
        let scored = self.scores.iter().any(|&index| {
            !is_missing(&row.cell(index)) || matches!(row.note(index), Note::Hollow | Note::Error)
        });
        let total = row.iter().any(|cell| is_total(&cell.text));
        if scored
            && !total
            && let Some(pupil) = self.pupil
        {
            self.layout.rows += 1;
            let field = self.layout.columns.columns[pupil].0.clone();
            problems.push(Fault::BlankCell { field }, Some(line), Some(&letter(pupil)));
        }
    }

    fn finish(mut self, trust: Trust<'_>, problems: &mut Problems) -> (Layout, Defaults) {
        let header_row = self.layout.header_row;
        if let Some(title) = self.title {
            problems.push(Fault::TitleWithoutHeader, Some(title), None);
        }
        if self.layout.rows == 0 {
            problems.push(Fault::NoRows, Some(header_row), None);
        }
        self.layout.columns.finish(header_row, trust, problems);
        (self.layout, self.defaults)
    }
}

fn header_columns(
    above: &[(u32, Vec<Cell>)],
    place: &Place,
    header: &[Cell],
    problems: &mut Problems,
) -> Columns {
    let mut columns = Columns::lettered();
    let line = place.line;
    let difficulties = above
        .iter()
        .find(|(row, _)| row + 1 == place.upper)
        .map(|(_, cells)| cells);
    for (index, cell) in header.iter().enumerate() {
        if matches!(cell.note, Note::Error | Note::Hollow) {
            let field = letter(index);
            let fault = if cell.note == Note::Error {
                Fault::BadItemHeader { header: field }
            } else {
                Fault::BadItemHeader {
                    header: format!("{field}, ="),
                }
            };
            problems.push(fault, Some(line), Some(&letter(index)));
            columns.push("", Some(Meaning::Ignored), line, problems);
            continue;
        }
        let text = cell.text.as_str();
        let difficulty = difficulties
            .and_then(|cells| cells.get(index))
            .and_then(|cell| difficulty(&cell.text));
        match (meaning(&plain(text)), item_header(text)) {
            (Some(meaning), _) => columns.push(text, Some(meaning), line, problems),
            (None, Some((code, max))) => {
                columns.push_item(text, Some((code, max, difficulty)), line, problems);
            }
            (None, None) if text.is_empty() => {
                columns.push(text, Some(Meaning::Ignored), line, problems);
            }
            (None, None) => columns.push(text, None, line, problems),
        }
    }
    columns
}

/// Does a row begin another work?
fn is_title(row: &[Cell]) -> bool {
    row.iter().any(|cell| {
        let lower = cell.text.to_lowercase();
        (grade_of(&lower).is_some() && year_of(&lower).is_some())
            || plain(&lower) == "предмет"
            || plain(&lower).starts_with("предмет:")
    })
}

fn is_total(cell: &str) -> bool {
    let cell = plain(cell);
    ["итого", "всего", "среднее", "средний балл"]
        .iter()
        .any(|word| cell.starts_with(word))
}

fn meaning(header: &str) -> Option<Meaning> {
    Some(match header {
        "оо" | "логин оо" | "код оо" => Meaning::School,
        "муниципалитет" | "регион" | "субъект рф" => {
            Meaning::Municipality
        }
        "название оо" | "наименование оо" => Meaning::SchoolName,
        "код участника" | "код ученика" | "код обучающегося" => {
            Meaning::Pupil
        }
        "класс" => Meaning::Class,
        "вариант" => Meaning::Booklet,
        "первичный балл" | "сумма баллов" | "всего баллов" => {
            Meaning::RawScore
        }
        "отметка" | "оценка" => Meaning::Mark,
        "отметка по журналу" | "отметка в журнале" | "оценка по журналу" => {
            Meaning::RegisterMark
        }
        _ => return None,
    })
}

/// `9.1 (1б)`, `1К1 (4б)`, `1 (2 б.)` → code and maximum.
fn item_header(header: &str) -> Option<(String, u32)> {
    let (code, rest) = header.rsplit_once('(')?;
    let inside = rest.trim_end().strip_suffix(')')?.to_lowercase();
    let number = inside
        .trim()
        .trim_end_matches('.')
        .strip_suffix(['б', 'b'])
        .or_else(|| inside.trim().strip_suffix("балла"))
        .or_else(|| inside.trim().strip_suffix("баллов"))
        .or_else(|| inside.trim().strip_suffix("балл"))?
        .trim();
    Some((code.trim().to_owned(), number.parse().ok()?))
}

fn difficulty(cell: &str) -> Option<Difficulty> {
    match cell.trim().to_uppercase().as_str() {
        "Б" => Some(Difficulty::Base),
        "П" => Some(Difficulty::Raised),
        "В" => Some(Difficulty::High),
        _ => None,
    }
}

/// What stands above the table.
#[derive(Default)]
struct Title {
    kind: Option<ProcedureKind>,
    year: Option<i32>,
    subject: Option<String>,
    grade: Option<u8>,
    school: Option<String>,
    school_name: String,
    participants: Option<u32>,
    max_score: Option<u16>,
}

impl Title {
    fn find(above: &[(u32, Vec<Cell>)], problems: &mut Problems) -> Title {
        let mut title = Title::default();
        let mut date_year = None;
        for (line, row) in above {
            let cells: Vec<&str> = row
                .iter()
                .filter(|cell| matches!(cell.note, Note::Plain | Note::Date | Note::Spread))
                .map(|cell| cell.text.as_str())
                .filter(|cell| !cell.is_empty())
                .collect();
            for (index, cell) in cells.iter().enumerate() {
                for part in cell.split('|').map(str::trim) {
                    title.take(part);
                    // «Дата: 21.04.2026» in one cell, or «Дата» and the value in the next.
                    let next = cells.get(index + 1).copied().unwrap_or_default();
                    let (label, value) = match part.split_once(':') {
                        Some((label, value)) if !value.trim().is_empty() => (label, value.trim()),
                        Some((label, _)) => (label, next),
                        None => (part, next),
                    };
                    if plain(label).starts_with("дата") && !value.is_empty() {
                        match date::parse(value) {
                            Some(date) => date_year = Some(date.year()),
                            None => {
                                let fault = Fault::ImpossibleDate {
                                    value: super::code::quotable(value)
                                        .or_else(|| {
                                            Some(value)
                                                .filter(|value| {
                                                    value.bytes().all(|byte| {
                                                        byte.is_ascii_digit() || byte == b'.'
                                                    })
                                                })
                                                .map(str::to_owned)
                                        })
                                        .unwrap_or_else(|| "…".to_owned()),
                                };
                                problems.push(fault, Some(*line), None);
                            }
                        }
                    }
                    title.label(&plain(label), value);
                }
            }
        }
        title.year = title.year.or(date_year);
        title
    }

    /// What the title does not say is that of the block before.
    fn inherit(&mut self, before: &Defaults) {
        self.year = self.year.or(before.year);
        self.subject = self.subject.take().or_else(|| before.subject.clone());
        self.grade = self.grade.or(before.grade);
        if self.school.is_none() {
            self.school.clone_from(&before.school);
            self.school_name.clone_from(&before.school_name);
        }
    }

    /// A labelled value.
    fn label(&mut self, label: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        if (label == "предмет" || label == "учебный предмет") && !names::is_name(value)
        {
            self.subject = Some(subject_of(value));
        } else if label.starts_with("максимальный первичный балл") {
            self.max_score = number(value).or(self.max_score);
        } else if label.starts_with("кол-во участников")
            || label.starts_with("количество участников")
        {
            self.participants = number(value).or(self.participants);
        } else if label == "параллель" {
            self.grade = number(value)
                .filter(|grade| (1..=11).contains(grade))
                .or(self.grade);
        }
    }

    /// A free text: the title of the work, or the school with its code.
    fn take(&mut self, text: &str) {
        let lower = text.to_lowercase();
        for (name, kind) in [
            ("впр", ProcedureKind::Vpr),
            ("огэ", ProcedureKind::Oge),
            ("егэ", ProcedureKind::Ege),
            ("кдр", ProcedureKind::RegionalDiagnostic),
        ] {
            if self.kind.is_none()
                && lower
                    .split(|letter: char| !letter.is_alphanumeric())
                    .any(|word| word == name)
            {
                self.kind = Some(kind);
            }
        }
        if let Some(grade) = grade_of(&lower)
            && let Some(year) = year_of(&lower)
        {
            self.grade = self.grade.or(Some(grade));
            self.year = self.year.or(Some(year));
            if self.subject.is_none() {
                self.subject = title_subject(text, year);
            }
        }
        let code = school_code(text);
        if code != text && is_edu(code) && self.school.is_none() {
            self.school = Some(code.to_owned());
            self.school_name = text.split('(').next().unwrap_or_default().trim().to_owned();
        }
    }
}

fn subject_of(value: &str) -> String {
    subject::find(value).map_or_else(
        || value.trim().to_owned(),
        |subject| subject.code.to_owned(),
    )
}

/// Subject between the year and «N класс»: «ВПР 2026 Математика 5 класс».
fn title_subject(text: &str, year: i32) -> Option<String> {
    let after = text.split_once(&year.to_string())?.1;
    let after = after.trim_start_matches(|letter: char| !letter.is_alphabetic());
    if let Some(subject) = subject::find_prefix(after) {
        return Some(subject.code.to_owned());
    }
    let name: String = after
        .chars()
        .take_while(|letter| !letter.is_ascii_digit())
        .collect();
    let name = name
        .trim_matches(|letter: char| !letter.is_alphabetic())
        .to_owned();
    (!name.is_empty() && !names::is_name(&name)).then_some(name)
}

/// The number before «класс».
fn grade_of(lower: &str) -> Option<u8> {
    let words: Vec<&str> = lower
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words
        .windows(2)
        .find(|pair| pair[1].starts_with("класс"))
        .and_then(|pair| pair[0].parse().ok())
        .filter(|grade| (1..=11).contains(grade))
}

/// The first number that can be a year.
fn year_of(lower: &str) -> Option<i32> {
    lower
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .find(|year| (1990..=2100).contains(year))
}

fn number<Number: std::str::FromStr>(text: &str) -> Option<Number> {
    let digits: String = text
        .trim()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rust_xlsxwriter::Workbook;

    use api::results::import::Severity;

    /// A small workbook in the layout of the export.
    fn export(rows: &[[&str; 10]], declared: u32) -> Vec<u8> {
        let mut book = Workbook::new();
        book.add_worksheet().set_name("Описание").expect("name");
        let sheet = book.add_worksheet();
        sheet
            .set_name("Ф1 Индивидуальные результаты")
            .expect("name");
        sheet
            .write(0, 0, "ВПР 2026 Математика 5 класс")
            .expect("cell");
        sheet.write(1, 0, "Предмет:").expect("cell");
        sheet.write(1, 1, "Математика").expect("cell");
        sheet
            .write(2, 0, "Максимальный первичный балл: 5")
            .expect("cell");
        sheet.write(3, 0, "Дата").expect("cell");
        sheet.write(3, 1, "21.04.2026").expect("cell");
        sheet
            .write(
                4,
                0,
                format!("Боровская ООШ (edu240017) | Кол-во участников: {declared}"),
            )
            .expect("cell");
        for (column, letter) in [(5, "Б"), (6, "Б"), (7, "П")] {
            sheet.write(6, column, letter).expect("cell");
        }
        let header = [
            "ОО",
            "Название ОО",
            "Код участника",
            "Класс",
            "Вариант",
            "1 (2б)",
            "9.1 (1б)",
            "1К1 (2б)",
            "Первичный балл",
            "Отметка",
        ];
        for (column, cell) in header.iter().enumerate() {
            sheet.write(7, column as u16, *cell).expect("cell");
        }
        for (line, row) in rows.iter().enumerate() {
            for (column, cell) in row.iter().enumerate() {
                let (line, column) = (8 + line as u32, column as u16);
                match cell.parse::<f64>() {
                    Ok(number) => sheet.write(line, column, number).expect("cell"),
                    Err(_) => sheet.write(line, column, *cell).expect("cell"),
                };
            }
        }
        book.save_to_buffer().expect("workbook")
    }

    fn rows(bytes: &[u8]) -> (Vec<(u32, Work, String)>, Problems, Option<Layout>) {
        let mut problems = Problems::default();
        let mut rows = Vec::new();
        let layout =
            super::super::read::read_bytes(bytes, Trust::NONE, &mut problems, &mut |row| {
                rows.push((row.line, row.work.clone(), row.school_name.to_owned()));
            });
        (rows, problems, layout)
    }

    const PUPIL: [&str; 10] = [
        "edu240017",
        "Боровская ООШ",
        "50001",
        "5А",
        "1",
        "2",
        "Х",
        "1",
        "3",
        "4",
    ];

    #[test]
    fn the_export_is_read_as_it_is() {
        let second = ["", "", "50002", "5А", "2", "-", "—", "", "", "нет отметки"];
        let total = ["", "", "Итого", "", "", "2", "0", "1", "3", ""];
        let (rows, problems, layout) = rows(&export(&[PUPIL, second, total], 2));
        let named: Vec<_> = problems
            .kept()
            .iter()
            .map(|problem| (problem.code.as_str(), problem.severity, problem.row))
            .collect();
        assert_eq!(
            named,
            [("import.school_from_heading", Severity::Warning, Some(10))]
        );
        let layout = layout.expect("layout");
        assert_eq!(layout.header_row, 8);
        assert_eq!(layout.kind, Some(ProcedureKind::Vpr));
        assert_eq!(
            layout.sheet.as_deref(),
            Some("Ф1 Индивидуальные результаты")
        );
        assert_eq!(layout.columns.items[2].code, "1К1");
        assert_eq!(layout.columns.items[2].difficulty, Some(Difficulty::Raised));
        let expected = Work {
            year: 2026,
            subject: "math".to_owned(),
            grade: 5,
            school: "edu240017".to_owned(),
            class: Some("5А".to_owned()),
            pupil: Some("50001".to_owned()),
            booklet: Some("1".to_owned()),
            items: vec![Some(2), Some(0), Some(1)],
            raw_score: Some(3),
            mark: Some(4),
            register_mark: None,
            prior_score: None,
        };
        assert_eq!(rows[0], (9, expected, "Боровская ООШ".to_owned()));
        assert_eq!(rows[1].1.items, vec![None, None, None]);
        assert_eq!(rows[1].1.school, "edu240017");
    }

    #[test]
    fn a_different_number_of_participants_is_a_warning() {
        let (rows, problems, _) = rows(&export(&[PUPIL], 23));
        assert_eq!(rows.len(), 1);
        assert_eq!(problems.errors(), 0);
        assert_eq!(problems.kept()[0].code, "import.participants_differ");
    }

    #[test]
    fn a_point_too_many_tells_cell_and_repair() {
        let mut wrong = PUPIL;
        wrong[6] = "3";
        let (rows, problems, _) = rows(&export(&[wrong], 1));
        assert!(rows.is_empty());
        let problem = &problems.kept()[0];
        assert_eq!(
            (
                problem.code.as_str(),
                problem.row,
                problem.column.as_deref()
            ),
            ("import.score_above_maximum", Some(9), Some("G"))
        );
    }

    #[test]
    fn a_workbook_without_the_header_says_so() {
        let mut book = Workbook::new();
        book.add_worksheet().write(0, 0, "Привет").expect("cell");
        let (_, problems, layout) = rows(&book.save_to_buffer().expect("workbook"));
        assert!(layout.is_none());
        assert_eq!(problems.kept()[0].code, "import.no_header");
    }

    #[test]
    fn a_sheet_that_claims_to_be_huge_is_read_by_its_cells() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "A").expect("cell");
        sheet.write(1_048_575, 16_383, "Z").expect("cell");
        let (_, problems, _) = rows(&book.save_to_buffer().expect("workbook"));
        let codes: Vec<_> = problems
            .kept()
            .iter()
            .map(|problem| (problem.code.as_str(), problem.column.as_deref()))
            .collect();
        assert_eq!(
            codes,
            [
                ("import.too_many_columns", Some("XFD")),
                ("import.no_header", None)
            ]
        );
    }

    #[test]
    fn item_headers_are_told_from_other_brackets() {
        assert_eq!(item_header("9.1 (1б)"), Some(("9.1".to_owned(), 1)));
        assert_eq!(item_header("1К1 (4 б.)"), Some(("1К1".to_owned(), 4)));
        assert_eq!(item_header("Класс (буква)"), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_damaged_workbook_never_panics(position in 0.0..1.0_f64, byte in any::<u8>(), cut in 0.3..1.0_f64) {
            let mut bytes = export(&[PUPIL], 1);
            let index = (position * (bytes.len() - 1) as f64) as usize;
            bytes[index] ^= byte;
            bytes.truncate((cut * bytes.len() as f64) as usize + 1);
            let _ = rows(&bytes);
        }

        #[test]
        fn no_cells_of_a_workbook_panic(cells in proptest::collection::vec("[\\PC]{0,10}", 10)) {
            let mut row = PUPIL;
            for (cell, other) in row.iter_mut().zip(&cells) {
                *cell = other;
            }
            let _ = rows(&export(&[row, PUPIL], 2));
        }
    }
}
