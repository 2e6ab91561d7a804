//! The live tree as expressions see it, noting every read.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::cmp::Ordering;

use super::plan::{DefId, Plan, Sort};
use super::state::{Id, Part, Read, STATIC, State};
use crate::expression::{Document, NodeKind};

pub(crate) struct Reader<'a> {
    pub plan: &'a Plan,
    pub state: &'a State,
    /// First static id of each instance, counted from [`STATIC`].
    pub offsets: &'a [u32],
    pub language: usize,
    pub reads: RefCell<Vec<Read>>,
    pub visited: Cell<u32>,
}

/// The document node above the root element.
pub(crate) const DOCUMENT: Id = STATIC - 1;

impl<'a> Reader<'a> {
    fn is_nameless(&self, def: DefId) -> bool {
        self.plan.def(def).sort == (Sort::Group { nameless: true })
    }

    fn read(&self, read: Read) {
        let mut reads = self.reads.borrow_mut();
        if reads.last() != Some(&read) {
            reads.push(read);
        }
    }

    fn fixed(&self, id: Id) -> Option<(usize, u32)> {
        if id < STATIC {
            return None;
        }
        let place = id - STATIC;
        let instance = self.offsets.partition_point(|offset| *offset <= place) - 1;
        Some((instance, place - self.offsets[instance]))
    }

    fn fixed_node(&self, id: Id) -> Option<&'a super::plan::StaticNode> {
        let (instance, node) = self.fixed(id)?;
        self.plan.instances.get(instance)?.nodes.get(node as usize)
    }

    /// Appends a child as expressions see it: a range gives its instances, a nameless group its children.
    fn push_child(&self, child: Id, into: &mut Vec<Id>) {
        let node = self.state.node(child);
        match node.part {
            Part::Range => {
                self.read(Read::Structure(child));
                into.extend(&node.children);
            }
            _ if self.is_nameless(node.def) => {
                for inner in &node.children {
                    self.push_child(*inner, into);
                }
            }
            _ => into.push(child),
        }
    }

    fn children_with_def(&self, node: Id, def: DefId, into: &mut Vec<Id>) {
        // Down to the definition's parent through nameless groups, then to the child itself.
        let live = self.state.node(node);
        let parent_def = self.plan.def(live.def);
        if let Some(place) = parent_def.children.iter().position(|child| *child == def) {
            if let Some(child) = live.children.get(place) {
                self.push_child(*child, into);
            }
            return;
        }
        for child in &live.children {
            if self.is_nameless(self.state.node(*child).def) {
                self.children_with_def(*child, def, into);
            }
        }
    }

    /// The nodes of a definition as seen from `from`: those in the same instances of the repeats around both.
    pub fn nodes_of(&self, target: DefId, from: Id) -> Vec<Id> {
        let mut chain = vec![target];
        let mut at = self.plan.def(target).parent;
        while let Some(def) = at {
            chain.push(def);
            at = self.plan.def(def).parent;
        }
        let mut start = if from < DOCUMENT { Some(from) } else { Some(0) };
        while let Some(id) = start {
            let node = self.state.node(id);
            if node.part != Part::Range && node.def != target && chain.contains(&node.def) {
                break;
            }
            start = node.parent;
        }
        let start = start.unwrap_or(0);
        let depth = chain
            .iter()
            .position(|def| *def == self.state.node(start).def)
            .unwrap_or(chain.len() - 1);
        let mut nodes = vec![start];
        for def in chain[..depth].iter().rev() {
            let mut next = Vec::new();
            for node in nodes {
                if self.is_nameless(*def) {
                    let live = self.state.node(node);
                    next.extend(
                        live.children
                            .iter()
                            .filter(|child| self.state.node(**child).def == *def),
                    );
                } else {
                    self.children_with_def(node, *def, &mut next);
                }
            }
            nodes = next;
        }
        nodes
    }
}

impl Document for Reader<'_> {
    type Node = Id;

    fn root(&self, _node: Id) -> Id {
        // A path in a predicate on a secondary instance still begins at the form.
        DOCUMENT
    }

    fn kind(&self, node: Id) -> NodeKind {
        if node == DOCUMENT {
            return NodeKind::Root;
        }
        if let Some(fixed) = self.fixed_node(node) {
            return if fixed.attribute {
                NodeKind::Attribute
            } else {
                NodeKind::Element
            };
        }
        match self.plan.def(self.state.node(node).def).sort {
            Sort::Attribute => NodeKind::Attribute,
            _ => NodeKind::Element,
        }
    }

    fn parent(&self, node: Id) -> Option<Id> {
        if node == DOCUMENT {
            return None;
        }
        if let Some((instance, place)) = self.fixed(node) {
            let fixed = self
                .plan
                .instances
                .get(instance)?
                .nodes
                .get(place as usize)?;
            return (place != 0).then(|| STATIC + self.offsets[instance] + fixed.parent);
        }
        if node == 0 {
            return Some(DOCUMENT);
        }
        self.state.seen_parent(node, |def| self.is_nameless(def))
    }

    fn children(&self, node: Id, into: &mut Vec<Id>) {
        if node == DOCUMENT {
            into.push(0);
            return;
        }
        if let Some((instance, _)) = self.fixed(node) {
            if let Some(fixed) = self.fixed_node(node) {
                into.extend(
                    fixed
                        .children
                        .iter()
                        .map(|child| STATIC + self.offsets[instance] + child)
                        .filter(|child| {
                            self.fixed_node(*child).is_some_and(|node| !node.attribute)
                        }),
                );
            }
            return;
        }
        let live = self.state.node(node);
        if live.part == Part::Range {
            return;
        }
        for child in &live.children {
            self.push_child(*child, into);
        }
    }

    fn attributes(&self, node: Id, into: &mut Vec<Id>) {
        if node == DOCUMENT {
            return;
        }
        if let Some((instance, _)) = self.fixed(node) {
            if let Some(fixed) = self.fixed_node(node) {
                into.extend(
                    fixed
                        .children
                        .iter()
                        .map(|child| STATIC + self.offsets[instance] + child)
                        .filter(|child| self.fixed_node(*child).is_some_and(|node| node.attribute)),
                );
            }
            return;
        }
        into.extend(&self.state.node(node).attributes);
    }

    fn is_named(&self, node: Id, _prefix: Option<&str>, local: &str) -> bool {
        if node == DOCUMENT {
            return false;
        }
        match self.fixed_node(node) {
            Some(fixed) => fixed.name == local,
            None => self.plan.def(self.state.node(node).def).name == local,
        }
    }

    fn is_in_namespace(&self, node: Id, prefix: &str) -> bool {
        self.fixed(node).is_none()
            && node != DOCUMENT
            && self.plan.def(self.state.node(node).def).prefix.as_deref() == Some(prefix)
    }

    fn local_name(&self, node: Id) -> String {
        if node == DOCUMENT {
            return String::new();
        }
        match self.fixed_node(node) {
            Some(fixed) => fixed.name.clone(),
            None => self.plan.def(self.state.node(node).def).name.clone(),
        }
    }

    fn text(&self, node: Id) -> Cow<'_, str> {
        if node == DOCUMENT {
            return self.text(0);
        }
        if let Some(fixed) = self.fixed_node(node) {
            let mut inside = Vec::new();
            self.children(node, &mut inside);
            if inside.is_empty() {
                return Cow::Borrowed(&fixed.text);
            }
            let visited = self.visited.get();
            self.visited
                .set(visited.saturating_add(inside.len() as u32));
            return inside
                .into_iter()
                .map(|child| self.text(child).into_owned())
                .collect::<String>()
                .into();
        }
        let live = self.state.node(node);
        let def = self.plan.def(live.def);
        if matches!(def.sort, Sort::Leaf | Sort::Attribute) {
            self.read(Read::Value(node));
            return if live.relevant {
                Cow::Borrowed(&live.value)
            } else {
                Cow::Borrowed("")
            };
        }
        let mut pending = vec![node];
        let mut text = String::new();
        while let Some(at) = pending.pop() {
            self.visited.set(self.visited.get().saturating_add(1));
            let mut inside = Vec::new();
            self.children(at, &mut inside);
            for child in inside.into_iter().rev() {
                pending.push(child);
            }
            let live = self.state.node(at);
            if self.plan.def(live.def).sort == Sort::Leaf {
                self.read(Read::Value(at));
                if live.relevant {
                    text.push_str(&live.value);
                }
            }
        }
        text.into()
    }

    fn work(&self) -> u32 {
        self.visited.get()
    }

    fn compare(&self, a: Id, b: Id) -> Ordering {
        if a == b {
            return Ordering::Equal;
        }
        if a >= STATIC || b >= STATIC || a == DOCUMENT || b == DOCUMENT {
            // The document comes first, then the form, then the instances, whose nodes were made in order.
            let key = |id: Id| (id != DOCUMENT, id);
            return key(a).cmp(&key(b));
        }
        let trail = |id: Id| {
            let mut trail = Vec::new();
            let mut at = id;
            while let Some(parent) = self.state.node(at).parent {
                let children = &self.state.node(parent).children;
                let place = children.iter().position(|child| *child == at);
                trail.push(place.map_or(0, |place| place + 1));
                at = parent;
            }
            trail.reverse();
            trail
        };
        trail(a).cmp(&trail(b))
    }

    fn children_named(&self, node: Id, prefix: Option<&str>, local: &str, into: &mut Vec<Id>) {
        if node == DOCUMENT {
            if self.plan.def(0).name == local {
                into.push(0);
            }
            return;
        }
        if node >= STATIC {
            let mut all = Vec::new();
            self.children(node, &mut all);
            into.extend(
                all.into_iter()
                    .filter(|child| self.is_named(*child, prefix, local)),
            );
            return;
        }
        let live = self.state.node(node);
        if live.part == Part::Range {
            return;
        }
        let def = self.plan.def(live.def);
        if let Some(place) = def.child_index.get(local) {
            if let Some(child) = live.children.get(*place) {
                self.push_child(*child, into);
            }
            return;
        }
        for child in &live.children {
            if self.is_nameless(self.state.node(*child).def) {
                self.children_named(*child, prefix, local, into);
            }
        }
    }

    fn instance(&self, id: &str) -> Option<Id> {
        let place = self
            .plan
            .instances
            .iter()
            .position(|instance| instance.id == id)?;
        Some(STATIC + self.offsets[place])
    }

    fn reference(&self, name: &str, last_saved: bool, from: Id) -> Result<Vec<Id>, String> {
        if last_saved {
            let mut roots = Vec::new();
            let mut found = Vec::new();
            if let Some(last) = self.instance(super::attachments::LAST_SAVED) {
                self.children(last, &mut roots);
            }
            for root in roots {
                self.children_named(root, None, name, &mut found);
            }
            found.truncate(1);
            return Ok(found);
        }
        let named = self
            .plan
            .by_name
            .get(name)
            .ok_or_else(|| format!("There is no question named “{name}”."))?;
        // Of several with the same name the one nearest to the place of the expression.
        let near = |def: &DefId| {
            let mut depth = 0;
            let mut at = (from < DOCUMENT).then(|| self.state.node(from).def);
            while let Some(up) = at {
                if self.plan.is_ancestor(up, *def) || up == *def {
                    break;
                }
                depth += 1;
                at = self.plan.def(up).parent;
            }
            depth
        };
        let target = named.iter().copied().min_by_key(near);
        Ok(target.map_or_else(Vec::new, |target| self.nodes_of(target, from)))
    }

    fn itext(&self, id: &str) -> Option<String> {
        let words = self.plan.itext.get(id)?;
        words
            .wording(self.language, self.plan.default_language)
            .map(|wording| wording.text())
    }

    fn choice_label(&self, question: &str, value: &str, from: Id) -> Option<String> {
        let path = question.trim();
        let name = path.rsplit(['/', '{']).next()?.trim_end_matches('}');
        let def = self.plan.by_name.get(name)?.first()?;
        let node = self.nodes_of(*def, from).first().copied()?;
        self.offer_label(node, value)
    }
}

impl Reader<'_> {
    /// The label of an offered choice in the active language.
    pub fn offer_label(&self, node: Id, value: &str) -> Option<String> {
        use super::plan::Source;
        use super::state::Offer;
        let live = self.state.node(node);
        self.read(Read::Value(node));
        let choices = self.plan.def(live.def).choices.as_ref()?;
        if let Some(offers) = &live.choices {
            for offer in offers.iter() {
                if let Offer::Given {
                    value: other,
                    label,
                } = offer
                    && other == value
                {
                    return Some(label.clone());
                }
            }
        }
        let Source::List { list, .. } = choices.source else {
            return None;
        };
        let list = self.plan.lists.get(list)?;
        let item = list.items.get(*list.by_value.get(value)?)?;
        item.label
            .wording(self.language, self.plan.default_language)
            .map(|wording| wording.text())
    }
}
