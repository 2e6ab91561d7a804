//! What reading a survey keeps between its rows, and how it tells what is wrong.

use super::super::context::Context;
use super::super::entities;
use super::super::header::{Column, row_header};
use super::super::problems::{Finding, repair};
use super::super::sheet::Sheet;
use super::super::types::Control;
use crate::form::{Edit, Form, Group, Node, Repair, Repeat};
use std::collections::{HashMap, HashSet};

/// A group, repeat or loop that is open.
pub(super) struct Frame {
    pub(super) control: Control,
    pub(super) node: Group,
    pub(super) repeat: Repeat,
    pub(super) list: Option<String>,
    pub(super) row: u32,
    pub(super) names: HashSet<String>,
    pub(super) lower: HashSet<String>,
    /// Next number to try for a name that is taken.
    pub(super) numbers: HashMap<String, usize>,
    /// First list of a table-list; empty before its first select.
    pub(super) table: Option<String>,
}

impl Frame {
    pub(super) fn new(control: Control, row: u32) -> Self {
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
pub(super) struct Reader<'c, 'w, 'f> {
    pub(super) context: &'c mut Context<'w>,
    pub(super) form: &'f mut Form,
    pub(super) sheet: &'w Sheet,
    pub(super) columns: &'c [Column],
    pub(super) stack: Vec<Frame>,
    pub(super) repeats: HashSet<String>,
    /// Begin rows beyond the depth limit that still wait for their end.
    pub(super) skipped: usize,
    pub(super) save_to: entities::SaveTo,
    /// Names that triggers mention, with their rows: they must be questions.
    pub(super) triggers: Vec<(String, u32)>,
    pub(super) questions: HashSet<String>,
    pub(super) geometries: Vec<(String, u32)>,
    pub(super) attached: HashSet<String>,
    /// Lists whose names were checked for multiple choice.
    pub(super) multiple: HashSet<String>,
}

impl Reader<'_, '_, '_> {
    pub(super) fn error(
        &mut self,
        row: u32,
        column: &str,
        finding: Finding,
        repair: Option<Repair>,
    ) {
        let header = self.header(column);
        self.context
            .report
            .error(&self.sheet.name, row, &header, finding, repair);
    }

    pub(super) fn warn(&mut self, row: u32, column: &str, finding: Finding) {
        let header = self.header(column);
        self.context
            .report
            .warn_at(&self.sheet.name, row, &header, finding);
    }

    pub(super) fn column(&self, word: &str) -> Option<&Column> {
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
    pub(super) fn header(&self, word: &str) -> String {
        self.column(word)
            .map_or_else(|| word.to_owned(), |column| column.header.clone())
    }

    /// Sets a cell of a row; adds the column when the sheet lacks it.
    pub(super) fn set_cell(
        &self,
        row: u32,
        word: &str,
        value: &str,
        ru: String,
        en: String,
    ) -> Repair {
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
                header: row_header(word),
                value: value.to_owned(),
            },
        };
        repair(ru, en, edit)
    }

    pub(super) fn clear_cell(&self, row: u32, word: &str) -> Repair {
        let header = self.header(word);
        self.set_cell(
            row,
            word,
            "",
            format!("Очистить ячейку «{header}»"),
            format!("Clear the cell `{header}`"),
        )
    }

    pub(super) fn clear_row(&self, row: u32) -> Repair {
        let edit = Edit::ClearRow {
            sheet: self.sheet.name.clone(),
            row: row - 1,
        };
        repair("Убрать строку", "Remove the row", edit)
    }

    /// What to compare a mistyped word with; nothing once nobody will read the suggestion.
    pub(super) fn suggestions<'n>(
        &self,
        names: impl Iterator<Item = &'n str>,
    ) -> impl Iterator<Item = &'n str> {
        names.take(if self.context.report.is_full() {
            0
        } else {
            5_000
        })
    }

    pub(super) fn top(&mut self) -> &mut Frame {
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }

    pub(super) fn add(&mut self, node: Node) {
        self.top().node.nodes.push(node);
    }
}
