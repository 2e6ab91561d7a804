//! Groups, repeats and loops: where they begin and end.

use super::super::parameters;
use super::super::problems::Finding;
use super::super::row::Row;
use super::super::types::Control;
use super::reader::{Frame, Reader};
use super::repetition::expand_loop;
use crate::form::{Group, Node, Repeat, Text};

/// Groups nested deeper than this are flattened: recursion elsewhere stays bounded.
const MAX_DEPTH: usize = 64;

impl Reader<'_, '_, '_> {
    pub(super) fn begin(&mut self, control: Control, list: Option<String>, mut row: Row) {
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

    pub(super) fn group(&mut self, name: String, mut row: Row) -> Group {
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

    pub(super) fn end(&mut self, control: Control, row: &Row) {
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

    pub(super) fn pop(&mut self) {
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
                let (group, findings) = expand_loop(frame.node, list);
                for finding in findings {
                    self.error(frame.row, "type", finding, None);
                }
                Node::Group(Box::new(group))
            }
        };
        self.top().table = None;
        self.add(node);
    }
}

/// A message of a group, which other tools write as it is.
fn text_attribute(text: &Text) -> Option<String> {
    text.first().map(str::to_owned)
}
