//! Working out what follows from an answer: only the expressions that read what changed run again.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;

use super::FormEntry;
use super::plan::{Action, DataType, Event, Setting, Source};
use super::reader::Reader;
use super::state::{Cell, Id, Offer, Slot};
use super::typed::typed;
use crate::expression::{Document as _, Evaluator, Object, number_to_text};

/// Evaluations of one cell within one change; expressions that never come to rest stop here.
const MOST_RUNS: u32 = 30;

/// Steps of work allowed to one change with everything that follows; a form of 5,000 questions opens with far less.
const MOST_WORK: u32 = 20_000_000;

/// Steps of work allowed to one expression: enough to filter 100,000 choices.
const MOST_WORK_OF_ONE: u32 = 3_000_000;

impl FormEntry {
    pub(super) fn enqueue(&mut self, cell: u32) {
        let entry = &mut self.state.cells[cell as usize];
        if entry.queued {
            return;
        }
        entry.queued = true;
        let node = &self.state.nodes[entry.node as usize];
        let rank = u64::from(self.plan.rank.get(node.def).copied().unwrap_or(0));
        // What only describes a node can wait until all values are there.
        let late = u64::from(entry.slot >= Slot::ReadOnly);
        self.queue.push(Reverse((
            (late << 40) | (rank << 4) | entry.slot as u64,
            cell,
        )));
    }

    pub(super) fn set_raw(&mut self, id: Id, text: String) {
        if self.state.node(id).raw != text {
            self.state.node_mut(id).raw = text;
            self.touched.insert(id);
        }
        self.refresh_value(id);
    }

    pub(super) fn refresh_value(&mut self, id: Id) {
        let value = self.effective(id);
        if self.state.node(id).value != value {
            self.state.node_mut(id).value = value;
            self.value_changed(id);
        }
    }

    /// What counts as the value: what was entered, as long as it is among the choices and bounds.
    pub(super) fn effective(&self, id: Id) -> String {
        let node = self.state.node(id);
        let def = self.plan.def(node.def);
        if let Some((least, most)) = def.bounds {
            return match node.raw.trim().parse::<f64>() {
                Ok(number) if number >= least && number <= most => {
                    format!("{number:.*}", def.decimals.min(15))
                }
                _ => String::new(),
            };
        }
        if def.choices.is_none() {
            let computed = def.is_computed();
            return typed(&node.raw, def.data_type, computed).unwrap_or_default();
        }
        let Some(choices) = def.choices.as_ref().filter(|_| !node.raw.is_empty()) else {
            return node.raw.clone();
        };
        let list = match choices.source {
            Source::List { list, .. } => self.plan.lists.get(list),
            Source::Nodes { .. } => None,
        };
        let mut values: Box<dyn Iterator<Item = &str>> = match (&node.choices, list) {
            (Some(offers), _) => Box::new(offers.iter().filter_map(|offer| {
                match offer {
                    Offer::Item(item) => list
                        .and_then(|list| list.items.get(*item))
                        .map(|item| item.value.as_str()),
                    Offer::Given { value, .. } => Some(value.as_str()),
                }
            })),
            (None, Some(list)) if choices.multiple => {
                Box::new(list.items.iter().map(|item| item.value.as_str()))
            }
            _ => return node.raw.clone(),
        };
        if !choices.multiple {
            return if values.any(|value| value == node.raw) {
                node.raw.clone()
            } else {
                String::new()
            };
        }
        // What a list without conditions does not hold is left as it was entered.
        let fixed = node.choices.is_none();
        arranged(&node.raw, values, choices.ranked, fixed)
    }

    pub(super) fn value_changed(&mut self, id: Id) {
        self.touched.insert(id);
        for cell in self.state.node(id).value_watchers.clone() {
            self.enqueue(cell);
        }
        if !self.opening && self.watchers.contains_key(&self.state.node(id).def) {
            self.changed_values.push(id);
        }
    }

    pub(super) fn run_actions(&mut self, nodes: &[Id], event: &Event) {
        let plan = self.plan.clone();
        for id in nodes {
            for action in &plan.def(self.state.node(*id).def).actions {
                if action.event == *event && self.is_chosen(action, *id, *id) {
                    self.run_setting(*id, &action.value);
                }
            }
        }
    }

    /// Whether the action's path, seen from `source`, leads to the node.
    fn is_chosen(&self, action: &Action, source: Id, id: Id) -> bool {
        let Some(expr) = action.chosen else {
            return true;
        };
        let reader = self.reader();
        let evaluator = Evaluator::new(&reader, &self.environment);
        matches!(
            evaluator.evaluate(&self.plan.exprs[expr], source),
            Ok(Object::Nodes(nodes)) if nodes.contains(&id)
        )
    }

    /// Runs the actions that wait for an instance of a repeat and reach beyond it.
    pub(super) fn run_added(&mut self, instance: Id) {
        let plan = self.plan.clone();
        let repeat = self.state.node(instance).def;
        for target in self.adders.get(&repeat).cloned().unwrap_or_default() {
            for action in &plan.def(target).actions {
                if action.event != Event::Added(repeat) {
                    continue;
                }
                for id in self.reader().nodes_of(target, instance) {
                    if self.is_chosen(action, instance, id) {
                        self.run_setting(id, &action.value);
                    }
                }
            }
        }
    }

    pub(super) fn run_setting(&mut self, id: Id, setting: &Setting) {
        let def = self.state.node(id).def;
        let text = match setting {
            Setting::Literal(text) => text.clone(),
            Setting::Expr(expr) => {
                let reader = self.reader();
                let evaluator = Evaluator::with_salt(&reader, &self.environment, self.salt(id));
                match evaluator.evaluate(&self.plan.exprs[*expr], id) {
                    Ok(object) => typed_text(&evaluator, &object, self.plan.def(def).data_type),
                    Err(error) => {
                        let message = error.message.clone();
                        self.report(def, "failed", &message);
                        return;
                    }
                }
            }
        };
        self.set_raw(id, text);
        self.drain();
    }

    /// Runs what is queued, then the actions of values that changed, until nothing is left.
    pub(super) fn settle(&mut self) {
        self.runs.clear();
        self.work_left = MOST_WORK;
        self.drain();
        let mut rounds = 0;
        while let Some(id) = self.changed_values.pop() {
            rounds += 1;
            if rounds > 10_000 {
                self.changed_values.clear();
                break;
            }
            let plan = self.plan.clone();
            let source = self.state.node(id).def;
            for target in self.watchers.get(&source).cloned().unwrap_or_default() {
                for action in &plan.def(target).actions {
                    let Event::ValueChanged(triggers) = &action.event else {
                        continue;
                    };
                    if !triggers.contains(&source) {
                        continue;
                    }
                    let targets = self.reader().nodes_of(target, id);
                    for target in targets {
                        if self.is_chosen(action, id, target) {
                            self.run_setting(target, &action.value);
                        }
                    }
                }
            }
        }
    }

    pub(super) fn drain(&mut self) {
        while let Some(Reverse((_, cell))) = self.queue.pop() {
            self.state.cells[cell as usize].queued = false;
            let node = self.state.cells[cell as usize].node;
            if !self.is_attached(node) {
                continue;
            }
            let runs = self.runs.entry(cell).or_default();
            *runs += 1;
            if *runs > MOST_RUNS {
                let def = self.state.node(node).def;
                self.report(def, "circular", "The expression never comes to rest.");
                continue;
            }
            self.run(cell);
        }
    }

    pub(super) fn reader(&self) -> Reader<'_> {
        Reader {
            plan: &self.plan,
            state: &self.state,
            offsets: &self.offsets,
            language: self.language,
            reads: Default::default(),
            visited: Default::default(),
        }
    }

    /// Random numbers differ from node to node and stay the same for a node.
    pub(super) fn salt(&self, id: Id) -> u64 {
        let path = self.path_of(id).to_string();
        path.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        })
    }

    pub(super) fn run(&mut self, cell: u32) {
        let Cell {
            node, slot, expr, ..
        } = self.state.cells[cell as usize];
        let def_id = self.state.node(node).def;
        let plan = self.plan.clone();
        let def = plan.def(def_id);
        let outcome = {
            let reader = self.reader();
            let needs_salt = slot == Slot::Calculate || slot == Slot::Choices;
            let salt = if needs_salt { self.salt(node) } else { 0 };
            let evaluator = Evaluator::with_salt(&reader, &self.environment, salt)
                .with_most_work(self.work_left.min(MOST_WORK_OF_ONE));
            let outcome = match (slot, expr) {
                (Slot::Choices, _) => self.offers(&evaluator, node).map(Outcome::Offers),
                (_, None) => Ok(Outcome::Text(self.words(&evaluator, node, slot))),
                (_, Some(expr)) => {
                    let blank = slot == Slot::Constraint && reader.text(node).is_empty();
                    if blank {
                        // A blank answer satisfies every constraint.
                        Ok(Outcome::Truth(true))
                    } else {
                        evaluator
                            .evaluate(&plan.exprs[expr], node)
                            .map(|object| match slot {
                                Slot::Calculate => {
                                    Outcome::Text(typed_text(&evaluator, &object, def.data_type))
                                }
                                Slot::Count => {
                                    let text = evaluator.to_text(&object);
                                    let number = evaluator.to_number(&object);
                                    Outcome::Count((!text.is_empty()).then_some(number))
                                }
                                _ => Outcome::Truth(evaluator.to_boolean(&object)),
                            })
                            .map_err(|error| error.message)
                    }
                }
            };
            let work = evaluator.work();
            (outcome, reader.reads.into_inner(), work)
        };
        let (outcome, reads, work) = outcome;
        self.work_left = self.work_left.saturating_sub(work);
        self.state.watch(cell, reads);
        let outcome = match outcome {
            Ok(outcome) => outcome,
            Err(message) => {
                self.report(def_id, "failed", &message);
                match slot {
                    Slot::Calculate => Outcome::Text(String::new()),
                    Slot::Count => Outcome::Count(None),
                    Slot::Choices => Outcome::Offers(Vec::new()),
                    Slot::Required | Slot::ReadOnly => Outcome::Truth(false),
                    _ => Outcome::Truth(true),
                }
            }
        };
        self.take(node, slot, outcome);
    }

    fn take(&mut self, id: Id, slot: Slot, outcome: Outcome) {
        let node = self.state.node_mut(id);
        match (slot, outcome) {
            (Slot::Relevant, Outcome::Truth(relevant)) => {
                let before = std::mem::replace(&mut node.own_relevant, relevant);
                if before != relevant {
                    self.spread(id);
                }
            }
            (Slot::ReadOnly, Outcome::Truth(read_only)) => {
                let before = std::mem::replace(&mut node.own_read_only, read_only);
                if before != read_only {
                    self.spread(id);
                }
            }
            (Slot::Required, Outcome::Truth(required)) => {
                let before = std::mem::replace(&mut node.required, required);
                if before != required {
                    self.touched.insert(id);
                }
            }
            (Slot::Constraint, Outcome::Truth(satisfied)) => {
                let before = std::mem::replace(&mut node.satisfied, satisfied);
                if before != satisfied {
                    self.touched.insert(id);
                }
            }
            (Slot::Calculate, Outcome::Text(text)) => self.set_raw(id, text),
            (Slot::Choices, Outcome::Offers(offers)) => {
                let before = node.choices.replace(Arc::new(offers));
                if before != node.choices {
                    self.touched.insert(id);
                    self.refresh_value(id);
                }
            }
            (Slot::Count, Outcome::Count(count)) => {
                // While the count is blank or no number, the instances stay as they are.
                if let Some(count) = count.filter(|count| !count.is_nan()) {
                    self.resize(id, count);
                }
            }
            (slot, Outcome::Text(text)) => {
                match node.texts.iter_mut().find(|(other, _)| *other == slot) {
                    Some((_, known)) if *known == text => return,
                    Some((_, known)) => *known = text,
                    None => node.texts.push((slot, text)),
                }
                self.touched.insert(id);
            }
            _ => {}
        }
    }

    /// Carries relevance and read-only down to everything inside.
    pub(super) fn spread(&mut self, from: Id) {
        let mut pending = vec![from];
        while let Some(id) = pending.pop() {
            let (outer_relevant, outer_read_only) =
                self.state.node(id).parent.map_or((true, false), |parent| {
                    let parent = self.state.node(parent);
                    (parent.relevant, parent.read_only)
                });
            let node = self.state.node_mut(id);
            let relevant = outer_relevant && node.own_relevant;
            let read_only = outer_read_only || node.own_read_only;
            if id != from && node.relevant == relevant && node.read_only == read_only {
                continue;
            }
            let was_relevant = std::mem::replace(&mut node.relevant, relevant);
            node.read_only = read_only;
            pending.extend(node.children.iter().copied());
            pending.extend(node.attributes.iter().copied());
            self.touched.insert(id);
            if was_relevant != relevant && !self.state.node(id).value.is_empty() {
                for cell in self.state.node(id).value_watchers.clone() {
                    self.enqueue(cell);
                }
            }
        }
    }

    /// Works out everything again from the answers alone. The result is the same as before; checks compare them.
    pub fn recompute_all(&mut self) {
        for cell in 0..self.state.cells.len() as u32 {
            self.enqueue(cell);
        }
        self.settle();
        self.touched.clear();
        self.restructured.clear();
    }
}

/// Several choices in the order of the list, a ranking in its own; of a ranking, what is offered anew comes last.
fn arranged<'a>(
    raw: &'a str,
    offered: impl Iterator<Item = &'a str>,
    ranked: bool,
    keep_unknown: bool,
) -> String {
    let chosen: Vec<&str> = raw.split_whitespace().collect();
    let is_chosen: HashSet<&str> = chosen.iter().copied().collect();
    let offered: Vec<&str> = offered.collect();
    let is_offered: HashSet<&str> = offered.iter().copied().collect();
    let known = chosen
        .iter()
        .copied()
        .filter(|value| is_offered.contains(value));
    let unknown = chosen
        .iter()
        .copied()
        .filter(|value| !is_offered.contains(value));
    let mut order: Vec<&str> = Vec::new();
    if ranked {
        order.extend(known);
        order.extend(&offered);
    } else {
        order.extend(offered.iter().filter(|value| is_chosen.contains(*value)));
    }
    if keep_unknown {
        order.extend(unknown);
    }
    let mut seen = HashSet::new();
    order.retain(|value| seen.insert(*value));
    order.join(" ")
}

enum Outcome {
    Truth(bool),
    Text(String),
    Count(Option<f64>),
    Offers(Vec<Offer>),
}

/// A result as the text of its type.
fn typed_text(
    evaluator: &Evaluator<'_, Reader<'_>>,
    object: &Object<Id>,
    data_type: DataType,
) -> String {
    let text = match object {
        Object::Number(number) | Object::Moment(number) if number.is_nan() => return String::new(),
        other => evaluator.to_text(other),
    };
    if text.is_empty() {
        return text;
    }
    match data_type {
        DataType::Integer => {
            let number = evaluator.to_number(object);
            if number.is_nan() {
                text
            } else {
                number_to_text(number.trunc())
            }
        }
        DataType::Decimal => {
            let number = evaluator.to_number(object);
            if number.is_nan() {
                text
            } else {
                number_to_text(number)
            }
        }
        DataType::Boolean if text == "true" => "1".to_owned(),
        DataType::Boolean if text == "false" => "0".to_owned(),
        DataType::Date if text.len() > 10 && text.as_bytes()[10] == b'T' => text[..10].to_owned(),
        DataType::Time if text.len() > 11 && text.as_bytes()[10] == b'T' => text[11..].to_owned(),
        _ => text,
    }
}
