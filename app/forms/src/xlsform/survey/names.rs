//! Names of questions and groups.

use super::super::problems::Finding;
use super::super::reference::{self, is_xml_name};
use super::super::row::Row;
use super::reader::Reader;
use crate::form::Repair;

impl Reader<'_, '_, '_> {
    /// The name of a row, given or made, and unique in its group.
    pub(super) fn name(&mut self, row: &Row, is_note: bool) -> String {
        let mut name = row.name.clone();
        if name.is_empty() {
            name = if is_note {
                format!("generated_note_name_{}", row.number)
            } else {
                format!("row_{}", row.number)
            };
            if !is_note {
                let mend = self.set_cell(
                    row.number,
                    "name",
                    &name,
                    format!("Назвать «{name}»"),
                    format!("Name it `{name}`"),
                );
                self.error(row.number, "name", Finding::NoName, Some(mend));
            }
        } else if !is_xml_name(&name) {
            let fixed = self.free_name(&xml_name(&name));
            let mend = self.rename(row, &fixed);
            self.error(row.number, "name", Finding::BadName { name }, Some(mend));
            name = fixed;
        }
        if self.top().names.contains(&name) {
            let fixed = self.free_name(&name);
            let mend = self.rename(row, &fixed);
            let finding = if name == "meta" {
                Finding::ReservedName { name }
            } else {
                Finding::DuplicateName { name }
            };
            self.error(row.number, "name", finding, Some(mend));
            name = fixed;
        }
        self.top().names.insert(name.clone());
        if !self.top().lower.insert(name.to_lowercase()) {
            self.warn(
                row.number,
                "name",
                Finding::SimilarName { name: name.clone() },
            );
        }
        name
    }

    pub(super) fn rename(&self, row: &Row, name: &str) -> Repair {
        self.set_cell(
            row.number,
            "name",
            name,
            format!("Переименовать в «{name}»"),
            format!("Rename it to `{name}`"),
        )
    }

    /// `name` or, when it is taken in this group, `name_2`, `name_3`, ….
    pub(super) fn free_name(&mut self, name: &str) -> String {
        let (repeats, frame) = (&self.repeats, self.stack.last_mut());
        let Some(frame) = frame else {
            return name.to_owned();
        };
        if !frame.names.contains(name) && !repeats.contains(name) {
            return name.to_owned();
        }
        // Counting goes on where it ended: thousands of equal names take linear time.
        let next = frame.numbers.entry(name.to_owned()).or_insert(2);
        loop {
            let free = format!("{name}_{next}");
            *next += 1;
            if !frame.names.contains(&free) && !repeats.contains(&free) {
                return free;
            }
        }
    }
}

/// A name made of what can stay of `name`.
fn xml_name(name: &str) -> String {
    let mut fixed: String = name
        .chars()
        .map(|c| if reference::is_name_char(c) { c } else { '_' })
        .take(64)
        .collect();
    if !fixed.chars().next().is_some_and(reference::is_name_start) {
        fixed.insert(0, '_');
    }
    fixed
}
