//! Which column of a table says what.

use crate::file::{Cell, Row};
use crate::schedule::{self, Schedule};
use crate::text::{collapsed, plain};

/// What a column says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Number of the line.
    Number,
    /// What is done.
    Measure,
    /// When; of two columns the first begins and the second ends.
    Schedule,
    /// A column for one year: marks or months stand in it.
    Year(i32),
    /// Who.
    Executors,
    /// What comes of it.
    Results,
    /// Something else, kept under its name.
    Other(String),
}

/// The columns of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// First column of the grid and role, from left to right.
    starts: Vec<(usize, Role)>,
    /// Texts of the header, to know it when it is repeated on each page.
    texts: Vec<String>,
    /// Columns of the grid.
    pub width: usize,
}

impl Columns {
    /// The role of a column of the grid: a header cell holds up to the next one.
    pub fn role(&self, column: usize) -> Option<&Role> {
        self.starts
            .iter()
            .rev()
            .find(|(start, _)| *start <= column)
            .map(|(_, role)| role)
    }

    /// The column of the grid in which a role begins.
    pub fn start(&self, role: &Role) -> Option<usize> {
        self.starts
            .iter()
            .find(|(_, own)| own == role)
            .map(|(start, _)| *start)
    }

    /// Is the row the header again?
    pub fn is_repeated(&self, row: &Row) -> bool {
        !self.texts.is_empty() && texts(row) == self.texts
    }

    /// Reads a row as a header: measures and at least one of terms and executors.
    pub fn of_header(row: &Row) -> Option<Self> {
        let cells: Vec<&Cell> = row.filled().collect();
        if cells.len() < 2 || cells.iter().any(|cell| cell.text.chars().count() > 150) {
            return None;
        }
        let mut starts: Vec<(usize, Role)> = cells
            .iter()
            .map(|cell| (cell.column, role_of(&cell.text)))
            .collect();
        one_measure(&mut starts, &cells);
        let has = |role: &Role| starts.iter().any(|(_, own)| own == role);
        let has_term =
            has(&Role::Schedule) || starts.iter().any(|(_, role)| matches!(role, Role::Year(_)));
        if !has(&Role::Measure) || !(has_term || has(&Role::Executors)) {
            return None;
        }
        // A column without a name at the left edge holds the numbers.
        if let Some((first, _)) = starts.first()
            && *first > 0
            && !has(&Role::Number)
        {
            starts.insert(0, (0, Role::Number));
        }
        let width = cells
            .iter()
            .map(|cell| cell.column + cell.span)
            .max()
            .unwrap_or_default();
        Some(Self {
            starts,
            texts: texts(row),
            width,
        })
    }

    /// A second row of the header names parts of a column: «начало | окончание», years.
    pub fn refine(&mut self, row: &Row) -> bool {
        let cells: Vec<&Cell> = row.filled().collect();
        let are_parts = !cells.is_empty()
            && cells.iter().all(|cell| {
                let text = plain(&cell.text);
                cell.text.chars().count() < 40
                    && (text.contains("начал")
                        || text.contains("оконч")
                        || text.contains("заверш")
                        || matches!(role_of(&cell.text), Role::Year(_)))
            });
        if !are_parts {
            return false;
        }
        for cell in cells {
            let role = match role_of(&cell.text) {
                Role::Year(year) => Role::Year(year),
                _ => Role::Schedule,
            };
            self.starts.retain(|(start, _)| *start != cell.column);
            self.starts.push((cell.column, role));
        }
        self.starts.sort_by_key(|(start, _)| *start);
        true
    }

    /// Guesses the columns of a table without a header by what stands in them.
    pub fn guess(rows: &[Row]) -> Option<Self> {
        let width = rows
            .iter()
            .flat_map(|row| row.cells.iter().map(|cell| cell.column + 1))
            .max()?;
        let full: Vec<&Row> = rows
            .iter()
            .filter(|row| row.filled().count() >= 3)
            .collect();
        if full.len() < 2 || width < 3 {
            return None;
        }
        let mut columns: Vec<Column> = (0..width)
            .map(|column| Column::look(column, &full))
            .filter(|look| look.filled > 0)
            .collect();
        let take = |columns: &mut Vec<Column>, score: &dyn Fn(&Column) -> f64, least: f64| {
            let best = columns
                .iter()
                .enumerate()
                .max_by(|a, b| score(a.1).total_cmp(&score(b.1)))
                .filter(|(_, column)| score(column) >= least)
                .map(|(index, _)| index)?;
            Some(columns.remove(best).column)
        };
        let schedule = take(&mut columns, &|column| column.schedules, 0.5)?;
        let number = take(&mut columns, &|column| column.numbers, 0.6);
        // What is done stands before when; what comes of it may be as long and stands behind.
        let measure = take(
            &mut columns,
            &|column| {
                let before = if column.column < schedule { 3.0 } else { 1.0 };
                before * column.length / (1.0 + column.executors)
            },
            8.0,
        )?;
        let executors = take(&mut columns, &|column| column.executors, 0.3);
        let mut starts = vec![(measure, Role::Measure), (schedule, Role::Schedule)];
        starts.extend(number.map(|column| (column, Role::Number)));
        starts.extend(executors.map(|column| (column, Role::Executors)));
        let results = take(&mut columns, &|column| column.length, 4.0);
        starts.extend(results.map(|column| (column, Role::Results)));
        starts.extend(
            columns
                .iter()
                .map(|column| (column.column, Role::Other(format!("{}", column.column + 1)))),
        );
        starts.sort_by_key(|(start, _)| *start);
        Some(Self {
            starts,
            texts: Vec::new(),
            width,
        })
    }
}

/// What stands in a column, as shares of its cells.
struct Column {
    column: usize,
    filled: usize,
    schedules: f64,
    numbers: f64,
    executors: f64,
    /// Mean length in signs.
    length: f64,
}

impl Column {
    fn look(column: usize, rows: &[&Row]) -> Self {
        let texts: Vec<&str> = rows
            .iter()
            .filter_map(|row| row.filled().find(|cell| cell.column == column))
            .map(|cell| cell.text.as_str())
            .collect();
        let share = |is: &dyn Fn(&str) -> bool| {
            texts.iter().filter(|text| is(text)).count() as f64 / rows.len() as f64
        };
        Self {
            column,
            filled: texts.len(),
            schedules: share(&|text| is_term(text)),
            numbers: share(&|text| is_number(text)),
            executors: share(&|text| {
                let one = crate::executor::executors(&[text.to_owned()]);
                text.chars().count() < 160
                    && one.first().is_some_and(|all| {
                        !all.is_empty()
                            && all.iter().all(|who| who.kind != crate::ExecutorKind::Other)
                    })
            }),
            length: texts
                .iter()
                .map(|text| text.chars().count() as f64)
                .sum::<f64>()
                / texts.len().max(1) as f64,
        }
    }
}

/// Short words that read as a schedule.
pub fn is_term(text: &str) -> bool {
    text.chars().count() <= 90 && !is_number(text) && schedule::read(text) != Schedule::Unknown
}

/// `1`, `1.`, `1.1.2.`, `2)`, `IV.`
pub fn is_number(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['.', ')']);
    let is_code = !text.is_empty()
        && text.len() <= 12
        && text
            .split('.')
            .all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    let is_roman =
        !text.is_empty() && text.len() <= 5 && text.chars().all(|sign| "IVX".contains(sign));
    is_code || is_roman
}

fn texts(row: &Row) -> Vec<String> {
    row.filled()
        .map(|cell| plain(&collapsed(&cell.text)))
        .collect()
}

/// Stems by role; the first list with a stem in the text decides.
fn role_of(text: &str) -> Role {
    let plain = plain(&collapsed(text));
    let has = |stems: &[&str]| stems.iter().any(|stem| plain.contains(stem));
    let year = plain
        .trim_end_matches([' ', '.', 'г', 'о', 'д'])
        .parse::<i32>();
    if let Ok(year) = year
        && (1990..2100).contains(&year)
    {
        return Role::Year(year);
    }
    if has(&[
        "отметк",
        "примечан",
        "финанс",
        "бюджет",
        "источник",
        "место провед",
        "категори",
        "комментар",
        "форма провед",
        "участник",
        "целевая",
    ]) {
        return Role::Other(collapsed(text));
    }
    if plain == "№"
        || plain == "n"
        || plain.contains("п/п")
        || plain.starts_with('№')
        || plain == "номер"
        || plain == "код"
    {
        return Role::Number;
    }
    if has(&[
        "срок",
        "дата",
        "даты",
        "период",
        "время",
        "когда",
        "deadline",
        "term",
        "when",
    ]) || plain == "график"
    {
        return Role::Schedule;
    }
    if has(&[
        "исполнител",
        "ответствен",
        "кто ",
        "executor",
        "responsible",
        "who",
    ]) {
        return Role::Executors;
    }
    if has(&[
        "результат",
        "ожидаем",
        "показател",
        "итог",
        "документ",
        "продукт",
        "отчетност",
        "форма ",
        "result",
    ]) {
        return Role::Results;
    }
    if has(&[
        "мероприят",
        "наименован",
        "содержани",
        "действи",
        "мера",
        "меры",
        "работ",
        "деятельност",
        "направлен",
        "задач",
        "measure",
        "action",
    ]) {
        return Role::Measure;
    }
    Role::Other(collapsed(text))
}

/// Of several columns that may name the measure, the one that says «мероприятие» does; else the last of them.
fn one_measure(starts: &mut [(usize, Role)], cells: &[&Cell]) {
    let candidates: Vec<usize> = (0..starts.len())
        .filter(|index| starts[*index].1 == Role::Measure)
        .collect();
    if candidates.len() < 2 {
        return;
    }
    let says = |index: &&usize| plain(&cells[**index].text).contains("мероприят");
    let Some(chosen) = candidates.iter().find(says).or(candidates.last()) else {
        return;
    };
    for index in &candidates {
        if index != chosen {
            starts[*index].1 = Role::Other(collapsed(&cells[*index].text));
        }
    }
}
