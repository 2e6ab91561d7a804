//! The instances of a document: the primary one becomes definitions, the others tables.

use roxmltree::Node;

use super::{DEEPEST, Reader, attribute, written_prefix};
use crate::entry::attachments::add_element;
use crate::entry::plan::{Def, DefId, Instance, Preload, RepeatRule, Sort};

impl Reader {
    pub(super) fn element(
        &mut self,
        node: Node<'_, '_>,
        parent: Option<DefId>,
        prefix: &str,
        repeats: &[String],
        depth: usize,
    ) {
        if depth > DEEPEST {
            return;
        }
        let name = node.tag_name().name();
        let path = format!("{prefix}/{name}");
        if let Some(known) = self.by_path.get(&path).copied() {
            // A further instance of a repeat, or a stray twin.
            self.further_instance(known, node);
            for inner in node.children().filter(Node::is_element) {
                self.element(inner, Some(known), &path, repeats, depth + 1);
            }
            return;
        }
        let leaf = !node.children().any(|child| child.is_element());
        let sort = if parent.is_none() {
            Sort::Root
        } else if repeats.contains(&path) {
            Sort::Repeat(RepeatRule::default())
        } else if leaf {
            Sort::Leaf
        } else {
            Sort::Group { nameless: false }
        };
        let text = node.text().unwrap_or_default();
        let repeating = matches!(sort, Sort::Repeat(_));
        let id = self.plan.add_def(
            parent,
            Def {
                name: name.to_owned(),
                prefix: written_prefix(&node),
                initial: if leaf && !repeating {
                    text.to_owned()
                } else {
                    String::new()
                },
                sort,
                ..Def::default()
            },
        );
        self.by_path.insert(path.clone(), id);
        if repeating {
            self.further_instance(id, node);
        }
        if parent.is_some() {
            for attribute in node.attributes().filter(|a| a.name() != "template") {
                let inner = self.plan.add_def(
                    Some(id),
                    Def {
                        name: attribute.name().to_owned(),
                        initial: attribute.value().to_owned(),
                        sort: Sort::Attribute,
                        ..Def::default()
                    },
                );
                self.by_path
                    .insert(format!("{path}/@{}", attribute.name()), inner);
            }
        }
        for inner in node.children().filter(Node::is_element) {
            self.element(inner, Some(id), &path, repeats, depth + 1);
        }
    }

    /// Notes an instance of a repeat that the document already holds, unless it is the template.
    pub(super) fn further_instance(&mut self, id: DefId, node: Node<'_, '_>) {
        if node
            .attributes()
            .any(|attribute| attribute.name() == "template")
        {
            return;
        }
        let mut values = Vec::new();
        for leaf in node
            .descendants()
            .filter(|inner| inner.is_element() && !inner.children().any(|child| child.is_element()))
        {
            let mut names: Vec<&str> = leaf
                .ancestors()
                .take_while(|ancestor| *ancestor != node)
                .map(|ancestor| ancestor.tag_name().name())
                .collect();
            names.reverse();
            values.push((names.join("/"), leaf.text().unwrap_or_default().to_owned()));
        }
        if let Sort::Repeat(rule) = &mut self.plan.defs[id].sort {
            rule.initial.push(values);
        }
    }

    /// Every submission has an id; what the document leaves out is added.
    pub(super) fn instance_id(&mut self) {
        let meta = self.plan.defs[0]
            .children
            .iter()
            .copied()
            .find(|child| self.plan.defs[*child].name == "meta");
        let prefix = match meta {
            Some(meta) => self.plan.defs[meta].prefix.clone(),
            None => Some("orx".to_owned()),
        };
        let root = format!("/{}", self.plan.defs[0].name);
        let meta = meta.unwrap_or_else(|| {
            let id = self.plan.add_def(
                Some(0),
                Def {
                    name: "meta".into(),
                    prefix: prefix.clone(),
                    sort: Sort::Group { nameless: false },
                    ..Def::default()
                },
            );
            self.by_path.insert(format!("{root}/meta"), id);
            id
        });
        if self.plan.defs[meta].sort == Sort::Leaf {
            self.plan.defs[meta].sort = Sort::Group { nameless: false };
        }
        let known = self.plan.defs[meta]
            .children
            .iter()
            .copied()
            .find(|child| self.plan.defs[*child].name == "instanceID");
        let id = known.unwrap_or_else(|| {
            let id = self.plan.add_def(
                Some(meta),
                Def {
                    name: "instanceID".into(),
                    prefix,
                    ..Def::default()
                },
            );
            self.by_path.insert(format!("{root}/meta/instanceID"), id);
            id
        });
        if self.plan.defs[id].initial.is_empty() {
            self.plan.defs[id].preload = Some(Preload::Uid);
        }
    }

    pub(super) fn secondary(&mut self, node: Node<'_, '_>) {
        let Some(id) = attribute(&node, "id") else {
            return;
        };
        let mut instance = Instance::new(id);
        for root in node.children().filter(Node::is_element) {
            add_element(&mut instance, 0, root, 0);
        }
        self.plan.instances.push(instance);
    }
}
