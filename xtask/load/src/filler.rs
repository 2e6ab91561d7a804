//! Somebody who answers: random answers to questions of a form that are open just now.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use forms::Form;
use forms::entry::{Change, Edit, EntryContext, FormEntry, NodePath, Value, ViewKind};
use forms::expression::Zone;
use forms::form::QuestionKind;
use rand::seq::IndexedRandom;
use rand::{Rng, RngExt};
use uuid::Uuid;

use crate::world::ZONE_MINUTES;

/// A form being filled at random.
pub struct Filler {
    entry: FormEntry,
    seen: BTreeSet<Uuid>,
}

/// What a form is opened with; the same on the tablet and on the server.
pub fn context(opened_ms: i64, prefill: BTreeMap<String, String>) -> EntryContext {
    EntryContext {
        now_ms: opened_ms,
        zone: Zone::fixed(ZONE_MINUTES),
        seed: 0,
        prefill,
    }
}

impl Filler {
    /// An empty form.
    pub fn new(form: &Arc<Form>) -> Self {
        Filler {
            entry: FormEntry::open(form.clone(), context(0, BTreeMap::new())).0,
            seen: BTreeSet::new(),
        }
    }

    /// An empty form again, without reading the form anew.
    pub fn again(&self) -> Self {
        Filler {
            entry: self.entry.reopen(context(0, BTreeMap::new())),
            seen: BTreeSet::new(),
        }
    }

    /// Takes a change of somebody else or of earlier in; one that does not fit changes nothing.
    pub fn take(&mut self, change: &Change) {
        let _ = self.entry.apply(change);
    }

    /// Is this operation seen for the first time?
    pub fn is_new(&mut self, operation: Uuid) -> bool {
        self.seen.insert(operation)
    }

    /// The next change: mostly an answer to a question without one, sometimes another answer, sometimes
    /// an answer taken back.
    pub fn change(&mut self, random: &mut impl Rng) -> Change {
        let mut open = Vec::new();
        let mut all = Vec::new();
        let root = self.entry.root().path;
        self.collect(&root, &mut open, &mut all);
        let again = open.is_empty() || random.random_bool(0.15);
        let paths = if again { &all } else { &open };
        let Some(path) = paths.choose(random).cloned() else {
            // A form without questions: an answer to nothing, which the server sets aside.
            return Change {
                path: root,
                edit: Edit::Set(None),
            };
        };
        let value = if again && random.random_bool(0.2) {
            None
        } else {
            self.value(&path, random)
        };
        let change = Change {
            path,
            edit: Edit::Set(value),
        };
        self.take(&change);
        change
    }

    fn collect(&self, path: &NodePath, open: &mut Vec<NodePath>, all: &mut Vec<NodePath>) {
        for child in self.entry.children(path) {
            let Some(view) = self.entry.view(&child) else {
                continue;
            };
            match view.kind {
                ViewKind::Question(kind) => {
                    if !view.relevant || view.read_only || kind == QuestionKind::Note {
                        continue;
                    }
                    if view.value.is_none() && view.companion_of.is_none() {
                        open.push(child.clone());
                    }
                    all.push(child);
                }
                _ => self.collect(&child, open, all),
            }
        }
    }

    fn value(&self, path: &NodePath, random: &mut impl Rng) -> Option<Value> {
        let view = self.entry.view(path)?;
        let ViewKind::Question(kind) = view.kind else {
            return None;
        };
        let choices: Vec<&str> = view
            .choices
            .iter()
            .map(|choice| choice.value.as_str())
            .collect();
        match kind {
            QuestionKind::SelectOne => Value::new((*choices.choose(random)?).to_owned()),
            QuestionKind::SelectMultiple => {
                let some = choices.iter().filter(|_| random.random_bool(0.8));
                Value::choices(some.copied())
            }
            QuestionKind::Integer | QuestionKind::Range => {
                Value::new(random.random_range(0..30).to_string())
            }
            QuestionKind::Decimal => Value::new(format!("{:.1}", random.random::<f64>() * 30.0)),
            QuestionKind::Time => Value::new(format!("{:02}:15", random.random_range(8..15))),
            QuestionKind::Date => Value::new("2026-04-15"),
            _ => Value::new(NOTES[random.random_range(0..NOTES.len())]),
        }
    }
}

const NOTES: [&str; 4] = [
    "замечаний нет",
    "Начали на 7 минут позже: ждали второго организатора («заболел»).",
    "ёлка & <b>\"кавычки\"</b> \u{1F4DD}",
    "1",
];
