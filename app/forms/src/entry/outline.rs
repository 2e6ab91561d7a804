//! Walking an entry without building the view of every node: for hosts that draw thousands of questions.

use super::plan::{Sort, Source};
use super::state::{Id, Part};
use super::{FormEntry, NodePath, NodeView};

/// A node of one entry; another entry of the same form has other ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(Id);

impl NodeId {
    /// The form as a whole.
    pub const ROOT: NodeId = NodeId(0);
}

/// What a node is, without its words and answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outline {
    /// What holds what.
    pub kind: OutlineKind,
    /// It is still in the entry, takes part, and so does everything around it.
    pub relevant: bool,
    /// A person is meant to see it at all.
    pub visible: bool,
    /// A group without a name, which only holds a condition.
    pub is_nameless: bool,
}

/// The sort of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutlineKind {
    /// The form or a group.
    Group,
    /// A repeat as a whole.
    Repeat,
    /// One instance of a repeat.
    Instance,
    /// Holds an answer, or only words.
    Question,
}

impl FormEntry {
    /// The node at `path`, also one that is not relevant.
    pub fn node(&self, path: &NodePath) -> Option<NodeId> {
        self.find(path).map(NodeId)
    }

    /// Where a node is.
    pub fn path_at(&self, node: NodeId) -> NodePath {
        self.path_of(node.0)
    }

    /// What a node is. Cheap: nothing is copied.
    pub fn outline(&self, node: NodeId) -> Outline {
        let live = self.state.node(node.0);
        let def = self.plan.def(live.def);
        let kind = match (&def.sort, live.part) {
            (Sort::Repeat(_), Part::Instance) => OutlineKind::Instance,
            (Sort::Repeat(_), _) => OutlineKind::Repeat,
            (Sort::Root | Sort::Group { .. }, _) => OutlineKind::Group,
            _ => OutlineKind::Question,
        };
        Outline {
            kind,
            relevant: live.relevant && live.attached,
            visible: def.visible,
            is_nameless: def.name.is_empty(),
        }
    }

    /// Nodes directly inside, in order, those that are not relevant included.
    pub fn inside(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        self.state
            .node(node.0)
            .children
            .iter()
            .map(|child| NodeId(*child))
    }

    /// Do answers stand in the words of its choices? Such words are worked out when looked at, so a change of them
    /// is not among [`Effects`](super::Effects).
    pub fn has_answers_in_choices(&self, node: NodeId) -> bool {
        let def = self.plan.def(self.state.node(node.0).def);
        let Some(choices) = &def.choices else {
            return false;
        };
        match &choices.source {
            Source::List { list, .. } => self.plan.lists[*list].items.iter().any(|item| {
                item.label
                    .wording(self.language, self.plan.default_language)
                    .is_some_and(|wording| wording.is_dynamic())
            }),
            Source::Nodes { .. } => false,
        }
    }

    /// The node as a person sees it now.
    pub fn view_at(&self, node: NodeId) -> NodeView {
        self.view_of(node.0)
    }
}
