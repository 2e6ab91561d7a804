//! Making and removing live nodes.

use super::FormEntry;
use super::engine::{MOST_INSTANCES, MOST_NODES};
use super::plan::{DataType, DefId, Event, ExprId, Preload, Sort, Source, Words};
use super::state::{Cell, Id, Live, Part, Slot};
use crate::expression::Evaluator;

impl FormEntry {
    /// Makes the live nodes of a definition and queues their expressions.
    pub(super) fn build(
        &mut self,
        def_id: DefId,
        parent: Option<Id>,
        part: Part,
        instance: &str,
    ) -> Id {
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

    pub(super) fn preset(&mut self, instance: Id, path: &str, value: &str) {
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
    pub(super) fn given(&self, def: DefId) -> Option<String> {
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

    pub(super) fn now_as(&self, data_type: DataType) -> String {
        let now = self.evaluate_source("now()");
        match data_type {
            DataType::Date => now.get(..10).unwrap_or_default().to_owned(),
            DataType::Time => now.get(11..16).unwrap_or_default().to_owned(),
            _ => now,
        }
    }

    pub(super) fn evaluate_source(&self, source: &str) -> String {
        let Ok(expr) = crate::expression::parse(source) else {
            return String::new();
        };
        let reader = self.reader();
        let evaluator = Evaluator::new(&reader, &self.environment);
        evaluator
            .evaluate(&expr, 0)
            .map_or_else(|_| String::new(), |object| evaluator.to_text(&object))
    }

    pub(super) fn cell(&mut self, node: Id, slot: Slot, expr: Option<ExprId>) {
        if expr.is_some() {
            self.add_cell(node, slot, expr);
        }
    }

    pub(super) fn words_cell(&mut self, node: Id, slot: Slot, words: Option<&Words>) {
        if words.is_some_and(Words::is_dynamic) {
            self.add_cell(node, slot, None);
        }
    }

    pub(super) fn add_cell(&mut self, node: Id, slot: Slot, expr: Option<ExprId>) {
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

    pub(super) fn add_instance(&mut self, range: Id, instance: &str, place: Option<usize>) -> Id {
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
        self.run_added(id);
        id
    }

    pub(super) fn detach(&mut self, id: Id) {
        let mut pending = vec![id];
        while let Some(at) = pending.pop() {
            let node = self.state.node_mut(at);
            node.attached = false;
            pending.extend(&node.children);
            pending.extend(&node.attributes);
        }
    }

    pub(super) fn attach(&mut self, id: Id) {
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

    pub(super) fn structure_changed(&mut self, range: Id) {
        self.restructured.insert(range);
        for cell in self.state.node(range).structure_watchers.clone() {
            self.enqueue(cell);
        }
    }

    pub(super) fn resize(&mut self, range: Id, count: f64) {
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
        let mut instances = Vec::new();
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
                instances.push(made);
            }
            present += 1;
        }
        self.spread(range);
        self.structure_changed(range);
        let made: Vec<Id> = (first_new..self.state.nodes.len() as Id).collect();
        if !made.is_empty() {
            self.drain();
            self.run_actions(&made, &Event::NewRepeat);
            for instance in instances {
                self.run_added(instance);
            }
        }
    }
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
