//! A roadmap as a file has it: headings and lines to be kept, and what it left open.

use std::collections::BTreeMap;

use api::id::{HeadingId, LineId};
use api::management::programme::Heading;
use api::text::Text;
use roadmap::{Fault, Language, Problem, Reading, Schedule};
use uuid::Uuid;

use crate::store::{NewLine, NewRow};

/// Headings and lines of a reading, in their order, with ids that `id` makes; and what belongs to no line.
pub fn rows_of(reading: &Reading, mut id: impl FnMut() -> Uuid) -> (Vec<NewRow>, Vec<Text>) {
    let headings: Vec<HeadingId> = reading.headings.iter().map(|_| HeadingId(id())).collect();
    let mut notes_of: BTreeMap<usize, Vec<Text>> = BTreeMap::new();
    let mut notes = Vec::new();
    for problem in &reading.problems {
        match problem.line {
            // What the line itself tells is asked again whenever it is shown.
            Some(line) if is_of_cells(&problem.fault) => {
                notes_of.entry(line).or_default().push(worded(problem));
            }
            Some(_) => {}
            None => notes.push(worded(problem)),
        }
    }
    let mut rows = Vec::new();
    let mut next = 0;
    for (index, line) in reading.lines.iter().enumerate() {
        // Headings above a line are those up to its own.
        let own = line.section.map_or(next, |section| section + 1);
        while next < own.min(headings.len()) {
            rows.push(NewRow::Heading(heading(reading, next, headings[next])));
            next += 1;
        }
        rows.push(NewRow::Line(Box::new(NewLine {
            id: LineId(id()),
            heading: line.section.map(|section| headings[section]),
            number: line.number.clone(),
            measure: line.measure.clone(),
            written_term: line.schedule_text.clone(),
            written_executors: line.executors_text.clone(),
            term: match &line.schedule {
                Schedule::Unknown => line.schedule_text.clone(),
                known => known.words(),
            },
            executors: line
                .executors
                .iter()
                .map(|executor| executor.name.as_str())
                .collect::<Vec<_>>()
                .join("; "),
            results: line.results.clone(),
            others: line.others.clone(),
            notes: notes_of.remove(&index).unwrap_or_default(),
        })));
    }
    while next < headings.len() {
        rows.push(NewRow::Heading(heading(reading, next, headings[next])));
        next += 1;
    }
    (rows, notes)
}

fn heading(reading: &Reading, index: usize, id: HeadingId) -> Heading {
    let found = &reading.headings[index];
    Heading {
        id,
        code: found.code.clone().unwrap_or_default(),
        title: found.title.clone(),
        level: found.level,
        system: found.system.map(|system| system.code().to_owned()),
    }
}

/// What is strange about the cells of a line, which its words do not tell.
fn is_of_cells(fault: &Fault) -> bool {
    matches!(
        fault,
        Fault::NestedTable | Fault::MergedCell | Fault::TextLeft(_)
    )
}

/// A problem as a sentence with a capital letter.
pub(super) fn worded(problem: &Problem) -> Text {
    Text::new(
        capital(&problem.words(Language::Russian)),
        capital(&problem.words(Language::English)),
    )
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
