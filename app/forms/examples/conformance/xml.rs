//! An XML document seen through the evaluator's eyes.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use forms::expression::{Document, NodeKind};
use roxmltree::NodeType;

/// A node: a node of the tree, or the n-th attribute or namespace of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Node {
    Tree(roxmltree::NodeId),
    Attribute(roxmltree::NodeId, usize),
    Namespace(roxmltree::NodeId, usize),
}

pub struct XmlDocument<'a> {
    pub tree: &'a roxmltree::Document<'a>,
    pub root: Option<Node>,
    pub namespaces: BTreeMap<String, String>,
    pub language: Option<String>,
}

impl<'a> XmlDocument<'a> {
    fn get(&self, id: roxmltree::NodeId) -> roxmltree::Node<'a, 'a> {
        self.tree.get_node(id).expect("ids come from this tree")
    }

    /// The node at a structural path such as `/*[1]/*[2]/text()[1]` or `/*[1]/@id`.
    pub fn at(&self, path: &str) -> Option<Node> {
        let mut node = self.tree.root();
        for step in path.split('/').filter(|step| !step.is_empty()) {
            if let Some(name) = step.strip_prefix('@') {
                let mut all = Vec::new();
                self.attributes(Node::Tree(node.id()), &mut all);
                self.namespaces(Node::Tree(node.id()), &mut all);
                return all.into_iter().find(|other| {
                    let known = self.qualified_name(*other);
                    known == name || name.strip_prefix("xmlns:") == Some(known.as_str())
                });
            }
            let (test, index) = step.trim_end_matches(']').split_once('[')?;
            let index: usize = index.parse().ok()?;
            node = node
                .children()
                .filter(|child| match test {
                    "*" => child.is_element(),
                    "text()" => child.is_text(),
                    "comment()" => child.is_comment(),
                    _ => child.is_pi(),
                })
                .nth(index.checked_sub(1)?)?;
        }
        Some(Node::Tree(node.id()))
    }

    fn uri_of(&self, prefix: &str, near: roxmltree::Node<'a, 'a>) -> Option<String> {
        self.namespaces
            .get(prefix)
            .cloned()
            .or_else(|| near.lookup_namespace_uri(Some(prefix)).map(str::to_owned))
    }

    fn element(&self, node: Node) -> roxmltree::Node<'a, 'a> {
        match node {
            Node::Tree(id) | Node::Attribute(id, _) | Node::Namespace(id, _) => self.get(id),
        }
    }

    fn itext_values(&self, id: &str) -> Option<Vec<roxmltree::Node<'a, 'a>>> {
        let translations: Vec<_> = self
            .tree
            .descendants()
            .filter(|node| node.has_tag_name_local("translation"))
            .collect();
        let active = translations
            .iter()
            .find(|node| node.attribute("lang") == self.language.as_deref())
            .or_else(|| {
                translations
                    .iter()
                    .find(|node| node.has_attribute("default"))
            })
            .or_else(|| translations.first())?;
        let text = active
            .children()
            .find(|node| node.attribute("id") == Some(id))?;
        Some(text.children().filter(|node| node.is_element()).collect())
    }
}

trait LocalName {
    fn has_tag_name_local(&self, name: &str) -> bool;
}

impl LocalName for roxmltree::Node<'_, '_> {
    fn has_tag_name_local(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}

impl Document for XmlDocument<'_> {
    type Node = Node;

    fn root(&self, _node: Node) -> Node {
        self.root
            .unwrap_or_else(|| Node::Tree(self.tree.root().id()))
    }

    fn kind(&self, node: Node) -> NodeKind {
        match node {
            Node::Attribute(..) => NodeKind::Attribute,
            Node::Namespace(..) => NodeKind::Namespace,
            Node::Tree(id) => match self.get(id).node_type() {
                NodeType::Root => NodeKind::Root,
                NodeType::Element => NodeKind::Element,
                NodeType::Text => NodeKind::Text,
                NodeType::Comment => NodeKind::Comment,
                NodeType::PI => NodeKind::ProcessingInstruction,
            },
        }
    }

    fn parent(&self, node: Node) -> Option<Node> {
        match node {
            Node::Attribute(id, _) | Node::Namespace(id, _) => Some(Node::Tree(id)),
            tree if Some(tree) == self.root => None,
            Node::Tree(id) => self.get(id).parent().map(|parent| Node::Tree(parent.id())),
        }
    }

    fn children(&self, node: Node, into: &mut Vec<Node>) {
        if let Node::Tree(id) = node {
            into.extend(self.get(id).children().map(|child| Node::Tree(child.id())));
        }
    }

    fn attributes(&self, node: Node, into: &mut Vec<Node>) {
        if let Node::Tree(id) = node {
            let count = self.get(id).attributes().len();
            into.extend((0..count).map(|i| Node::Attribute(id, i)));
        }
    }

    fn namespaces(&self, node: Node, into: &mut Vec<Node>) {
        if let Node::Tree(id) = node
            && self.get(id).is_element()
        {
            let count = self.get(id).namespaces().count();
            into.extend((0..count).map(|i| Node::Namespace(id, i)));
        }
    }

    fn is_named(&self, node: Node, prefix: Option<&str>, local: &str) -> bool {
        if self.local_name(node) != local {
            return false;
        }
        match prefix {
            Some(prefix) => self.is_in_namespace(node, prefix),
            // Forms write unprefixed names for the default namespace, whatever it is.
            None => !self.qualified_name(node).contains(':'),
        }
    }

    fn is_in_namespace(&self, node: Node, prefix: &str) -> bool {
        self.uri_of(prefix, self.element(node))
            .is_some_and(|uri| uri == self.namespace_uri(node))
    }

    fn local_name(&self, node: Node) -> String {
        match node {
            Node::Attribute(id, i) => self
                .get(id)
                .attributes()
                .nth(i)
                .map_or("", |attribute| attribute.name())
                .to_owned(),
            Node::Namespace(id, i) => self
                .get(id)
                .namespaces()
                .nth(i)
                .and_then(|namespace| namespace.name())
                .unwrap_or("")
                .to_owned(),
            Node::Tree(id) => {
                let node = self.get(id);
                node.pi()
                    .map_or(node.tag_name().name(), |pi| pi.target)
                    .to_owned()
            }
        }
    }

    fn qualified_name(&self, node: Node) -> String {
        let local = self.local_name(node);
        let element = self.element(node);
        let written = match node {
            Node::Attribute(id, i) => self
                .get(id)
                .attributes()
                .nth(i)
                .map(|attribute| &self.tree.input_text()[attribute.range_qname()]),
            Node::Tree(_) if element.is_element() => {
                let start = element.range().start + 1;
                self.tree.input_text().get(start..).and_then(|rest| {
                    rest.split(|c: char| c.is_whitespace() || c == '/' || c == '>')
                        .next()
                })
            }
            _ => None,
        };
        written.map_or(local, str::to_owned)
    }

    fn namespace_uri(&self, node: Node) -> String {
        match node {
            Node::Attribute(id, i) => self
                .get(id)
                .attributes()
                .nth(i)
                .and_then(|attribute| attribute.namespace())
                .unwrap_or("")
                .to_owned(),
            Node::Namespace(..) => String::new(),
            Node::Tree(id) => self.get(id).tag_name().namespace().unwrap_or("").to_owned(),
        }
    }

    fn text(&self, node: Node) -> Cow<'_, str> {
        match node {
            Node::Attribute(id, i) => self
                .get(id)
                .attributes()
                .nth(i)
                .map_or(Cow::Borrowed(""), |attribute| attribute.value().into()),
            Node::Namespace(id, i) => self
                .get(id)
                .namespaces()
                .nth(i)
                .map_or(Cow::Borrowed(""), |namespace| namespace.uri().into()),
            Node::Tree(id) => {
                let node = self.get(id);
                match node.node_type() {
                    NodeType::Text | NodeType::Comment => node.text().unwrap_or("").into(),
                    NodeType::PI => node.pi().and_then(|pi| pi.value).unwrap_or("").into(),
                    NodeType::Root | NodeType::Element => node
                        .descendants()
                        .filter(|inner| inner.is_text())
                        .filter_map(|inner| inner.text())
                        .collect::<String>()
                        .into(),
                }
            }
        }
    }

    fn compare(&self, a: Node, b: Node) -> Ordering {
        let key = |node: Node| match node {
            Node::Tree(id) => (id.get_usize(), 0, 0),
            Node::Namespace(id, i) => (id.get_usize(), 1, i),
            Node::Attribute(id, i) => (id.get_usize(), 2, i),
        };
        key(a).cmp(&key(b))
    }

    fn instance(&self, id: &str) -> Option<Node> {
        self.tree
            .descendants()
            .find(|node| node.has_tag_name_local("instance") && node.attribute("id") == Some(id))
            .map(|node| Node::Tree(node.id()))
    }

    fn itext(&self, id: &str) -> Option<String> {
        let values = self.itext_values(id)?;
        values
            .first()
            .map(|node| self.text(Node::Tree(node.id())).into_owned())
    }

    fn itext_nodes(&self, id: &str) -> Option<Vec<Node>> {
        Some(
            self.itext_values(id)?
                .into_iter()
                .map(|node| Node::Tree(node.id()))
                .collect(),
        )
    }
}
