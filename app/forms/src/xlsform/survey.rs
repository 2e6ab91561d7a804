//! The survey sheet: rows to the tree of questions.

use super::choices::rows;
use super::entities;
use super::header::Column;
use super::import::{Context, similar_sheet, similar_words};
use super::problems::{Finding, nearest, repair};
use super::reference::{self, is_xml_name};
use super::row::{self, Row};
use super::sheet::Sheet;
use super::types::{self, Control, RowType};
use super::{parameters, range, yes};
use crate::form::{
    Choice, ChoiceList, ChoiceSource, Companion, CompanionRole, Edit, Evidence, EvidenceKind, Form,
    Generated, Group, Node, Question, QuestionKind, Repair, Repeat, Section, Text,
};
use crate::xform::write::is_dynamic;
use std::collections::{HashMap, HashSet};

/// Rows of a survey that are read.
const MAX_ROWS: usize = 50_000;
/// Groups nested deeper than this are flattened: recursion elsewhere stays bounded.
const MAX_DEPTH: usize = 64;

/// A group, repeat or loop that is open.
struct Frame {
    control: Control,
    node: Group,
    repeat: Repeat,
    list: Option<String>,
    row: u32,
    names: HashSet<String>,
    lower: HashSet<String>,
    /// Next number to try for a name that is taken.
    numbers: HashMap<String, usize>,
    /// First list of a table-list; empty before its first select.
    table: Option<String>,
}

impl Frame {
    fn new(control: Control, row: u32) -> Self {
        Self {
            control,
            node: Group::default(),
            repeat: Repeat::default(),
            list: None,
            row,
            names: HashSet::from(["meta".to_owned()]),
            lower: HashSet::new(),
            numbers: HashMap::new(),
            table: None,
        }
    }
}

/// Reads the rows.
struct Reader<'c, 'w, 'f> {
    context: &'c mut Context<'w>,
    form: &'f mut Form,
    sheet: &'w Sheet,
    columns: &'c [Column],
    stack: Vec<Frame>,
    repeats: HashSet<String>,
    /// Begin rows beyond the depth limit that still wait for their end.
    skipped: usize,
    save_to: entities::SaveTo,
    /// Names that triggers mention, with their rows: they must be questions.
    triggers: Vec<(String, u32)>,
    questions: HashSet<String>,
    geometries: Vec<(String, u32)>,
    attached: HashSet<String>,
    /// Lists whose names were checked for multiple choice.
    multiple: HashSet<String>,
}

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
    fn error(&mut self, row: u32, column: &str, finding: Finding, repair: Option<Repair>) {
        let header = self.header(column);
        self.context
            .report
            .error(&self.sheet.name, row, &header, finding, repair);
    }

    fn warn(&mut self, row: u32, column: &str, finding: Finding) {
        let header = self.header(column);
        self.context
            .report
            .warn_at(&self.sheet.name, row, &header, finding);
    }

    fn column(&self, word: &str) -> Option<&Column> {
        if word == "type_of_bind" {
            return self
                .columns
                .iter()
                .find(|column| column.word() == "bind" && column.tokens[1..] == ["type"]);
        }
        self.columns
            .iter()
            .find(|column| column.tokens.last().is_some_and(|token| token == word))
    }

    /// The header that the author used for a column.
    fn header(&self, word: &str) -> String {
        self.column(word)
            .map_or_else(|| word.to_owned(), |column| column.header.clone())
    }

    /// Sets a cell of a row; adds the column when the sheet lacks it.
    fn set_cell(&self, row: u32, word: &str, value: &str, ru: String, en: String) -> Repair {
        let sheet = self.sheet.name.clone();
        let edit = match self.column(word) {
            Some(column) => Edit::SetCell {
                sheet,
                row: row - 1,
                column: column.index as u32,
                value: value.to_owned(),
            },
            None => Edit::SetColumn {
                sheet,
                row: row - 1,
                header: super::row_header(word),
                value: value.to_owned(),
            },
        };
        repair(ru, en, edit)
    }

    fn clear_cell(&self, row: u32, word: &str) -> Repair {
        let header = self.header(word);
        self.set_cell(
            row,
            word,
            "",
            format!("Очистить ячейку «{header}»"),
            format!("Clear the cell `{header}`"),
        )
    }

    fn clear_row(&self, row: u32) -> Repair {
        let edit = Edit::ClearRow {
            sheet: self.sheet.name.clone(),
            row: row - 1,
        };
        repair("Убрать строку", "Remove the row", edit)
    }

    /// What to compare a mistyped word with; nothing once nobody will read the suggestion.
    fn suggestions<'n>(
        &self,
        names: impl Iterator<Item = &'n str>,
    ) -> impl Iterator<Item = &'n str> {
        names.take(if self.context.report.is_full() {
            0
        } else {
            5_000
        })
    }

    fn top(&mut self) -> &mut Frame {
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }

    fn add(&mut self, node: Node) {
        self.top().node.nodes.push(node);
    }

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

    /// The name of a row, given or made, and unique in its group.
    fn name(&mut self, row: &Row, is_note: bool) -> String {
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

    fn rename(&self, row: &Row, name: &str) -> Repair {
        self.set_cell(
            row.number,
            "name",
            name,
            format!("Переименовать в «{name}»"),
            format!("Rename it to `{name}`"),
        )
    }

    /// `name` or, when it is taken in this group, `name_2`, `name_3`, ….
    fn free_name(&mut self, name: &str) -> String {
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

    fn begin(&mut self, control: Control, list: Option<String>, mut row: Row) {
        if self.stack.len() > MAX_DEPTH {
            self.error(
                row.number,
                "type",
                Finding::TooDeep { limit: MAX_DEPTH },
                None,
            );
            self.skipped += 1;
            return;
        }
        let mut name = self.name(&row, false);
        if let Some(save_to) = &row.save_to {
            self.save_to(save_to, &row, true);
        }
        if control == Control::Repeat {
            let clash = if name == self.form.root {
                Some(Finding::RepeatNamedAsRoot { name: name.clone() })
            } else if self.repeats.contains(&name) {
                Some(Finding::DuplicateRepeat { name: name.clone() })
            } else {
                None
            };
            if let Some(finding) = clash {
                self.repeats.insert(name.clone());
                let fixed = self.free_name(&name);
                let mend = self.rename(&row, &fixed);
                self.error(row.number, "name", finding, Some(mend));
                name = fixed;
            }
            self.repeats.insert(name.clone());
            if row.label.is_empty() && row.media.is_empty() {
                self.warn(
                    row.number,
                    "label",
                    Finding::NoRepeatLabel { name: name.clone() },
                );
            }
        }
        let mut frame = Frame::new(control, row.number);
        if control == Control::Loop {
            match list {
                None => self.error(
                    row.number,
                    "type",
                    Finding::LoopWithoutList,
                    Some(self.clear_row(row.number)),
                ),
                Some(list) if self.context.lists.get(&list).is_none() => {
                    let mend = self.other_list("begin_loop over", &list, &row);
                    self.error(
                        row.number,
                        "type",
                        Finding::UnknownList { list },
                        Some(mend),
                    );
                }
                Some(list) => frame.list = Some(list),
            }
        }
        if row
            .appearance
            .as_deref()
            .unwrap_or_default()
            .split_whitespace()
            .any(|word| word == "table-list")
        {
            frame.table = Some(String::new());
        } else if let Some(table) = self.stack.last().and_then(|frame| frame.table.clone()) {
            frame.table = Some(table);
        }
        self.parameters(&row, None);
        self.trigger(&row);
        frame.repeat.repeat_count = row.repeat_count.clone();
        if control != Control::Repeat
            && let Some(count) = row.repeat_count.take()
        {
            row.body.push(("jr:count".to_owned(), count));
        }
        let pairs = row
            .parameters
            .as_deref()
            .and_then(parameters::parse)
            .unwrap_or_default();
        let number = |key: &str| {
            pairs
                .iter()
                .find(|(name, _)| name == key)
                .and_then(|(_, value)| value.parse().ok())
        };
        (frame.repeat.min, frame.repeat.max) = (number("min"), number("max"));
        frame.node = self.group(name, row);
        self.stack.push(frame);
    }

    fn group(&mut self, name: String, mut row: Row) -> Group {
        if let Some(message) = text_attribute(&row.constraint_message) {
            row.bind.push(("jr:constraintMsg".to_owned(), message));
        }
        if let Some(message) = text_attribute(&row.required_message) {
            row.bind.push(("jr:requiredMsg".to_owned(), message));
        }
        for (key, value) in [
            ("constraint", &row.constraint),
            ("required", &row.required),
            ("calculate", &row.calculation),
        ] {
            row.bind
                .extend(value.clone().map(|value| (key.to_owned(), value)));
        }
        let section = self.section(&row);
        row.sort();
        Group {
            name,
            label: row.label,
            hint: row.hint,
            media: row.media,
            relevant: row.relevant,
            read_only: row.read_only,
            appearance: row.appearance,
            intent: row.intent,
            bind: row.bind,
            body: row.body,
            instance: row.instance,
            section,
            nodes: Vec::new(),
        }
    }

    fn section(&mut self, row: &Row) -> Option<Section> {
        let word = row.extra("section")?;
        let block = match word {
            "block" => true,
            word if yes(word) == Some(true) => false,
            word if yes(word) == Some(false) => return None,
            word => {
                let finding = Finding::BadWord {
                    column: "section",
                    value: word.to_owned(),
                    expected: "yes, no, block".to_owned(),
                };
                self.warn(row.number, "section", finding);
                return None;
            }
        };
        Some(Section {
            weight: self.number(row, "weight"),
            block,
        })
    }

    fn end(&mut self, control: Control, row: &Row) {
        self.trigger(row);
        self.parameters(row, None);
        if let Some(save_to) = &row.save_to {
            self.save_to(save_to, row, true);
        }
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let open = self.stack.len() > 1 && self.top().control == control;
        if !open {
            let finding = Finding::UnmatchedEnd {
                control: control.word(),
                name: row.name.clone(),
            };
            let mend = match self.stack.last() {
                // The wrong word for the innermost group: closing it is what the author meant.
                Some(frame) if self.stack.len() > 1 => {
                    let word = format!("end_{}", frame.control.word());
                    self.set_cell(
                        row.number,
                        "type",
                        &word,
                        format!("Заменить на «{word}»"),
                        format!("Change it to `{word}`"),
                    )
                }
                _ => self.clear_row(row.number),
            };
            self.error(row.number, "type", finding, Some(mend));
            if self.stack.len() == 1 {
                return;
            }
        }
        self.pop();
    }

    fn pop(&mut self) {
        let Some(frame) = self.stack.pop() else {
            return;
        };
        let node = match frame.control {
            Control::Group => Node::Group(Box::new(frame.node)),
            Control::Repeat => Node::Repeat(Box::new(Repeat {
                group: frame.node,
                ..frame.repeat
            })),
            Control::Loop => {
                let list = frame
                    .list
                    .as_deref()
                    .and_then(|list| self.context.lists.get(list));
                Node::Group(Box::new(expand_loop(frame.node, list)))
            }
        };
        self.top().table = None;
        self.add(node);
    }

    /// Another list for a select whose list does not exist: a similar one, or the select becomes a text.
    fn other_list(&self, command: &str, list: &str, row: &Row) -> Repair {
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

    fn select(
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

    fn external(&mut self, list: String, row: Row) {
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
    fn check_multiple(&mut self, list: &str, row: &Row) {
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
    fn choice_cell(&self, list: &str, name: &str, fixed: &str) -> Option<Repair> {
        let sheet = self
            .context
            .workbook
            .sheet("choices")
            .filter(|_| !self.context.report.is_full())?;
        let header = sheet.rows.first()?;
        let position = |words: &[&str]| {
            header
                .iter()
                .position(|cell| words.contains(&super::header::snake(cell).as_str()))
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

    fn or_other(&mut self, list: &str, row: &Row) {
        if row.choice_filter.is_some() {
            let mend = self.clear_cell(row.number, "choice_filter");
            self.error(
                row.number,
                "choice_filter",
                Finding::OrOtherWithFilter,
                Some(mend),
            );
        }
        let languages: Vec<String> = {
            let Some(found) = self
                .context
                .lists
                .get(list)
                .filter(|list| !list.choices.is_empty())
            else {
                let mend = self.other_list("select_one", list, row);
                self.error(row.number, "type", Finding::OrOtherWithoutList, Some(mend));
                return;
            };
            let mut languages = Vec::new();
            for choice in &found.choices {
                if choice
                    .label
                    .iter()
                    .any(|(language, _)| language != Text::DEFAULT)
                {
                    for (language, _) in choice.label.iter() {
                        if !languages.iter().any(|other| other == language) {
                            languages.push(language.to_owned());
                        }
                    }
                }
            }
            languages
        };
        if !languages.is_empty() {
            self.warn(row.number, "type", Finding::OrOtherTranslations);
        }
        let label = if languages.is_empty() {
            Text::plain("Other")
        } else {
            languages
                .into_iter()
                .map(|language| (language.clone(), other_word(&language).to_owned()))
                .collect()
        };
        if let Some(list) = self.context.lists.get_mut(list)
            && !list.choices.iter().any(|choice| choice.name == "other")
        {
            list.choices.push(Choice {
                name: "other".to_owned(),
                label,
                ..Choice::default()
            });
        }
    }

    /// The text behind the choice `other`.
    fn add_other(&mut self, _row: u32) {
        let Some(Node::Question(select)) = self.top().node.nodes.last() else {
            return;
        };
        let name = select.name.clone();
        let other = Question {
            name: format!("{name}_other"),
            kind: QuestionKind::Text,
            label: Text::plain("Specify other."),
            relevant: Some(format!("selected(../{name}, 'other')")),
            generated: Some(Generated::OrOther),
            ..Question::default()
        };
        self.add(Node::Question(Box::new(other)));
    }

    fn check_select_parameters(&mut self, pairs: &[(String, String)], from_file: bool, row: &Row) {
        let get = |key: &str| {
            pairs
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value.as_str())
        };
        let mut bad: Option<(&str, &'static str)> = None;
        if from_file {
            for key in ["value", "label"] {
                if get(key).is_some_and(|value| !is_xml_name(value)) {
                    bad = Some((key, "name"));
                }
            }
        }
        match (get("randomize"), get("seed")) {
            (Some("true" | "false"), Some(seed)) => {
                if reference::whole(seed).is_none() && seed.parse::<f64>().is_err() {
                    bad = Some(("seed", "0, 1, … / ${name}"));
                }
            }
            (Some("true" | "false"), None) | (None, None) => {}
            (Some(_), _) => bad = Some(("randomize", "true / false")),
            (None, Some(_)) => bad = Some(("seed", "randomize=true")),
        }
        if let Some((name, expected)) = bad {
            let mend = self.clear_cell(row.number, "parameters");
            let finding = Finding::BadParameter {
                name: name.to_owned(),
                expected,
            };
            self.error(row.number, "parameters", finding, Some(mend));
        }
    }

    fn check_table(&mut self, list: &str, row: &Row) {
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

    /// The pairs of the `parameters` column, checked against what the type accepts.
    fn parameters(&mut self, row: &Row, accepted: Option<&[&str]>) -> Vec<(String, String)> {
        let Some(cell) = row.parameters.as_deref() else {
            return Vec::new();
        };
        let Some(pairs) = parameters::parse(cell) else {
            let mend = self.clear_cell(row.number, "parameters");
            self.error(row.number, "parameters", Finding::BadParameters, Some(mend));
            return Vec::new();
        };
        let Some(accepted) = accepted else {
            return pairs;
        };
        let (kept, rejected): (Vec<_>, Vec<_>) = pairs
            .into_iter()
            .partition(|(key, _)| accepted.contains(&key.as_str()));
        if !rejected.is_empty() {
            let cell: Vec<String> = kept
                .iter()
                .map(|(key, value)| format!("{key}={value}"))
                .collect();
            let mend = self.set_cell(
                row.number,
                "parameters",
                &cell.join(" "),
                "Убрать неизвестные параметры".to_owned(),
                "Remove the unknown parameters".to_owned(),
            );
            let mut names: Vec<String> = rejected.into_iter().map(|(key, _)| key).collect();
            names.sort();
            let finding = Finding::UnknownParameters {
                accepted: accepted.join(", "),
                rejected: names.join(", "),
            };
            self.error(row.number, "parameters", finding, Some(mend));
        }
        kept
    }

    fn question(
        &mut self,
        kind: QuestionKind,
        extra: types::Extra,
        source: Option<ChoiceSource>,
        row: Row,
    ) {
        self.question_with(kind, extra, source, row, None, false);
    }

    fn question_with(
        &mut self,
        kind: QuestionKind,
        extra: types::Extra,
        source: Option<ChoiceSource>,
        mut row: Row,
        pairs: Option<Vec<(String, String)>>,
        or_other: bool,
    ) {
        let trigger = self.trigger(&row);
        let pairs = match pairs {
            Some(pairs) => pairs,
            None => {
                // As in the reference, only the present-day words of types have parameters.
                let understood = parameters::has_parameters(&row.kind);
                let accepted = parameters::accepted(kind.word()).filter(|_| understood);
                let pairs = self.parameters(&row, accepted);
                if understood {
                    self.check_parameters(kind, &pairs, &row);
                    pairs
                } else {
                    Vec::new()
                }
            }
        };
        let name = if kind == QuestionKind::Audit {
            if !row.name.is_empty() && row.name != "audit" {
                let mend = self.clear_cell(row.number, "name");
                self.error(row.number, "name", Finding::AuditName, Some(mend));
            }
            "audit".to_owned()
        } else {
            self.name(&row, kind == QuestionKind::Note)
        };
        self.check_kind(kind, &row, trigger.is_some());
        if let Some(save_to) = row.save_to.clone()
            && !self.save_to(&save_to, &row, false)
        {
            row.save_to = None;
        }
        if kind != QuestionKind::Audit {
            self.questions.insert(name.clone());
        }
        if kind.is_attached_data() {
            self.attached.insert(name.clone());
        }
        let is_geo = matches!(
            kind,
            QuestionKind::Geopoint | QuestionKind::Geotrace | QuestionKind::Geoshape
        );
        if let Some((_, target)) = pairs
            .iter()
            .find(|(key, _)| is_geo && key == "reference-geometry")
        {
            self.geometries.push((target.clone(), row.number));
        }
        if let Some(constraint) = extra.constraint {
            row.constraint.get_or_insert_with(|| constraint.to_owned());
        }
        if let Some(hint) = extra.hint.filter(|_| row.hint.is_empty()) {
            row.hint = Text::plain(hint);
        }
        if let Some(params) = extra.preload_params
            && !row.bind.iter().any(|(key, _)| key == "jr:preloadParams")
        {
            row.bind
                .push(("jr:preloadParams".to_owned(), params.to_owned()));
        }
        if let Some(count) = row.repeat_count.take() {
            row.body.push(("jr:count".to_owned(), count));
        }
        if kind.is_select()
            && let Some((_, word)) = row
                .bind
                .iter()
                .find(|(key, word)| key == "type" && word != "string" && word != "odk:rank")
        {
            let finding = Finding::BadWord {
                column: "bind::type",
                value: word.clone(),
                expected: "string".to_owned(),
            };
            let mend = self.clear_cell(row.number, "type_of_bind");
            self.error(row.number, "bind::type", finding, Some(mend));
        }
        row.sort();
        let mut question = self.scored(&row);
        question.name = name;
        question.kind = kind;
        question.label = row.label;
        question.hint = row.hint;
        question.guidance_hint = row.guidance_hint;
        question.media = row.media;
        question.choices = source;
        question.or_other = or_other;
        question.choice_filter = row.choice_filter;
        question.relevant = row.relevant;
        question.constraint = row.constraint;
        question.constraint_message = row.constraint_message;
        question.required = row.required;
        question.required_message = row.required_message;
        question.read_only = row.read_only;
        question.calculation = row.calculation;
        question.default = row.default;
        question.trigger = trigger;
        question.appearance = row.appearance;
        question.parameters = pairs;
        question.save_to = row.save_to;
        question.bind = row.bind;
        question.body = row.body;
        question.instance = row.instance;
        self.add(Node::Question(Box::new(question)));
    }

    /// Our own columns.
    fn scored(&mut self, row: &Row) -> Question {
        let flag = |column: &str| row.extra(column).and_then(yes);
        let evidence = Evidence {
            kind: self
                .word(row, "evidence", EvidenceKind::from_word)
                .unwrap_or_default(),
            required_from: self.number(row, "evidence_from"),
            what: row.extra_text("evidence_what"),
        };
        let companion = row.extra("companion").and_then(|cell| {
            let (role, of) = cell.split_once(' ')?;
            Some(Companion {
                of: of.trim().to_owned(),
                role: CompanionRole::from_word(role)?,
            })
        });
        if row.extra("companion").is_some() && companion.is_none() {
            let finding = Finding::BadWord {
                column: "companion",
                value: row.extra("companion").unwrap_or_default().to_owned(),
                expected: "note NAME, photo NAME, evidence NAME, file NAME, comment NAME"
                    .to_owned(),
            };
            self.warn(row.number, "companion", finding);
        }
        Question {
            weight: self.number(row, "weight"),
            key_item: flag("key_item") == Some(true),
            critical: flag("critical") == Some(true),
            alert: flag("alert") == Some(true),
            expert: flag("expert") == Some(true),
            outside_index: flag("counts_in_index") == Some(false),
            ok_answer: row.extra("ok_answer").map(str::to_owned),
            evidence,
            tags: row
                .extra("tags")
                .map(|cell| {
                    cell.split([',', ' '])
                        .filter(|tag| !tag.is_empty())
                        .map(str::to_owned)
                        .collect()
                })
                .unwrap_or_default(),
            explanation: row.extra_text("explanation"),
            prefill: row.extra("prefill").map(str::to_owned),
            unit: row.extra("unit").map(str::to_owned),
            companion,
            ..Question::default()
        }
    }

    fn number(&mut self, row: &Row, column: &'static str) -> Option<f64> {
        let cell = row.extra(column)?;
        let number = cell
            .replace(',', ".")
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite());
        if number.is_none() {
            self.warn(
                row.number,
                column,
                Finding::BadNumber {
                    column,
                    value: cell.to_owned(),
                },
            );
        }
        number
    }

    fn word<T>(
        &mut self,
        row: &Row,
        column: &'static str,
        read: fn(&str) -> Option<T>,
    ) -> Option<T> {
        let cell = row.extra(column)?;
        let value = read(cell);
        if value.is_none() {
            let expected = "none, note, note_on_fail, note_photo_optional, photo_optional, photo, photo_on_fail, number, document";
            let finding = Finding::BadWord {
                column,
                value: cell.to_owned(),
                expected: expected.to_owned(),
            };
            self.warn(row.number, column, finding);
        }
        value
    }

    fn trigger(&mut self, row: &Row) -> Option<String> {
        let cell = row.trigger.as_deref()?;
        let mut found = Vec::new();
        let mut finding = (!cell.contains("${")).then_some(Finding::MalformedReference);
        for part in cell.split(',') {
            let mut in_part = reference::references(part);
            match in_part.next() {
                Some(Ok(reference)) => found.push(reference.name.to_owned()),
                Some(Err(_)) => finding = Some(Finding::MalformedReference),
                None => {}
            }
            match in_part.next() {
                Some(Ok(_)) => finding = Some(Finding::ReferenceListNeedsCommas),
                Some(Err(_)) => finding = Some(Finding::MalformedReference),
                None => {}
            }
        }
        if let Some(finding) = finding {
            let mend = self.clear_cell(row.number, "trigger");
            self.error(row.number, "trigger", finding, Some(mend));
            return None;
        }
        self.triggers
            .extend(found.iter().map(|name| (name.clone(), row.number)));
        (!found.is_empty()).then(|| cell.to_owned())
    }

    fn check_kind(&mut self, kind: QuestionKind, row: &Row, triggered: bool) {
        let number = row.number;
        match kind {
            QuestionKind::Calculate => {
                let dynamic = row
                    .default
                    .as_deref()
                    .is_some_and(|default| is_dynamic(default, kind));
                if row.calculation.is_none() && !dynamic {
                    let mend = self.set_cell(
                        number,
                        "calculate",
                        row.default.as_deref().map_or("''", |_| "."),
                        "Вписать пустую формулу".to_owned(),
                        "Enter an empty formula".to_owned(),
                    );
                    self.error(number, "calculation", Finding::NoCalculation, Some(mend));
                }
            }
            QuestionKind::SubscriberId | QuestionKind::SimSerial => {
                self.warn(
                    number,
                    "type",
                    Finding::DeprecatedType {
                        word: kind.word().to_owned(),
                    },
                );
            }
            QuestionKind::BackgroundGeopoint => {
                if !triggered {
                    let mend = self.set_cell(
                        number,
                        "type",
                        "start-geopoint",
                        "Записать место в начале заполнения".to_owned(),
                        "Record the place when filling begins".to_owned(),
                    );
                    self.error(number, "trigger", Finding::NoTrigger, Some(mend));
                }
                if row.calculation.is_some() {
                    let mend = self.clear_cell(number, "calculate");
                    self.error(
                        number,
                        "calculation",
                        Finding::TriggeredGeopointCalculation,
                        Some(mend),
                    );
                }
            }
            _ => {}
        }
    }

    fn check_parameters(&mut self, kind: QuestionKind, pairs: &[(String, String)], row: &Row) {
        if kind == QuestionKind::Range {
            if let Err(finding) =
                range::check(pairs, row.appearance.as_deref(), &self.context.lists)
            {
                let mend = self.clear_cell(row.number, "parameters");
                self.error(row.number, "parameters", finding, Some(mend));
            }
            return;
        }
        for finding in range::check_values(kind, pairs, row.appearance.as_deref()) {
            let mend = self.clear_cell(row.number, "parameters");
            self.error(row.number, "parameters", finding, Some(mend));
        }
    }

    /// Checks a `save_to`; says whether it can be kept.
    fn save_to(&mut self, save_to: &str, row: &Row, container: bool) -> bool {
        let entities = std::mem::take(&mut self.context.entity_lists);
        let result = self
            .save_to
            .check(save_to, container, row.number, &entities);
        self.context.entity_lists = entities;
        if let Err((problem_ru, problem_en)) = result {
            let mend = self.clear_cell(row.number, "entities:saveto");
            self.error(
                row.number,
                "entities:saveto",
                Finding::Entity {
                    problem_ru,
                    problem_en,
                },
                Some(mend),
            );
            return false;
        }
        true
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

/// The word for "other" in a language.
fn other_word(language: &str) -> &'static str {
    match crate::form::Language::new(language).code.as_deref() {
        Some("ru") => "Другое",
        _ => "Other",
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

/// A message of a group, which other tools write as it is.
fn text_attribute(text: &Text) -> Option<String> {
    text.first().map(str::to_owned)
}

/// A loop as groups: one for each choice, with `%(name)s` and `%(label)s` replaced.
fn expand_loop(mut group: Group, list: Option<&ChoiceList>) -> Group {
    let template = std::mem::take(&mut group.nodes);
    let Some(list) = list else {
        group.nodes = template;
        return group;
    };
    // A loop multiplies its questions by its choices; the product is bounded like the sheet itself.
    let most = MAX_ROWS / template.len().max(1);
    for choice in list
        .choices
        .iter()
        .filter(|choice| choice.name != "none")
        .take(most)
    {
        let nodes = template
            .iter()
            .map(|node| substituted(node, choice))
            .collect();
        group.nodes.push(Node::Group(Box::new(Group {
            name: choice.name.clone(),
            label: choice.label.clone(),
            media: choice.media.clone(),
            nodes,
            ..Group::default()
        })));
    }
    group
}

fn substituted(node: &Node, choice: &Choice) -> Node {
    let label_in = |language: &str| {
        let own = choice
            .label
            .get(language)
            .or_else(|| choice.label.get(Text::DEFAULT));
        own.or_else(|| choice.label.first())
            .unwrap_or_default()
            .to_owned()
    };
    let replace = |text: &mut String, language: &str| {
        if text.contains("%(") {
            *text = text
                .replace("%(name)s", &choice.name)
                .replace("%(label)s", &label_in(language));
        }
    };
    let mut node = node.clone();
    let Node::Question(question) = &mut node else {
        return node;
    };
    replace(&mut question.name, Text::DEFAULT);
    for text in [
        &mut question.label,
        &mut question.hint,
        &mut question.guidance_hint,
    ] {
        for (language, words) in text.iter_mut() {
            let language = language.to_owned();
            replace(words, &language);
        }
    }
    for expression in [
        &mut question.relevant,
        &mut question.constraint,
        &mut question.required,
        &mut question.calculation,
        &mut question.default,
        &mut question.choice_filter,
        &mut question.appearance,
    ]
    .into_iter()
    .flatten()
    {
        replace(expression, Text::DEFAULT);
    }
    node
}
