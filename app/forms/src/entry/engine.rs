//! Opening an entry and making changes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::change::{Change, ChangeError, Edit, Effects};
use super::compile::compile;
use super::path::is_instance_id;
use super::plan::{DefId, Event, Plan, Sort};
use super::state::{Id, Part, State, Tombstones};
use super::{Attachments, NodePath, Value};
use crate::expression::{Environment, Zone};
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
    pub(super) offsets: Vec<u32>,
    pub(super) queue: BinaryHeap<Reverse<(u64, u32)>>,
    /// Cells that were evaluated in this change, with how often.
    pub(super) runs: BTreeMap<u32, u32>,
    pub(super) touched: BTreeSet<Id>,
    pub(super) restructured: BTreeSet<Id>,
    /// Definitions to run when a definition's value changes, and the definition's actions.
    pub(super) watchers: BTreeMap<DefId, Vec<DefId>>,
    /// Definitions with actions that wait for an instance of a repeat not around them.
    pub(super) adders: BTreeMap<DefId, Vec<DefId>>,
    /// Value changes that still have to run their actions.
    pub(super) changed_values: Vec<Id>,
    /// Steps of work left to the present change.
    pub(super) work_left: u32,
    pub(super) opening: bool,
    pub(super) tombstones: Tombstones,
    pub(super) waiting: Vec<Change>,
    pub(super) problems: Vec<Problem>,
    pub(super) reported: BTreeSet<(DefId, &'static str)>,
}

/// Instances one repeat may have.
pub(super) const MOST_INSTANCES: usize = 1000;
/// Nodes one entry may have.
pub(super) const MOST_NODES: usize = 400_000;
/// Longest answer in bytes.
const LONGEST_ANSWER: usize = 1 << 20;

impl FormEntry {
    /// Opens an empty entry. The problems say which expressions cannot be used; the entry works without them.
    pub fn open(form: Arc<Form>, context: EntryContext) -> (Self, Vec<Problem>) {
        Self::open_with(form, context, &Attachments::default())
    }

    /// Opens an empty entry of a form that comes with files or remembers the last submission.
    pub fn open_with(
        form: Arc<Form>,
        context: EntryContext,
        attachments: &Attachments,
    ) -> (Self, Vec<Problem>) {
        let (plan, mut problems) = compile(&form, attachments);
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
                        let known = watchers.entry(*trigger).or_default();
                        if !known.contains(&id) {
                            known.push(id);
                        }
                    }
                }
            }
        }
        let mut adders: BTreeMap<DefId, Vec<DefId>> = BTreeMap::new();
        for (id, def) in plan.defs.iter().enumerate() {
            for action in &def.actions {
                if let Event::Added(repeat) = action.event {
                    let known = adders.entry(repeat).or_default();
                    if !known.contains(&id) {
                        known.push(id);
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
            adders,
            changed_values: Vec::new(),
            work_left: 0,
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
                if def.calculate.is_some() {
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
    pub(super) fn child_named(&self, parent: Id, name: &str) -> Option<Id> {
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

    pub(super) fn is_attached(&self, id: Id) -> bool {
        self.state.node(id).attached
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

    pub(super) fn report(&mut self, def: DefId, code: &'static str, message: &str) {
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
}

const _: fn() = || {
    fn is_send_and_sync<T: Send + Sync>() {}
    is_send_and_sync::<FormEntry>();
};
