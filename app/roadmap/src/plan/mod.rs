//! A roadmap read from a file.

mod code;
mod header;
mod parts;
mod rows;
mod title;

use std::collections::HashMap;

use crate::executor::{Executor, ExecutorKind, executors};
use crate::file::{Refusal, open};
use crate::paper::{PaperKind, papers};
use crate::problem::{Fault, Place, Problem};
use crate::schedule::{self, Period, Programme, Schedule};
use crate::system::System;
use crate::text::collapsed;
use parts::{Found, RawPart};
use rows::{Item, RawLine};

/// What was understood of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The years for which lines are due: those given, else those of the title, else those of the lines.
    pub programme: Option<Programme>,
    /// Roadmaps in the file; nearly always one.
    pub parts: Vec<Part>,
    /// Headings, in their order.
    pub headings: Vec<Heading>,
    /// Lines, in their order.
    pub lines: Vec<Line>,
    /// What is open, in the order of the file.
    pub problems: Vec<Problem>,
}

/// A roadmap of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its title, where there is one.
    pub title: Option<String>,
    /// The years that the title names.
    pub years: Option<Programme>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Index of its part.
    pub part: usize,
    /// Its code without the last point.
    pub code: Option<String>,
    /// Its words.
    pub title: String,
    /// 1 or 2.
    pub level: u8,
    /// The system that it names.
    pub system: Option<System>,
    /// Where it stands.
    pub place: Place,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Index of its part.
    pub part: usize,
    /// Indices of the headings it stands under: of the first level, and the nearest.
    pub group: Option<usize>,
    /// The nearest heading.
    pub section: Option<usize>,
    /// As written; may be empty and may be repeated.
    pub number: String,
    /// What is done.
    pub measure: String,
    /// When, in the document's words.
    pub schedule_text: String,
    /// When.
    pub schedule: Schedule,
    /// Due periods inside the programme.
    pub periods: Vec<Period>,
    /// Who, in the document's words.
    pub executors_text: String,
    /// Who.
    pub executors: Vec<Executor>,
    /// What comes of it.
    pub results: String,
    /// Papers that show it: named by the results, or by the measure where the document has no results.
    pub papers: Vec<PaperKind>,
    /// Other columns by their names.
    pub others: Vec<(String, String)>,
    /// Sheet or table, and its rows.
    pub place: Place,
    /// All rows that it takes.
    pub rows: Vec<usize>,
}

/// Reads a roadmap from `.docx`, `.odt`, `.xlsx`, `.xls`, `.ods` or CSV, told by its content.
///
/// `programme` is what the reader knows about the years; it goes before what the document says.
///
/// # Errors
/// When nothing can be read; the refusal says the way out.
pub fn read(bytes: &[u8], programme: Option<Programme>) -> Result<Reading, Refusal> {
    let source = open(bytes)?;
    let Found {
        parts,
        mut problems,
    } = parts::find(&source);
    if parts.iter().all(|part| part.placed.is_empty()) {
        return Err(Refusal::NoRoadmap);
    }
    if source.tracked_changes > 0 {
        let fault = Fault::TrackedChanges(source.tracked_changes);
        problems.insert(
            0,
            Problem {
                place: Place::default(),
                line: None,
                fault,
            },
        );
    }
    let mut reading = Reading::default();
    for part in &parts {
        reading.take(part);
    }
    reading.problems.append(&mut problems);
    reading.name_executors(&parts);
    reading.settle_years(programme);
    reading.note_problems(&parts);
    reading.problems.sort_by_key(|problem| problem.line);
    Ok(reading)
}

impl Reading {
    fn take(&mut self, part: &RawPart) {
        let index = self.parts.len();
        let years = part.title.as_deref().and_then(title::years);
        self.parts.push(Part {
            title: part.title.clone(),
            years,
        });
        let has_results = part.has_results;
        let (mut group, mut section) = (None, None);
        let mut year_heading: Option<String> = None;
        let mut is_fresh = false;
        for (place, item) in &part.placed {
            match item {
                Item::Heading(text) => {
                    let heading = self.heading(index, text, place.clone(), section, is_fresh);
                    is_fresh = true;
                    let is_top = heading.level == 1;
                    if is_top || title::years_of_heading(text) {
                        year_heading = Some(text.clone());
                    }
                    self.headings.push(heading);
                    section = Some(self.headings.len() - 1);
                    if is_top {
                        group = section;
                    }
                }
                Item::Line(raw) => {
                    is_fresh = false;
                    let heading = year_heading.as_deref();
                    let line = line(index, raw, place, (group, section), heading, has_results);
                    self.lines.push(line);
                }
            }
        }
    }

    /// Level by the depth of the code; without one, directly below a first-level heading the second.
    fn heading(
        &self,
        part: usize,
        text: &str,
        place: Place,
        above: Option<usize>,
        is_fresh: bool,
    ) -> Heading {
        let (code, title) = code::heading(text);
        let above = above.map(|index| &self.headings[index]);
        let level = match (&code, above) {
            (Some(code), _) if code.contains('.') => 2,
            (Some(_), _) | (None, None) => 1,
            (None, Some(above)) if is_fresh && above.level == 1 => 2,
            (None, Some(above)) => above.level,
        };
        let system = System::of_title(&title);
        Heading {
            part,
            code,
            title,
            level,
            system,
            place,
        }
    }

    fn name_executors(&mut self, parts: &[RawPart]) {
        let cells: Vec<String> = parts
            .iter()
            .flat_map(|part| &part.placed)
            .filter_map(|(_, item)| match item {
                Item::Line(raw) => Some(raw.executors.clone()),
                Item::Heading(_) => None,
            })
            .collect();
        for (line, executors) in self.lines.iter_mut().zip(executors(&cells)) {
            line.executors = executors;
        }
    }

    /// Decides for which years lines are due and works out the periods.
    fn settle_years(&mut self, given: Option<Programme>) {
        let titled = self.parts.iter().find_map(|part| part.years);
        let named = title::named_years(self.lines.iter().map(|line| &line.schedule));
        // A title that none of the lines agrees with names something else.
        let titled = titled.filter(|titled| {
            named.is_none_or(|(first, last)| Period::years(first, last).common(*titled).is_some())
        });
        self.programme = given
            .or(titled)
            .or(named.map(|(first, last)| Period::years(first, last)));
        let Some(programme) = self.programme else {
            self.file_problem(Fault::YearsUnknown);
            return;
        };
        for line in &mut self.lines {
            line.periods = line.schedule.occurrences(programme);
        }
        if let (Some(given), Some(titled)) = (given, titled)
            && !given.holds(titled)
        {
            let years = format!("{}–{}", titled.from.year, titled.to.year);
            self.file_problem(Fault::OtherYears(years));
        }
        let dated: Vec<&Line> = self
            .lines
            .iter()
            .filter(|line| !line.schedule.years().is_empty())
            .collect();
        let all_outside =
            !dated.is_empty() && dated.iter().all(|line| line.schedule.is_outside(programme));
        if let Some((first, last)) = named.filter(|_| all_outside) {
            self.file_problem(Fault::PastProgramme(first, last));
        } else {
            let outside: Vec<usize> = (0..self.lines.len())
                .filter(|index| self.lines[*index].schedule.is_outside(programme))
                .collect();
            for index in outside {
                let text = self.lines[index].schedule_text.clone();
                self.line_problem(index, Fault::OutsideProgramme(text));
            }
        }
    }

    fn note_problems(&mut self, parts: &[RawPart]) {
        let raws: Vec<&RawLine> = parts
            .iter()
            .flat_map(|part| &part.placed)
            .filter_map(|(_, item)| match item {
                Item::Line(raw) => Some(raw),
                Item::Heading(_) => None,
            })
            .collect();
        let mut seen: HashMap<(usize, String), usize> = HashMap::new();
        for (index, raw) in raws.iter().enumerate() {
            let line = &self.lines[index];
            let mut faults = raw.faults.clone();
            faults.dedup();
            if line.measure.is_empty() {
                faults.push(Fault::NoMeasure);
            }
            if line.schedule_text.is_empty() {
                faults.push(Fault::NoSchedule);
            } else if line.schedule == Schedule::Unknown {
                faults.push(Fault::UnknownSchedule(line.schedule_text.clone()));
            }
            if line.executors.is_empty() {
                faults.push(Fault::NoExecutor);
            }
            for person in line
                .executors
                .iter()
                .filter(|who| who.kind == ExecutorKind::Person)
            {
                faults.push(Fault::PersonNamed(person.name.clone()));
            }
            let number = code::bare(&line.number);
            let is_repeated =
                !number.is_empty() && seen.insert((line.part, number.clone()), index).is_some();
            if is_repeated && !faults.contains(&Fault::MergedCell) && code_is_unique(&number) {
                faults.push(Fault::NumberRepeated(number));
            }
            for fault in faults {
                self.line_problem(index, fault);
            }
        }
    }

    fn file_problem(&mut self, fault: Fault) {
        self.problems.push(Problem {
            place: Place::default(),
            line: None,
            fault,
        });
    }

    fn line_problem(&mut self, index: usize, fault: Fault) {
        let place = self.lines[index].place.clone();
        self.problems.push(Problem {
            place,
            line: Some(index),
            fault,
        });
    }
}

/// Lines numbered 1, 2, 3 below each heading begin anew; only deeper numbers are meant to stand once.
fn code_is_unique(number: &str) -> bool {
    number.contains('.')
}

fn line(
    part: usize,
    raw: &RawLine,
    place: &Place,
    (group, section): (Option<usize>, Option<usize>),
    heading: Option<&str>,
    has_results: bool,
) -> Line {
    let schedule_text = collapsed(&raw.schedule);
    let results = collapsed(&raw.results);
    let measure = collapsed(&raw.measure);
    Line {
        part,
        group,
        section,
        number: collapsed(&raw.number),
        schedule: schedule::read_in(&raw.schedule, heading),
        periods: Vec::new(),
        executors_text: collapsed(&raw.executors),
        executors: Vec::new(),
        papers: papers(if has_results { &results } else { &measure }),
        results,
        measure,
        schedule_text,
        others: raw.others.clone(),
        place: place.clone(),
        rows: raw.rows.clone(),
    }
}
