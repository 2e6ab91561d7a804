//! Opening an entry, making changes, and working out what follows from them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::change::{Change, ChangeError, Edit, Effects};
use super::compile::compile;
use super::path::is_instance_id;
use super::plan::{
    DataType, DefId, Event, ExprId, Part as WordPart, Plan, Preload, Setting, Sort, Source,
    Wording, Words,
};
use super::reader::Reader;
use super::state::{Cell, Id, Live, Offer, Part, STATIC, Slot, State, Tombstones};
use super::{NodePath, Value};
use crate::expression::{Environment, Evaluator, Object, Zone, number_to_text};
use crate::form::{Form, Message, Place, Problem, Severity};

/// What an entry may know of the world; all of it is given, so that every replica works out the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryContext {
    /// Milliseconds since 1970 UTC at which the entry was begun. Kept with the entry: on reopening the same.
    pub now_ms: i64,
    /// The zone of the school.
    pub zone: Zone,
    /// From which everything random follows.
    pub seed: u64,
    /// What the host knows: `event.room`, `event.class`, `username`, ….
    #[serde(default)]
    pub prefill: BTreeMap<String, String>,
}

/// A form being filled in (заполнение): the answers and everything that follows from them.
///
/// Its state is a fold of [`apply`](Self::apply) over a log of changes and nothing else, so that a server which
/// replays the log comes to the same state as the tablet.
#[derive(Debug)]
pub struct FormEntry {
    pub(super) form: Arc<Form>,
    pub(super) plan: Arc<Plan>,
    pub(super) state: State,
    pub(super) environment: Environment,
    pub(super) prefill: BTreeMap<String, String>,
    pub(super) language: usize,
    offsets: Vec<u32>,
    queue: BinaryHeap<Reverse<(u64, u32)>>,
    /// Cells that were evaluated in this change, with how often.
    runs: BTreeMap<u32, u32>,
    touched: BTreeSet<Id>,
    restructured: BTreeSet<Id>,
    /// Definitions to run when a definition's value changes, and the definition's actions.
    watchers: BTreeMap<DefId, Vec<DefId>>,
    /// Value changes that still have to run their actions.
    changed_values: Vec<Id>,
    opening: bool,
    tombstones: Tombstones,
    waiting: Vec<Change>,
    problems: Vec<Problem>,
    reported: BTreeSet<(DefId, &'static str)>,
}

/// Instances one repeat may have.
const MOST_INSTANCES: usize = 1000;
/// Nodes one entry may have.
const MOST_NODES: usize = 400_000;
/// Evaluations of one cell within one change; expressions that never come to rest stop here.
const MOST_RUNS: u32 = 30;
/// Longest answer in bytes.
const LONGEST_ANSWER: usize = 1 << 20;

impl FormEntry {
    /// Opens an empty entry. The problems say which expressions cannot be used; the entry works without them.
    pub fn open(form: Arc<Form>, context: EntryContext) -> (Self, Vec<Problem>) {
        let (plan, mut problems) = compile(&form);
        let entry = Self::start(form, Arc::new(plan), context);
        problems.extend(entry.problems.iter().cloned());
        (entry, problems)
    }

    /// An empty entry of the same form, without reading the form again.
    pub fn reopen(&self, context: EntryContext) -> Self {
        Self::start(self.form.clone(), self.plan.clone(), context)
    }

    pub(crate) fn start(form: Arc<Form>, plan: Arc<Plan>, context: EntryContext) -> Self {
        let mut offsets = Vec::new();
        let mut next = 0;
        for instance in &plan.instances {
            offsets.push(next);
            next += instance.nodes.len() as u32;
        }
        let mut watchers: BTreeMap<DefId, Vec<DefId>> = BTreeMap::new();
        for (id, def) in plan.defs.iter().enumerate() {
            for action in &def.actions {
                if let Event::ValueChanged(triggers) = &action.event {
                    for trigger in triggers {
                        watchers.entry(*trigger).or_default().push(id);
                    }
                }
            }
        }
        let language = plan.default_language;
        let mut entry = Self {
            form,
            plan,
            state: State::default(),
            environment: Environment {
                now_ms: context.now_ms,
                zone: context.zone,
                seed: context.seed,
            },
            prefill: context.prefill,
            language,
            offsets,
            queue: BinaryHeap::new(),
            runs: BTreeMap::new(),
            touched: BTreeSet::new(),
            restructured: BTreeSet::new(),
            watchers,
            changed_values: Vec::new(),
            opening: true,
            tombstones: Tombstones::new(),
            waiting: Vec::new(),
            problems: Vec::new(),
            reported: BTreeSet::new(),
        };
        if !entry.plan.defs.is_empty() {
            entry.build(0, None, Part::Plain, "");
            entry.settle();
            let first_load: Vec<Id> = (0..entry.state.nodes.len() as Id).collect();
            entry.run_actions(&first_load, &Event::FirstLoad);
            entry.settle();
        }
        entry.opening = false;
        entry.touched.clear();
        entry.restructured.clear();
        entry
    }

    /// Problems met while filling in: expressions that fail, circles, bounds that were reached.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The form.
    pub fn form(&self) -> &Arc<Form> {
        &self.form
    }

    // --- changes -----------------------------------------------------------------------------

    /// Makes a change and everything that follows from it.
    ///
    /// # Errors
    /// When the change does not fit the form; the entry is then as before.
    pub fn apply(&mut self, change: &Change) -> Result<Effects, ChangeError> {
        let result = self.make(change);
        if let Err(ChangeError::UnknownInstance(_)) = result {
            self.waiting.push(change.clone());
        }
        result?;
        if let Edit::AddRepeat { .. } = change.edit {
            for waiting in std::mem::take(&mut self.waiting) {
                if let Err(ChangeError::UnknownInstance(_)) = self.make(&waiting) {
                    self.waiting.push(waiting);
                }
            }
        }
        Ok(self.effects())
    }

    fn effects(&mut self) -> Effects {
        let touched = std::mem::take(&mut self.touched);
        let restructured = std::mem::take(&mut self.restructured);
        let paths = |ids: BTreeSet<Id>| {
            ids.into_iter()
                .filter(|id| self.is_attached(*id))
                .map(|id| self.path_of(id))
                .collect()
        };
        Effects {
            changed: paths(touched),
            restructured: paths(restructured),
        }
    }

    fn make(&mut self, change: &Change) -> Result<(), ChangeError> {
        let id = self.locate(&change.path)?;
        let node = self.state.node(id);
        let def = self.plan.def(node.def);
        match &change.edit {
            Edit::Set(value) => {
                if !matches!(def.sort, Sort::Leaf | Sort::Attribute) {
                    return Err(ChangeError::NoQuestion(change.path.clone()));
                }
                if def.calculate.is_some() && !def.visible {
                    return Err(ChangeError::Computed(change.path.clone()));
                }
                let text = value.as_ref().map_or("", Value::as_str);
                if text.len() > LONGEST_ANSWER {
                    return Err(ChangeError::TooLong(change.path.clone()));
                }
                let text = text.to_owned();
                self.set_raw(id, text);
            }
            Edit::AddRepeat { id: instance } => {
                let Sort::Repeat(rule) = &def.sort else {
                    return Err(ChangeError::NoRepeat(change.path.clone()));
                };
                if node.part != Part::Range {
                    return Err(ChangeError::NoRepeat(change.path.clone()));
                }
                if rule.count.is_some() || rule.fixed {
                    return Err(ChangeError::FixedRepeat(change.path.clone()));
                }
                let known = node
                    .children
                    .iter()
                    .any(|child| self.state.node(*child).instance == *instance);
                let buried = self
                    .tombstones
                    .get(&id)
                    .is_some_and(|buried| buried.contains(instance));
                if known || buried || !is_instance_id(instance) {
                    return Err(ChangeError::UnusableId(change.path.clone()));
                }
                if node.children.len() >= MOST_INSTANCES || self.state.nodes.len() >= MOST_NODES {
                    return Err(ChangeError::TooMany(change.path.clone()));
                }
                self.add_instance(id, instance, None);
            }
            Edit::RemoveRepeat { id: instance } => {
                let Sort::Repeat(rule) = &def.sort else {
                    return Err(ChangeError::NoRepeat(change.path.clone()));
                };
                if node.part != Part::Range {
                    return Err(ChangeError::NoRepeat(change.path.clone()));
                }
                if rule.count.is_some() || rule.fixed {
                    return Err(ChangeError::FixedRepeat(change.path.clone()));
                }
                let place = node
                    .children
                    .iter()
                    .position(|child| self.state.node(*child).instance == *instance);
                // Removed before it was added: it will not come back.
                self.tombstones
                    .entry(id)
                    .or_default()
                    .push(instance.clone());
                if let Some(place) = place {
                    let removed = self.state.node_mut(id).children.remove(place);
                    self.detach(removed);
                    self.structure_changed(id);
                }
            }
        }
        self.settle();
        Ok(())
    }

    fn locate(&self, path: &NodePath) -> Result<Id, ChangeError> {
        let mut at: Id = 0;
        for (name, instance) in path.segments() {
            let found = self
                .child_named(at, name)
                .ok_or_else(|| ChangeError::UnknownNode(path.clone()))?;
            at = match (self.state.node(found).part, instance) {
                (Part::Range, Some(instance)) => self
                    .state
                    .node(found)
                    .children
                    .iter()
                    .copied()
                    .find(|child| self.state.node(*child).instance == instance)
                    .ok_or_else(|| ChangeError::UnknownInstance(path.clone()))?,
                (Part::Range, None) => found,
                (_, None) => found,
                (_, Some(_)) => return Err(ChangeError::UnknownNode(path.clone())),
            };
        }
        Ok(at)
    }

    pub(super) fn find(&self, path: &NodePath) -> Option<Id> {
        self.locate(path).ok()
    }

    /// A child by the name in paths; nameless groups are named by their place.
    fn child_named(&self, parent: Id, name: &str) -> Option<Id> {
        let node = self.state.node(parent);
        if node.part == Part::Range {
            return None;
        }
        let def = self.plan.def(node.def);
        if let Some(place) = def.child_index.get(name) {
            return node.children.get(*place).copied();
        }
        if let Some(place) = name.strip_prefix('~').and_then(|n| n.parse::<usize>().ok()) {
            return node.children.get(place).copied();
        }
        None
    }

    pub(super) fn path_of(&self, id: Id) -> NodePath {
        let mut trail = Vec::new();
        let mut at = id;
        while let Some(parent) = self.state.node(at).parent {
            trail.push(at);
            at = parent;
        }
        let mut path = NodePath::root();
        for id in trail.into_iter().rev() {
            let node = self.state.node(id);
            let def = self.plan.def(node.def);
            path = if node.part == Part::Instance {
                path.instance(&node.instance)
            } else if def.name.is_empty() {
                let place = node.parent.map_or(0, |parent| {
                    self.state
                        .node(parent)
                        .children
                        .iter()
                        .position(|child| *child == id)
                        .unwrap_or(0)
                });
                path.child(&format!("~{place}"))
            } else {
                path.child(&def.name)
            };
        }
        path
    }

    fn is_attached(&self, id: Id) -> bool {
        self.state.node(id).attached
    }

    // --- the tree ----------------------------------------------------------------------------

    /// Makes the live nodes of a definition and queues their expressions.
    fn build(&mut self, def_id: DefId, parent: Option<Id>, part: Part, instance: &str) -> Id {
        let plan = self.plan.clone();
        let def = plan.def(def_id);
        let id = self.state.nodes.len() as Id;
        let (relevant, read_only) = parent.map_or((true, false), |parent| {
            let parent = self.state.node(parent);
            (parent.relevant, parent.read_only)
        });
        self.state.nodes.push(Live {
            def: def_id,
            part,
            parent,
            instance: instance.to_owned(),
            raw: def.initial.clone(),
            own_relevant: true,
            relevant,
            read_only,
            satisfied: true,
            attached: true,
            ..Live::default()
        });
        if let Some(value) = self.given(def_id) {
            self.state.node_mut(id).raw = value;
        }
        self.state.node_mut(id).value = self.effective(id);
        if let Sort::Repeat(rule) = &def.sort
            && part != Part::Instance
        {
            self.state.node_mut(id).part = Part::Range;
            // A condition that looks into an instance says nothing about the repeat as a whole.
            let looks_inside = def.relevant.is_some_and(|expr| {
                super::order::reads(&plan, expr, def_id)
                    .into_iter()
                    .any(|read| plan.is_ancestor(def_id, read))
            });
            self.cell(id, Slot::Relevant, def.relevant.filter(|_| !looks_inside));
            self.cell(id, Slot::Count, rule.count);
            for (slot, words) in [(Slot::Label, &def.label), (Slot::Hint, &def.hint)] {
                self.words_cell(id, slot, words.as_ref());
            }
            for (place, values) in rule.initial.iter().enumerate() {
                let instance =
                    self.build(def_id, Some(id), Part::Instance, &(place + 1).to_string());
                self.state.node_mut(id).children.push(instance);
                for (path, value) in values {
                    self.preset(instance, path, value);
                }
            }
            return id;
        }
        for child in &def.children {
            let child = self.build(*child, Some(id), Part::Plain, "");
            self.state.node_mut(id).children.push(child);
        }
        for attribute in &def.attributes {
            let attribute = self.build(*attribute, Some(id), Part::Plain, "");
            self.state.node_mut(id).attributes.push(attribute);
        }
        self.cell(id, Slot::Relevant, def.relevant);
        self.cell(id, Slot::ReadOnly, def.read_only);
        self.cell(id, Slot::Calculate, def.calculate);
        self.cell(id, Slot::Required, def.required);
        self.cell(id, Slot::Constraint, def.constraint);
        if let Some(choices) = &def.choices {
            let live = choices.filter.is_some()
                || choices.randomize.is_some()
                || matches!(choices.source, Source::Nodes { .. });
            if live {
                self.add_cell(id, Slot::Choices, None);
            }
        }
        for (slot, words) in [
            (Slot::Label, &def.label),
            (Slot::Hint, &def.hint),
            (Slot::Guidance, &def.guidance),
            (Slot::ConstraintMessage, &def.constraint_message),
            (Slot::RequiredMessage, &def.required_message),
        ] {
            self.words_cell(id, slot, words.as_ref());
        }
        id
    }

    fn preset(&mut self, instance: Id, path: &str, value: &str) {
        let mut at = instance;
        for name in path.split('/').filter(|name| !name.is_empty()) {
            let Some(child) = self.child_named(at, name) else {
                return;
            };
            at = child;
        }
        self.state.node_mut(at).raw = value.to_owned();
        self.state.node_mut(at).value = self.effective(at);
    }

    /// What the host or the clock gives for a definition.
    fn given(&self, def: DefId) -> Option<String> {
        let def = self.plan.def(def);
        if let Some(key) = &def.prefill {
            if let Some(value) = self.prefill.get(key) {
                return Some(value.clone());
            }
            if key == "now" {
                return Some(self.now_as(def.data_type));
            }
        }
        match def.preload? {
            Preload::Now => Some(self.now_as(DataType::DateTime)),
            Preload::Today => Some(self.now_as(DataType::Date)),
            Preload::Uid => {
                let uuid = self.evaluate_source("uuid()");
                Some(format!("uuid:{uuid}"))
            }
        }
    }

    fn now_as(&self, data_type: DataType) -> String {
        let now = self.evaluate_source("now()");
        match data_type {
            DataType::Date => now.get(..10).unwrap_or_default().to_owned(),
            DataType::Time => now.get(11..16).unwrap_or_default().to_owned(),
            _ => now,
        }
    }

    fn evaluate_source(&self, source: &str) -> String {
        let Ok(expr) = crate::expression::parse(source) else {
            return String::new();
        };
        let reader = self.reader();
        let evaluator = Evaluator::new(&reader, &self.environment);
        evaluator
            .evaluate(&expr, 0)
            .map_or_else(|_| String::new(), |object| evaluator.to_text(&object))
    }

    fn cell(&mut self, node: Id, slot: Slot, expr: Option<ExprId>) {
        if expr.is_some() {
            self.add_cell(node, slot, expr);
        }
    }

    fn words_cell(&mut self, node: Id, slot: Slot, words: Option<&Words>) {
        if words.is_some_and(Words::is_dynamic) {
            self.add_cell(node, slot, None);
        }
    }

    fn add_cell(&mut self, node: Id, slot: Slot, expr: Option<ExprId>) {
        let cell = self.state.cells.len() as u32;
        self.state.cells.push(Cell {
            node,
            slot,
            expr,
            reads: Vec::new(),
            queued: false,
        });
        self.state.node_mut(node).cells.push(cell);
        self.enqueue(cell);
    }

    fn enqueue(&mut self, cell: u32) {
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

    fn add_instance(&mut self, range: Id, instance: &str, place: Option<usize>) -> Id {
        let def = self.state.node(range).def;
        let first_new = self.state.nodes.len() as Id;
        let id = self.build(def, Some(range), Part::Instance, instance);
        let siblings = &self.state.node(range).children;
        let place = place.unwrap_or_else(|| {
            siblings
                .iter()
                .position(|sibling| instance_order(&self.state.node(*sibling).instance, instance))
                .unwrap_or(siblings.len())
        });
        self.state.node_mut(range).children.insert(place, id);
        self.structure_changed(range);
        self.settle();
        let made: Vec<Id> = (first_new..self.state.nodes.len() as Id).collect();
        self.run_actions(&made, &Event::NewRepeat);
        id
    }

    fn detach(&mut self, id: Id) {
        let mut pending = vec![id];
        while let Some(at) = pending.pop() {
            let node = self.state.node_mut(at);
            node.attached = false;
            pending.extend(&node.children);
            pending.extend(&node.attributes);
        }
    }

    fn attach(&mut self, id: Id) {
        let mut pending = vec![id];
        while let Some(at) = pending.pop() {
            let node = self.state.node_mut(at);
            node.attached = true;
            pending.extend(&node.children);
            pending.extend(&node.attributes);
            for cell in node.cells.clone() {
                self.enqueue(cell);
            }
        }
    }

    fn structure_changed(&mut self, range: Id) {
        self.restructured.insert(range);
        for cell in self.state.node(range).structure_watchers.clone() {
            self.enqueue(cell);
        }
    }

    // --- values ------------------------------------------------------------------------------

    fn set_raw(&mut self, id: Id, text: String) {
        if self.state.node(id).raw != text {
            self.state.node_mut(id).raw = text;
            self.touched.insert(id);
        }
        self.refresh_value(id);
    }

    fn refresh_value(&mut self, id: Id) {
        let value = self.effective(id);
        if self.state.node(id).value != value {
            self.state.node_mut(id).value = value;
            self.value_changed(id);
        }
    }

    /// What counts as the value: what was entered, as long as it is among the choices and bounds.
    fn effective(&self, id: Id) -> String {
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
        if def.data_type == DataType::Integer && node.raw.contains('.') {
            // As in the reference engines, the fraction of an integer is dropped.
            return match node.raw.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => number_to_text(number.trunc()),
                _ => node.raw.clone(),
            };
        }
        let (Some(choices), Some(offers)) = (&def.choices, &node.choices) else {
            return node.raw.clone();
        };
        if node.raw.is_empty() {
            return String::new();
        }
        let list = match choices.source {
            Source::List { list, .. } => self.plan.lists.get(list),
            Source::Nodes { .. } => None,
        };
        let offered = |value: &str| {
            offers.iter().any(|offer| match offer {
                Offer::Item(item) => list
                    .and_then(|list| list.items.get(*item))
                    .is_some_and(|item| item.value == value),
                Offer::Given { value: other, .. } => other == value,
            })
        };
        if !choices.multiple {
            return if offered(&node.raw) {
                node.raw.clone()
            } else {
                String::new()
            };
        }
        let kept: Vec<&str> = node
            .raw
            .split_whitespace()
            .filter(|value| offered(value))
            .collect();
        kept.join(" ")
    }

    fn value_changed(&mut self, id: Id) {
        self.touched.insert(id);
        for cell in self.state.node(id).value_watchers.clone() {
            self.enqueue(cell);
        }
        if !self.opening && self.watchers.contains_key(&self.state.node(id).def) {
            self.changed_values.push(id);
        }
    }

    fn run_actions(&mut self, nodes: &[Id], event: &Event) {
        let plan = self.plan.clone();
        for id in nodes {
            for action in &plan.def(self.state.node(*id).def).actions {
                if action.event == *event {
                    self.run_setting(*id, &action.value);
                }
            }
        }
    }

    fn run_setting(&mut self, id: Id, setting: &Setting) {
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
    fn settle(&mut self) {
        self.runs.clear();
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
                        self.run_setting(target, &action.value);
                    }
                }
            }
        }
    }

    fn drain(&mut self) {
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

    // --- evaluation --------------------------------------------------------------------------

    pub(super) fn reader(&self) -> Reader<'_> {
        Reader {
            plan: &self.plan,
            state: &self.state,
            offsets: &self.offsets,
            language: self.language,
            reads: Default::default(),
        }
    }

    /// Random numbers differ from node to node and stay the same for a node.
    fn salt(&self, id: Id) -> u64 {
        let path = self.path_of(id).to_string();
        path.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        })
    }

    fn run(&mut self, cell: u32) {
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
            let evaluator = Evaluator::with_salt(&reader, &self.environment, salt);
            let outcome = match (slot, expr) {
                (Slot::Choices, _) => self.offers(&evaluator, node).map(Outcome::Offers),
                (_, None) => Ok(Outcome::Text(self.words(&evaluator, node, slot))),
                (_, Some(expr)) => {
                    let blank = slot == Slot::Constraint && {
                        use crate::expression::Document as _;
                        reader.text(node).is_empty()
                    };
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
            (outcome, reader.reads.into_inner())
        };
        let (outcome, reads) = outcome;
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
        match (slot, outcome) {
            (Slot::Relevant, Outcome::Truth(relevant)) => {
                if self.state.node(id).own_relevant != relevant {
                    self.state.node_mut(id).own_relevant = relevant;
                    self.spread(id);
                }
            }
            (Slot::ReadOnly, Outcome::Truth(read_only)) => {
                if self.state.node(id).own_read_only != read_only {
                    self.state.node_mut(id).own_read_only = read_only;
                    self.spread(id);
                }
            }
            (Slot::Required, Outcome::Truth(required)) => {
                if self.state.node(id).required != required {
                    self.state.node_mut(id).required = required;
                    self.touched.insert(id);
                }
            }
            (Slot::Constraint, Outcome::Truth(satisfied)) => {
                if self.state.node(id).satisfied != satisfied {
                    self.state.node_mut(id).satisfied = satisfied;
                    self.touched.insert(id);
                }
            }
            (Slot::Calculate, Outcome::Text(text)) => self.set_raw(id, text),
            (Slot::Choices, Outcome::Offers(offers)) => {
                if self.state.node(id).choices.as_deref() != Some(&offers) {
                    self.state.node_mut(id).choices = Some(Arc::new(offers));
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
                let node = self.state.node_mut(id);
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
    fn spread(&mut self, from: Id) {
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

    fn resize(&mut self, range: Id, count: f64) {
        let def = self.state.node(range).def;
        let wanted = if count > MOST_INSTANCES as f64 {
            self.report(
                def,
                "too-many",
                &format!("More than {MOST_INSTANCES} instances are not made."),
            );
            MOST_INSTANCES
        } else {
            count.max(0.0) as usize
        };
        let mut present = self.state.node(range).children.len();
        if present == wanted {
            return;
        }
        while present > wanted {
            present -= 1;
            if let Some(last) = self.state.node_mut(range).children.pop() {
                self.detach(last);
                self.state.node_mut(range).parked.push(last);
            }
        }
        let first_new = self.state.nodes.len() as Id;
        while present < wanted {
            if let Some(parked) = self.state.node_mut(range).parked.pop() {
                self.state.node_mut(range).children.push(parked);
                self.attach(parked);
            } else {
                if self.state.nodes.len() >= MOST_NODES {
                    self.report(def, "too-large", "The form has grown too large.");
                    break;
                }
                let made = self.build(def, Some(range), Part::Instance, &(present + 1).to_string());
                self.state.node_mut(range).children.push(made);
            }
            present += 1;
        }
        self.spread(range);
        self.structure_changed(range);
        let made: Vec<Id> = (first_new..self.state.nodes.len() as Id).collect();
        if !made.is_empty() {
            self.drain();
            self.run_actions(&made, &Event::NewRepeat);
        }
    }

    fn offers(&self, evaluator: &Evaluator<'_, Reader<'_>>, id: Id) -> Result<Vec<Offer>, String> {
        let def = self.plan.def(self.state.node(id).def);
        let Some(choices) = &def.choices else {
            return Ok(Vec::new());
        };
        let mut offers = Vec::new();
        match &choices.source {
            Source::List { list, instance } => {
                let list = &self.plan.lists[*list];
                let items = instance.and_then(|place| {
                    Some((self.offsets.get(place)?, self.plan.instances.get(place)?))
                });
                for i in 0..list.items.len() {
                    let kept = match (choices.filter, items) {
                        (Some(filter), Some((offset, instance))) => {
                            let item = instance
                                .items
                                .get(i)
                                .map_or(STATIC, |node| STATIC + offset + node);
                            let object = evaluator
                                .evaluate_in_list(
                                    &self.plan.exprs[filter],
                                    item,
                                    i + 1,
                                    list.items.len(),
                                    id,
                                )
                                .map_err(|error| error.message)?;
                            evaluator.to_boolean(&object)
                        }
                        _ => true,
                    };
                    if kept {
                        offers.push(Offer::Item(i));
                    }
                }
            }
            Source::Nodes { expr, value, label } => {
                let object = evaluator
                    .evaluate(&self.plan.exprs[*expr], id)
                    .map_err(|error| error.message)?;
                let Object::Nodes(nodes) = object else {
                    return Err("Choices must be nodes.".into());
                };
                let size = nodes.len();
                for (i, node) in nodes.into_iter().enumerate() {
                    let at = |expr: ExprId| {
                        evaluator
                            .evaluate_in_list(&self.plan.exprs[expr], node, i + 1, size, id)
                            .map_err(|error| error.message)
                    };
                    if let Some(filter) = choices.filter
                        && !evaluator.to_boolean(&at(filter)?)
                    {
                        continue;
                    }
                    let value = evaluator.to_text(&at(*value)?);
                    let label = match label {
                        Some(label) => evaluator.to_text(&at(*label)?),
                        None => value.clone(),
                    };
                    offers.push(Offer::Given { value, label });
                }
            }
        }
        if let Some(seed) = choices.randomize {
            let seed = match seed {
                Some(seed) => {
                    let object = evaluator
                        .evaluate(&self.plan.exprs[seed], id)
                        .map_err(|error| error.message)?;
                    evaluator.to_number(&object)
                }
                None => (self.salt(id) >> 33) as f64 + (self.environment.seed % 65_536) as f64,
            };
            crate::expression::shuffle(&mut offers, seed as i64);
        }
        Ok(offers)
    }

    /// The words of a slot with the answers in place.
    fn words(&self, evaluator: &Evaluator<'_, Reader<'_>>, id: Id, slot: Slot) -> String {
        let def = self.plan.def(self.state.node(id).def);
        let words = match slot {
            Slot::Label => &def.label,
            Slot::Hint => &def.hint,
            Slot::Guidance => &def.guidance,
            Slot::ConstraintMessage => &def.constraint_message,
            Slot::RequiredMessage => &def.required_message,
            _ => &None,
        };
        let Some(wording) = words
            .as_ref()
            .and_then(|words| words.wording(self.language, self.plan.default_language))
        else {
            return String::new();
        };
        self.fill_in(evaluator, id, wording)
    }

    fn fill_in(&self, evaluator: &Evaluator<'_, Reader<'_>>, id: Id, wording: &Wording) -> String {
        let mut text = String::new();
        for part in &wording.parts {
            match part {
                WordPart::Plain(plain) => text.push_str(plain),
                WordPart::Output(expr) => {
                    if let Ok(object) = evaluator.evaluate(&self.plan.exprs[*expr], id) {
                        text.push_str(&evaluator.to_text(&object));
                    }
                }
            }
        }
        text
    }

    /// A wording with the answers in place, as seen from a node.
    pub(super) fn worded(&self, id: Id, wording: &Wording) -> String {
        let reader = self.reader();
        let evaluator = Evaluator::new(&reader, &self.environment);
        self.fill_in(&evaluator, id, wording)
    }

    /// Shows everything in another language: `ru`, `en` or the name the form gives it.
    pub fn set_language(&mut self, code: &str) -> Effects {
        let name = self.form.language_for(code).to_owned();
        let language = self
            .plan
            .languages
            .iter()
            .position(|known| *known == name || known == code);
        let Some(language) = language.filter(|language| *language != self.language) else {
            return Effects::default();
        };
        self.language = language;
        for cell in 0..self.state.cells.len() as u32 {
            // `jr:itext()` and `jr:choice-name()` may stand in any expression.
            self.enqueue(cell);
        }
        self.settle();
        self.touched = (0..self.state.nodes.len() as Id).collect();
        self.effects()
    }

    /// The name of the language shown.
    pub fn language(&self) -> &str {
        self.plan
            .languages
            .get(self.language)
            .map_or("", String::as_str)
    }

    fn report(&mut self, def: DefId, code: &'static str, message: &str) {
        if !self.reported.insert((def, code)) {
            return;
        }
        let path = self.plan.path_of(def);
        self.problems.push(Problem {
            code: format!("expression.{code}"),
            severity: Severity::Warning,
            place: Place::node(&path),
            message: Message::new(
                format!("Выражение не удалось вычислить: {message}"),
                format!("An expression could not be evaluated: {message}"),
            ),
            repair: None,
        });
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

enum Outcome {
    Truth(bool),
    Text(String),
    Count(Option<f64>),
    Offers(Vec<Offer>),
}

/// Whether the instance `a` stands after a new instance `b`. Numbers, which the form itself gives, come first and in
/// their order.
fn instance_order(a: &str, b: &str) -> bool {
    match (a.parse::<u64>(), b.parse::<u64>()) {
        (Ok(a), Ok(b)) => a > b,
        (Ok(_), Err(_)) => false,
        (Err(_), Ok(_)) => true,
        (Err(_), Err(_)) => a > b,
    }
}

/// A result as the text of its type.
fn typed_text(
    evaluator: &Evaluator<'_, Reader<'_>>,
    object: &Object<Id>,
    data_type: DataType,
) -> String {
    let text = match object {
        Object::Number(number) if number.is_nan() => return String::new(),
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
        _ => text,
    }
}

const _: fn() = || {
    fn is_send_and_sync<T: Send + Sync>() {}
    is_send_and_sync::<FormEntry>();
};
