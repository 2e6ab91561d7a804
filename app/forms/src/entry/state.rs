//! The live tree of an entry: answers, what follows from them, and who watches what.

use std::collections::HashMap;
use std::sync::Arc;

use super::plan::{DefId, ExprId};

/// A live node. Ids are never used twice.
pub(crate) type Id = u32;

/// Ids from here on are nodes of secondary instances.
pub(crate) const STATIC: u32 = 1 << 31;

#[derive(Debug, Default)]
pub(crate) struct State {
    pub nodes: Vec<Live>,
    pub cells: Vec<Cell>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Part {
    /// An element of its own.
    #[default]
    Plain,
    /// A repeat as a whole; not seen by expressions.
    Range,
    /// One instance of a repeat.
    Instance,
}

#[derive(Debug, Default)]
pub(crate) struct Live {
    pub def: DefId,
    pub part: Part,
    pub parent: Option<Id>,
    /// Like the definition's children; of a range its instances in order.
    pub children: Vec<Id>,
    pub attributes: Vec<Id>,
    /// Id of an instance.
    pub instance: String,
    /// What was entered or computed.
    pub raw: String,
    /// `raw`, or nothing while it is no longer among the choices or bounds.
    pub value: String,
    /// Its own condition holds.
    pub own_relevant: bool,
    /// It and everything around it is relevant.
    pub relevant: bool,
    pub own_read_only: bool,
    pub read_only: bool,
    pub required: bool,
    /// The constraint holds, or there is nothing to constrain.
    pub satisfied: bool,
    pub choices: Option<Arc<Vec<Offer>>>,
    /// Texts that depend on answers, by slot.
    pub texts: Vec<(Slot, String)>,
    pub cells: Vec<u32>,
    /// Cells that read the value.
    pub value_watchers: Vec<u32>,
    /// Cells that read the list of instances.
    pub structure_watchers: Vec<u32>,
    /// Instances that a smaller count took away; a greater one brings them back.
    pub parked: Vec<Id>,
    /// The entry still holds it.
    pub attached: bool,
}

/// A choice as offered: a list item, or a value and label from nodes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Offer {
    Item(usize),
    Given { value: String, label: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Slot {
    Relevant,
    Count,
    Choices,
    Calculate,
    ReadOnly,
    Required,
    Constraint,
    Label,
    Hint,
    Guidance,
    ConstraintMessage,
    RequiredMessage,
}

/// One expression at one node.
#[derive(Debug)]
pub(crate) struct Cell {
    pub node: Id,
    pub slot: Slot,
    /// For texts none: they evaluate the outputs of their wording.
    pub expr: Option<ExprId>,
    pub reads: Vec<Read>,
    pub queued: bool,
}

/// Something an expression looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Read {
    Value(Id),
    Structure(Id),
}

impl State {
    pub fn node(&self, id: Id) -> &Live {
        &self.nodes[id as usize]
    }

    pub fn node_mut(&mut self, id: Id) -> &mut Live {
        &mut self.nodes[id as usize]
    }

    /// The live parent that expressions see: an instance's is around its range.
    pub fn seen_parent(&self, id: Id, is_nameless: impl Fn(DefId) -> bool) -> Option<Id> {
        let mut at = self.node(id).parent?;
        loop {
            let node = self.node(at);
            let skipped = node.part == Part::Range || is_nameless(node.def);
            if !skipped {
                return Some(at);
            }
            at = node.parent?;
        }
    }

    /// Replaces what a cell watches.
    pub fn watch(&mut self, cell: u32, mut reads: Vec<Read>) {
        reads.sort_unstable();
        reads.dedup();
        if self.cells[cell as usize].reads == reads {
            return;
        }
        let before = std::mem::take(&mut self.cells[cell as usize].reads);
        for read in &before {
            if reads.binary_search(read).is_err() {
                let watchers = self.watchers(*read);
                if let Some(at) = watchers.iter().position(|other| *other == cell) {
                    watchers.swap_remove(at);
                }
            }
        }
        for read in &reads {
            if before.binary_search(read).is_err() {
                self.watchers(*read).push(cell);
            }
        }
        self.cells[cell as usize].reads = reads;
    }

    fn watchers(&mut self, read: Read) -> &mut Vec<u32> {
        match read {
            Read::Value(id) => &mut self.node_mut(id).value_watchers,
            Read::Structure(id) => &mut self.node_mut(id).structure_watchers,
        }
    }

    /// The id of a text at a node.
    pub fn text(&self, id: Id, slot: Slot) -> Option<&str> {
        self.node(id)
            .texts
            .iter()
            .find(|(other, _)| *other == slot)
            .map(|(_, text)| text.as_str())
    }
}

/// Instances by id, for ranges with many.
pub(crate) type Tombstones = HashMap<Id, Vec<String>>;
