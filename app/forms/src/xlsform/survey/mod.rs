//! The survey sheet: rows to the tree of questions.

mod group;
mod names;
mod other;
mod parameters;
mod question;
mod reader;
mod repetition;
mod scored;
mod select;

use super::context::{Context, rows};
use super::entities;
use super::header::Column;
use super::problems::{Finding, nearest, repair};
use super::reference;
use super::row::{self, Row};
use super::sheet::Sheet;
use super::types::{self, Control, RowType};
use super::words::yes;
use crate::form::{ChoiceSource, Edit, Form, QuestionKind, Text};
use reader::{Frame, Reader};
use std::collections::HashSet;

/// Rows of a survey that are read.
const MAX_ROWS: usize = 50_000;

pub(super) fn read<'w>(
    context: &mut Context<'w>,
    form: &mut Form,
    sheet: &'w Sheet,
    columns: &[Column],
) {
    let at = rows(context, sheet, MAX_ROWS);
    let mut reader = Reader {
        context,
        form,
        sheet,
        columns,
        stack: vec![Frame::new(Control::Group, 0)],
        repeats: HashSet::new(),
        skipped: 0,
        save_to: entities::SaveTo::default(),
        triggers: Vec::new(),
        questions: HashSet::new(),
        geometries: Vec::new(),
        attached: HashSet::new(),
        multiple: HashSet::new(),
    };
    for at in at {
        if let Some(row) = row::read(reader.context, sheet, columns, at) {
            reader.row(row);
        }
    }
    reader.finish();
}

impl Reader<'_, '_, '_> {
    fn row(&mut self, mut row: Row) {
        if let Some(disabled) = row.disabled.take() {
            self.warn(row.number, "disabled", Finding::DisabledColumn);
            if yes(&disabled) == Some(true) {
                return;
            }
        }
        if row.kind.is_empty() {
            if row.name.is_empty() && row.label.is_empty() {
                self.warn(row.number, "type", Finding::RowSkipped);
                return;
            }
            let mend = self.set_cell(
                row.number,
                "type",
                "note",
                "Считать строку пояснением (note)".to_owned(),
                "Make the row a note".to_owned(),
            );
            self.error(row.number, "type", Finding::NoType, Some(mend));
            "note".clone_into(&mut row.kind);
        }
        match types::parse(&row.kind) {
            RowType::Setting(setting) => self.setting(setting, row.name),
            RowType::End { control } => self.end(control, &row),
            RowType::Begin { control, list } => self.begin(control, list, row),
            RowType::Select {
                kind,
                list,
                or_other,
                from_file,
            } => self.select(kind, list, or_other, from_file, row),
            RowType::Osm { list } => {
                let source = list.map(ChoiceSource::List);
                self.question(QuestionKind::Osm, types::Extra::default(), source, row);
            }
            RowType::Question { kind, extra } => self.question(kind, extra, None, row),
            RowType::Unknown => self.unknown(row),
        }
    }

    fn setting(&mut self, setting: &str, value: String) {
        match setting {
            "title" => self.form.title = Text::plain(value),
            "id_string" => self.form.id = value,
            _ => self.form.settings.other.push((setting.to_owned(), value)),
        }
    }

    fn unknown(&mut self, row: Row) {
        let word = row.kind.clone();
        let plain = word
            .to_lowercase()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let respelled = [
            plain.clone(),
            plain.replace(' ', "_"),
            plain.replace('_', " "),
        ]
        .into_iter()
        .find(|word| !matches!(types::parse(word), RowType::Unknown));
        let guess = respelled
            .or_else(|| {
                nearest(&plain.replace(' ', "_"), types::WORDS.iter().copied()).map(str::to_owned)
            })
            .or_else(|| self.guess_select(&plain))
            .unwrap_or_else(|| "text".to_owned());
        let mend = self.set_cell(
            row.number,
            "type",
            &guess,
            format!("Заменить тип на «{guess}»"),
            format!("Change the type to `{guess}`"),
        );
        self.error(
            row.number,
            "type",
            Finding::UnknownType { word },
            Some(mend),
        );
        self.question(QuestionKind::Text, types::Extra::default(), None, row);
    }

    /// `selekt_one colours` and the like: a mistyped command before the name of a list.
    fn guess_select(&self, plain: &str) -> Option<String> {
        let (command, list) = plain.rsplit_once(' ')?;
        let list = self
            .context
            .lists
            .names()
            .take(5_000)
            .find(|name| name.to_lowercase() == list)?;
        let commands = ["select_one", "select_multiple", "rank"];
        let command = nearest(&command.replace(' ', "_"), commands).unwrap_or("select_one");
        Some(format!("{command} {list}"))
    }

    fn finish(mut self) {
        while self.stack.len() > 1 {
            let frame = &self.stack[self.stack.len() - 1];
            let (word, name, row) = (frame.control.word(), frame.node.name.clone(), frame.row);
            let header = self.header("type");
            let edit = Edit::AppendRow {
                sheet: self.sheet.name.clone(),
                cells: vec![(header, format!("end_{word}"))],
            };
            let mend = repair(
                format!("Добавить в конец «end_{word}»"),
                format!("Add `end_{word}` at the end"),
                edit,
            );
            self.error(
                row,
                "type",
                Finding::Unclosed {
                    control: word,
                    name,
                },
                Some(mend),
            );
            self.pop();
        }
        for (name, row) in std::mem::take(&mut self.triggers) {
            if !self.questions.contains(&name) {
                let mend = match nearest(
                    &name,
                    self.suggestions(self.questions.iter().map(String::as_str)),
                ) {
                    Some(near) => self.set_cell(
                        row,
                        "trigger",
                        &format!("${{{near}}}"),
                        format!("Заменить на ${{{near}}}"),
                        format!("Change it to ${{{near}}}"),
                    ),
                    None => self.clear_cell(row, "trigger"),
                };
                self.error(
                    row,
                    "trigger",
                    Finding::UnknownReference { name },
                    Some(mend),
                );
            }
        }
        self.check_geometries();
        if let Some(frame) = self.stack.pop() {
            self.form.nodes = frame.node.nodes;
        }
    }

    fn check_geometries(&mut self) {
        for (target, row) in std::mem::take(&mut self.geometries) {
            let known = self.attached.contains(&target)
                || self.context.lists.get(&target).is_some()
                || self.context.entity_lists.contains(&target)
                || reference::whole(&target).is_some_and(|found| self.repeats.contains(found.name));
            if !known {
                let mend = self.clear_cell(row, "parameters");
                self.error(row, "parameters", Finding::ReferenceGeometry, Some(mend));
            }
        }
    }
}
