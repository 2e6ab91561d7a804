//! The workbook «Ф1 Индивидуальные результаты» as the federal system exports it.
//!
//! # Source
//! Facts about the layout: public repository pikhaev1988/saascrm95, `apps/vpr/parsers/f1_individual.py`.

use std::io::{Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use api::procedure::ProcedureKind;
use objectivity::data::{Difficulty, Work};

use super::columns::{Columns, Defaults, Meaning, Record, is_edu, is_missing, letter, school_code};
use super::problem::{Fault, Problems};
use super::read::{Format, Layout, Row};
use super::workbook::{self, Next};
use super::{date, subject};

/// Rows in which the header is looked for.
const HEADER_ROWS: u32 = 30;

/// Reads a workbook, row by row; `each` sees every row that is fit.
///
/// Returns `None` when there is nothing to show: the problems say why.
pub fn read(
    mut input: impl Read + Seek,
    problems: &mut Problems,
    each: &mut dyn FnMut(Row<'_>),
) -> Option<Layout> {
    // The parser of the format is foreign code that meets files from anywhere: whatever it stumbles over
    // must become a sentence.
    let read = catch_unwind(AssertUnwindSafe(|| {
        workbook::check_container(&mut input, problems)?;
        read_checked(&mut input, problems, each)
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
    problems: &mut Problems,
    each: &mut dyn FnMut(Row<'_>),
) -> Option<Layout> {
    let mut book = workbook::open(input, problems)?;
    for sheet in workbook::sheets(&book) {
        let mut state = State::Searching(Vec::new());
        workbook::rows(&mut book, &sheet, problems, &mut |line, row, problems| {
            state.take(line, row, &sheet, problems, each)
        });
        match state {
            State::Reading(reading) => return Some(reading.finish(problems)),
            State::Searching(_) if problems.errors() > 0 => return None,
            State::Searching(_) => {}
        }
    }
    problems.whole(Fault::NoHeader);
    None
}

enum State {
    /// Rows above the header.
    Searching(Vec<(u32, Vec<String>)>),
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
}

impl State {
    fn take(
        &mut self,
        line: u32,
        row: &Vec<String>,
        sheet: &str,
        problems: &mut Problems,
        each: &mut dyn FnMut(Row<'_>),
    ) -> Next {
        match self {
            State::Reading(reading) => reading.take(line, row, problems, each),
            State::Searching(_) if line > HEADER_ROWS => return Next::Stop,
            State::Searching(above) => {
                if is_header(row) {
                    let reading = Reading::begin(above, line, row, sheet, problems);
                    *self = State::Reading(Box::new(reading));
                } else {
                    above.push((line, row.clone()));
                }
            }
        }
        Next::Row
    }
}

fn plain(cell: &str) -> String {
    cell.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

fn is_header(row: &[String]) -> bool {
    let has = |name: &str| row.iter().any(|cell| plain(cell) == name);
    has("код участника") && has("первичный балл")
}

impl Reading {
    fn begin(
        above: &[(u32, Vec<String>)],
        line: u32,
        header: &[String],
        sheet: &str,
        problems: &mut Problems,
    ) -> Reading {
        let mut columns = Columns::lettered();
        let difficulties = above
            .iter()
            .find(|(row, _)| row + 1 == line)
            .map(|(_, cells)| cells);
        for (index, cell) in header.iter().enumerate() {
            let difficulty = difficulties
                .and_then(|cells| cells.get(index))
                .and_then(|cell| difficulty(cell));
            match (meaning(&plain(cell)), item_header(cell)) {
                (Some(meaning), _) => columns.push(cell, Some(meaning), line, problems),
                (None, Some((code, max))) => {
                    columns.push_item(cell, Some((code, max, difficulty)), line, problems);
                }
                (None, None) if cell.is_empty() => {
                    columns.push(cell, Some(Meaning::Ignored), line, problems);
                }
                (None, None) => columns.push(cell, None, line, problems),
            }
        }
        let title = Title::find(above, problems);
        for (missing, what_ru, what_en) in [
            (title.year.is_none(), "год работы", "the year of the work"),
            (title.subject.is_none(), "предмет", "the subject"),
            (title.grade.is_none(), "класс", "the grade"),
        ] {
            if missing {
                problems.whole(Fault::NoTitle { what_ru, what_en });
            }
        }
        if title.school.is_none() && !columns.has(Meaning::School) {
            problems.whole(Fault::NoSchool);
        }
        if let (Some(declared), Some(sum)) = (title.max_score, columns.items_sum())
            && declared != sum
        {
            problems.whole(Fault::MaximumMismatch {
                declared: u32::from(declared),
                sum: u32::from(sum),
            });
        }
        let place = |meaning: Meaning| {
            columns
                .columns
                .iter()
                .position(|(_, other)| *other == meaning)
        };
        let scores = (0..columns.columns.len())
            .filter(|&index| {
                matches!(
                    columns.columns[index].1,
                    Meaning::RawScore | Meaning::Item(_) | Meaning::Mark
                )
            })
            .collect();
        Reading {
            pupil: place(Meaning::Pupil),
            scores,
            defaults: Defaults {
                year: title.year,
                subject: title.subject.clone(),
                grade: title.grade,
                school: title.school.clone(),
                max_score: title.max_score,
            },
            default_school_name: title.school_name,
            layout: Layout {
                format: Format::F1,
                sheet: Some(sheet.to_owned()),
                header_row: line,
                columns,
                declared_participants: title.participants,
                kind: title.kind,
                rows: 0,
            },
            work: Work::default(),
            school_name: String::new(),
        }
    }

    fn take(
        &mut self,
        line: u32,
        row: &Vec<String>,
        problems: &mut Problems,
        each: &mut dyn FnMut(Row<'_>),
    ) {
        let code = self.pupil.map(|pupil| row.cell(pupil));
        if code.is_none_or(|code| is_missing(&code) || is_total(&code)) {
            // Rows of sums and remarks stand below the pupils; a row with scores but no code is a fault.
            let scored = self
                .scores
                .iter()
                .any(|&index| !is_missing(&row.cell(index)));
            let total = row.iter().any(|cell| is_total(cell));
            if scored
                && !total
                && let Some(pupil) = self.pupil
            {
                self.layout.rows += 1;
                let field = self.layout.columns.columns[pupil].0.clone();
                problems.push(Fault::BlankCell { field }, Some(line), Some(&letter(pupil)));
            }
            return;
        }
        self.layout.rows = self.layout.rows.saturating_add(1);
        let fit = self.layout.columns.read(
            row,
            line,
            &self.defaults,
            &mut self.work,
            &mut self.school_name,
            problems,
        );
        if fit {
            let own_school = self.defaults.school.as_deref() == Some(self.work.school.as_str());
            each(Row {
                line,
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

    fn finish(mut self, problems: &mut Problems) -> Layout {
        let header_row = self.layout.header_row;
        if self.layout.rows == 0 {
            problems.push(Fault::NoRows, Some(header_row), None);
        }
        if let Some(declared) = self.layout.declared_participants
            && declared != self.layout.rows
        {
            problems.whole(Fault::ParticipantsDiffer {
                declared,
                rows: self.layout.rows,
            });
        }
        self.layout.columns.refuse_names(header_row, problems);
        self.layout
    }
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
        "код участника" => Meaning::Pupil,
        "класс" => Meaning::Class,
        "вариант" => Meaning::Booklet,
        "первичный балл" => Meaning::RawScore,
        "отметка" => Meaning::Mark,
        "отметка по журналу" => Meaning::RegisterMark,
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
    fn find(above: &[(u32, Vec<String>)], problems: &mut Problems) -> Title {
        let mut title = Title::default();
        let mut date_year = None;
        for (line, row) in above {
            let cells: Vec<&str> = row
                .iter()
                .map(String::as_str)
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
                                    value: value.chars().take(40).collect(),
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

    /// A labelled value.
    fn label(&mut self, label: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        if label == "предмет" || label == "учебный предмет" {
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
    (!name.is_empty()).then_some(name)
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
        let layout = super::super::read::read_bytes(bytes, &mut problems, &mut |row| {
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
        assert_eq!(problems.count(), 0, "{:?}", problems.kept());
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
        assert_eq!(problems.kept()[0].code, "import.no_header");
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
