//! Questions with choices.

use super::super::parameters;
use super::super::problems::{Finding, nearest, repair};
use super::super::reference;
use super::super::row::Row;
use super::super::similar::{similar_sheet, similar_words};
use super::super::types;
use super::super::words::snake;
use super::reader::Reader;
use crate::form::{ChoiceSource, Edit, QuestionKind, Repair};

impl Reader<'_, '_, '_> {
    pub(super) fn select(
        &mut self,
        kind: QuestionKind,
        list: String,
        or_other: bool,
        from_file: bool,
        row: Row,
    ) {
        let extension = crate::xform::write::file_extension(&list).map(str::to_owned);
        let of_repeat = reference::has(&list);
        let command = kind.word();
        if kind == QuestionKind::SelectOneExternal {
            return self.external(list, row);
        }
        self.attached.insert(
            list.strip_suffix(extension.as_deref().unwrap_or_default())
                .unwrap_or(&list)
                .to_owned(),
        );
        if from_file && (extension.is_none() || list.matches('.').count() != 1) {
            let fixed = format!(
                "{command}_from_file {}.csv",
                list.split('.').next().unwrap_or_default()
            );
            let mend = self.set_cell(
                row.number,
                "type",
                &fixed,
                format!("Заменить на «{fixed}»"),
                format!("Change it to `{fixed}`"),
            );
            self.error(
                row.number,
                "type",
                Finding::BadFileExtension { file: list.clone() },
                Some(mend),
            );
        }
        let known = self.context.lists.get(&list).is_some();
        if !known && extension.is_none() && !of_repeat && !from_file {
            let mend = self.other_list(command, &list, &row);
            let finding = if self.context.lists.is_empty() {
                let similar = similar_sheet(self.context.workbook, "choices");
                Finding::MissingChoices {
                    similar: similar_words(similar),
                }
            } else {
                Finding::UnknownList { list: list.clone() }
            };
            self.error(row.number, "type", finding, Some(mend));
        }
        if kind == QuestionKind::SelectMultiple && extension.is_none() {
            self.check_multiple(&list, &row);
        }
        if or_other {
            self.or_other(&list, &row);
        }
        let keys = if from_file {
            "select-from-file"
        } else {
            "select"
        };
        let pairs = self.parameters(&row, parameters::accepted(keys));
        self.check_select_parameters(&pairs, from_file, &row);
        self.check_table(&list, &row);
        let source = if extension.is_some() || from_file {
            ChoiceSource::File(list.clone())
        } else if let Some(found) = reference::whole(&list) {
            ChoiceSource::Repeat(found.name.to_owned())
        } else {
            ChoiceSource::List(list.clone())
        };
        let number = row.number;
        let before = self.top().node.nodes.len();
        self.question_with(
            kind,
            types::Extra::default(),
            Some(source),
            row,
            Some(pairs),
            or_other,
        );
        if or_other && self.top().node.nodes.len() > before {
            self.add_other(number);
        }
    }

    pub(super) fn external(&mut self, list: String, row: Row) {
        if row.choice_filter.is_none() {
            self.warn(row.number, "choice_filter", Finding::ExternalWithoutFilter);
        }
        let named = |choice: &crate::form::ExternalChoice| {
            choice
                .columns
                .iter()
                .any(|(key, value)| key == "list_name" && *value == list)
        };
        if self.form.external_choices.is_empty() || !self.form.external_choices.iter().any(named) {
            let finding = if self.form.external_choices.is_empty() {
                Finding::MissingExternalChoices
            } else {
                Finding::UnknownList { list: list.clone() }
            };
            let mend = if self.context.lists.get(&list).is_some() {
                let kind = format!("select_one {list}");
                let (ru, en) = (
                    "Взять список с листа «choices»",
                    "Use the list of the sheet `choices`",
                );
                self.set_cell(row.number, "type", &kind, ru.to_owned(), en.to_owned())
            } else {
                match similar_sheet(self.context.workbook, "external_choices") {
                    Some(sheet) => repair(
                        format!("Переименовать лист «{}» в «external_choices»", sheet.name),
                        format!("Rename the sheet `{}` to `external_choices`", sheet.name),
                        Edit::RenameSheet {
                            sheet: sheet.name.clone(),
                            name: "external_choices".to_owned(),
                        },
                    ),
                    None => self.other_list("select_one", &list, &row),
                }
            };
            self.error(row.number, "type", finding, Some(mend));
        }
        let pairs = self.parameters(&row, parameters::accepted("select"));
        self.check_select_parameters(&pairs, false, &row);
        let source = Some(ChoiceSource::External(list));
        self.question_with(
            QuestionKind::SelectOneExternal,
            types::Extra::default(),
            source,
            row,
            Some(pairs),
            false,
        );
    }

    /// Names with blanks cannot be told apart in the answer of a multiple choice.
    pub(super) fn check_multiple(&mut self, list: &str, row: &Row) {
        if !self.multiple.insert(list.to_owned()) {
            return;
        }
        let blank = self.context.lists.get(list).and_then(|list| {
            let choice = list
                .choices
                .iter()
                .find(|choice| choice.name.contains(' '))?;
            Some(choice.name.clone())
        });
        let Some(name) = blank else { return };
        let mend = self.choice_cell(list, &name, &name.replace(' ', "_"));
        let finding = Finding::BlankInChoiceName {
            name,
            list: list.to_owned(),
        };
        self.error(row.number, "type", finding, mend);
    }

    /// Renames every choice of that name in that list.
    pub(super) fn choice_cell(&self, list: &str, name: &str, fixed: &str) -> Option<Repair> {
        let sheet = self
            .context
            .workbook
            .sheet("choices")
            .filter(|_| !self.context.report.is_full())?;
        let header = sheet.rows.first()?;
        let position = |words: &[&str]| {
            header
                .iter()
                .position(|cell| words.contains(&snake(cell).as_str()))
        };
        let (lists, names) = (position(&["list_name"])?, position(&["name", "value"])?);
        let rows = (1..sheet.rows.len()).filter(|at| {
            sheet.cell(*at, lists).trim() == list && sheet.cell(*at, names).trim() == name
        });
        let edits = rows.map(|at| Edit::SetCell {
            sheet: sheet.name.clone(),
            row: at as u32,
            column: names as u32,
            value: fixed.to_owned(),
        });
        let edits: Vec<Edit> = edits.collect();
        (!edits.is_empty()).then(|| Repair {
            label: crate::form::Message::new(
                format!("Назвать вариант «{fixed}»"),
                format!("Name the choice `{fixed}`"),
            ),
            edits,
        })
    }

    /// Another list for a select whose list does not exist: a similar one, or the select becomes a text.
    pub(super) fn other_list(&self, command: &str, list: &str, row: &Row) -> Repair {
        match nearest(list, self.suggestions(self.context.lists.names())) {
            Some(near) => {
                let kind = format!("{command} {near}");
                self.set_cell(
                    row.number,
                    "type",
                    &kind,
                    format!("Взять список «{near}»"),
                    format!("Use the list `{near}`"),
                )
            }
            None if command.starts_with("begin") => self.clear_row(row.number),
            None => self.set_cell(
                row.number,
                "type",
                "text",
                "Сделать вопрос текстовым".to_owned(),
                "Make it a text question".to_owned(),
            ),
        }
    }

    pub(super) fn check_table(&mut self, list: &str, row: &Row) {
        let Some(first) = self.top().table.clone() else {
            return;
        };
        if first.is_empty() {
            self.top().table = Some(list.to_owned());
            if row.choice_filter.is_some() {
                let mend = self.clear_cell(row.number, "choice_filter");
                self.error(
                    row.number,
                    "choice_filter",
                    Finding::TableListFilter,
                    Some(mend),
                );
            }
        } else if first != list {
            let finding = Finding::TableListMismatch {
                first,
                second: list.to_owned(),
            };
            let begin = self.top().row;
            let mend = self.clear_cell(begin, "appearance");
            self.error(row.number, "type", finding, Some(mend));
        }
    }
}
