//! A reading beside the expected one: how many lines, schedules, periods and executors are right.

mod fields;

use std::fmt;

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::plan::{Line, Reading};
use crate::schedule::{Day, Period, Programme};
use crate::text::collapsed;

pub use fields::fields;

/// The expected reading of a roadmap.
#[derive(Debug, Deserialize)]
pub struct Expected {
    programme: ExpectedYears,
    rows: Vec<ExpectedRow>,
}

#[derive(Debug, Deserialize)]
struct ExpectedYears {
    from: String,
    to: String,
}

#[derive(Debug, Deserialize)]
struct ExpectedRow {
    n: usize,
    #[serde(default, deserialize_with = "nullable")]
    number: String,
    #[serde(default)]
    group: Option<String>,
    #[serde(default)]
    section: Option<String>,
    #[serde(default)]
    section_title: Option<String>,
    measure: String,
    #[serde(default, deserialize_with = "nullable")]
    results: String,
    #[serde(default, deserialize_with = "nullable")]
    executors_text: String,
    schedule: Value,
    #[serde(default, deserialize_with = "nullable")]
    occurrences: Vec<[String; 2]>,
    #[serde(default, deserialize_with = "nullable")]
    executors: Vec<String>,
    #[serde(default, deserialize_with = "nullable")]
    result_kinds: Vec<String>,
    /// Other right readings: each replaces the fields it has.
    #[serde(default)]
    also: Option<Vec<Map<String, Value>>>,
}

/// A cell that a document does not have may be left out or null.
fn nullable<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// Shares of the expected lines, 0–1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shares {
    /// Number, heading, measure and results.
    pub lines: f64,
    /// Kind of schedule and its fields.
    pub schedule: f64,
    /// Due periods.
    pub periods: f64,
    /// Executors.
    pub executors: f64,
    /// Papers that the results name.
    pub papers: f64,
}

/// What differs, and how much is right.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// One sentence each.
    pub differences: Vec<String>,
    /// How much is right.
    pub shares: Shares,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for difference in &self.differences {
            writeln!(f, "{difference}")?;
        }
        let shares = &self.shares;
        writeln!(f, "papers {:.2}", shares.papers)?;
        write!(
            f,
            "lines {:.2} schedule {:.2} periods {:.2} executors {:.2}",
            shares.lines, shares.schedule, shares.periods, shares.executors
        )
    }
}

impl Expected {
    /// Reads the expected reading from JSON.
    ///
    /// # Errors
    /// When it is not of this shape.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The years of the programme.
    pub fn programme(&self) -> Option<Programme> {
        Some(Period {
            from: Day::parse(&self.programme.from)?,
            to: Day::parse(&self.programme.to)?,
        })
    }

    /// Compares a reading, line by line in the order of both.
    pub fn compare(&self, reading: &Reading) -> Report {
        let pairs = self.pairs(reading);
        let mut right = [0_usize; 5];
        let mut differences = Vec::new();
        for (row, index) in self.rows.iter().zip(&pairs) {
            let Some(line) = index.map(|index| &reading.lines[index]) else {
                differences.push(format!("{}: no such line", row.named()));
                continue;
            };
            let found = [
                row.line(line, reading),
                row.schedule(line),
                row.periods(line),
                row.executors(line),
                row.papers(line),
            ];
            for (count, difference) in right.iter_mut().zip(found) {
                match difference {
                    None => *count += 1,
                    Some(difference) => differences.push(format!("{}: {difference}", row.named())),
                }
            }
        }
        for (index, line) in reading.lines.iter().enumerate() {
            if !pairs.contains(&Some(index)) {
                differences.push(format!(
                    "{}: unexpected line «{}»",
                    line.place,
                    shortened(&line.measure)
                ));
            }
        }
        let share = |count: usize| count as f64 / self.rows.len().max(1) as f64;
        let [lines, schedule, periods, executors, papers] = right.map(share);
        Report {
            differences,
            shares: Shares {
                lines,
                schedule,
                periods,
                executors,
                papers,
            },
        }
    }

    /// The line of each expected row: the longest common order of equal measures, else of equal numbers.
    fn pairs(&self, reading: &Reading) -> Vec<Option<usize>> {
        let rows: Vec<(String, &str)> = self
            .rows
            .iter()
            .map(|row| (words(&row.measure), row.number.trim()))
            .collect();
        let lines: Vec<(String, &str)> = reading
            .lines
            .iter()
            .map(|line| (words(&line.measure), line.number.trim()))
            .collect();
        let weight = |row: &(String, &str), line: &(String, &str)| -> usize {
            4 * usize::from(row.0 == line.0)
                + 2 * usize::from(row.1 == line.1 && !row.1.is_empty())
                + usize::from(row.0.starts_with(&line.0) || line.0.starts_with(&row.0))
        };
        let mut best = vec![vec![0; lines.len() + 1]; rows.len() + 1];
        for (i, row) in rows.iter().enumerate().rev() {
            for (j, line) in lines.iter().enumerate().rev() {
                let weight = weight(row, line);
                let taken = if weight > 0 {
                    weight + best[i + 1][j + 1]
                } else {
                    0
                };
                best[i][j] = taken.max(best[i + 1][j]).max(best[i][j + 1]);
            }
        }
        let (mut i, mut j) = (0, 0);
        let mut pairs = vec![None; rows.len()];
        while i < rows.len() && j < lines.len() {
            let weight = weight(&rows[i], &lines[j]);
            if weight > 0 && best[i][j] == weight + best[i + 1][j + 1] {
                pairs[i] = Some(j);
                (i, j) = (i + 1, j + 1);
            } else if best[i][j] == best[i + 1][j] {
                i += 1;
            } else {
                j += 1;
            }
        }
        pairs
    }
}

impl ExpectedRow {
    fn named(&self) -> String {
        format!(
            "line {} ({})",
            self.n,
            if self.number.is_empty() {
                "-"
            } else {
                &self.number
            }
        )
    }

    fn also(&self) -> impl Iterator<Item = &Map<String, Value>> {
        self.also.iter().flatten()
    }

    fn line(&self, line: &Line, reading: &Reading) -> Option<String> {
        let section = line.section.map(|index| &reading.headings[index]);
        // A line directly under a first-level heading belongs to no group.
        let group = line
            .group
            .filter(|group| line.section != Some(*group))
            .map(|index| &reading.headings[index]);
        let code =
            |heading: Option<&crate::Heading>| heading.and_then(|heading| heading.code.clone());
        let checks = [
            ("number", self.number.clone(), line.number.clone()),
            ("group", shown(&self.group), shown(&code(group))),
            ("section", shown(&self.section), shown(&code(section))),
            (
                "heading",
                shown(&self.section_title),
                shown(&section.map(|heading| heading.title.clone())),
            ),
            ("measure", self.measure.clone(), line.measure.clone()),
            ("results", self.results.clone(), line.results.clone()),
            (
                "schedule text",
                self.text_of_schedule(),
                line.schedule_text.clone(),
            ),
            (
                "executors text",
                self.executors_text.clone(),
                line.executors_text.clone(),
            ),
        ];
        checks
            .into_iter()
            .find(|(_, expected, found)| words(expected) != words(found))
            .map(|(what, expected, found)| {
                format!(
                    "{what} «{}», expected «{}»",
                    shortened(&found),
                    shortened(&expected)
                )
            })
    }

    fn text_of_schedule(&self) -> String {
        self.schedule
            .get("text")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    }

    fn schedule(&self, line: &Line) -> Option<String> {
        let found = fields(&line.schedule);
        let also = self.also().filter_map(|also| also.get("schedule"));
        let is_right = std::iter::once(&self.schedule).chain(also).any(|expected| {
            let mut expected = expected.as_object().cloned().unwrap_or_default();
            expected.remove("text");
            same_schedule(&expected, &found)
        });
        (!is_right).then(|| {
            format!(
                "schedule «{}» read as {}, expected {}",
                line.schedule_text,
                Value::Object(found),
                self.schedule
            )
        })
    }

    fn periods(&self, line: &Line) -> Option<String> {
        let found: Vec<[String; 2]> = line
            .periods
            .iter()
            .map(|period| [period.from.to_string(), period.to.to_string()])
            .collect();
        let also = self
            .also()
            .filter_map(|also| serde_json::from_value(also.get("occurrences")?.clone()).ok());
        let is_right =
            self.occurrences == found || { also }.any(|also: Vec<[String; 2]>| also == found);
        (!is_right).then(|| {
            format!(
                "periods of «{}»: {} from {}, expected {} from {}",
                line.schedule_text,
                found.len(),
                found
                    .first()
                    .map_or("-".to_owned(), |period| period.join("…")),
                self.occurrences.len(),
                self.occurrences
                    .first()
                    .map_or("-".to_owned(), |period| period.join("…")),
            )
        })
    }

    fn executors(&self, line: &Line) -> Option<String> {
        let found: Vec<String> = line
            .executors
            .iter()
            .map(|executor| executor.name.clone())
            .collect();
        let also = self
            .also()
            .filter_map(|also| serde_json::from_value(also.get("executors")?.clone()).ok());
        let is_right = self.executors == found || { also }.any(|also: Vec<String>| also == found);
        (!is_right).then(|| format!("executors {found:?}, expected {:?}", self.executors))
    }

    fn papers(&self, line: &Line) -> Option<String> {
        let mut expected = self.result_kinds.clone();
        expected.sort();
        let mut found: Vec<&str> = line.papers.iter().map(|paper| paper.name()).collect();
        found.sort_unstable();
        (expected != found).then(|| format!("papers {found:?}, expected {expected:?}"))
    }
}

/// Every field that is expected must be found; a bound that only the reading has is judged by its periods.
fn same_schedule(expected: &Map<String, Value>, found: &Map<String, Value>) -> bool {
    expected
        .iter()
        .filter(|(_, value)| !value.is_null())
        .all(|(name, value)| {
            let own = found.get(name);
            match (name.as_str(), value, own) {
                // What a line follows may be told in more or fewer words.
                ("of", Value::String(a), Some(Value::String(b))) => {
                    words(a).contains(&words(b)) || words(b).contains(&words(a))
                }
                _ => own == Some(value),
            }
        })
}

fn words(text: &str) -> String {
    collapsed(&text.replace('\u{a0}', " "))
}

fn shown(text: &Option<String>) -> String {
    text.clone().unwrap_or_default()
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(90).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
