//! What the evaluator asks of a document.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt::Debug;

/// The kinds of node of XPath's data model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum NodeKind {
    Root,
    Element,
    Attribute,
    Text,
    Comment,
    ProcessingInstruction,
    Namespace,
}

/// A tree of nodes that expressions can be evaluated against.
///
/// Implementations see every read, so they can note what an expression depends on.
pub trait Document {
    /// A node, cheap to copy.
    type Node: Copy + PartialEq + Debug;

    /// The node that `/` means for an expression at `node`.
    fn root(&self, node: Self::Node) -> Self::Node;
    /// The kind of a node.
    fn kind(&self, node: Self::Node) -> NodeKind;
    /// The parent, if there is one.
    fn parent(&self, node: Self::Node) -> Option<Self::Node>;
    /// Appends the children, attributes not included, in document order.
    fn children(&self, node: Self::Node, into: &mut Vec<Self::Node>);
    /// Appends the attributes.
    fn attributes(&self, _node: Self::Node, _into: &mut Vec<Self::Node>) {}
    /// Appends the namespace nodes.
    fn namespaces(&self, _node: Self::Node, _into: &mut Vec<Self::Node>) {}
    /// Whether the node has this name.
    fn is_named(&self, node: Self::Node, prefix: Option<&str>, local: &str) -> bool;
    /// Whether the node's name is in the namespace that `prefix` stands for.
    fn is_in_namespace(&self, node: Self::Node, prefix: &str) -> bool;
    /// The local name, empty for a node without a name.
    fn local_name(&self, node: Self::Node) -> String;
    /// The name with its prefix.
    fn qualified_name(&self, node: Self::Node) -> String {
        self.local_name(node)
    }
    /// The namespace of the name, empty for none.
    fn namespace_uri(&self, _node: Self::Node) -> String {
        String::new()
    }
    /// The text of a node and everything inside it.
    fn text(&self, node: Self::Node) -> Cow<'_, str>;
    /// Which of two nodes comes first in the document.
    fn compare(&self, a: Self::Node, b: Self::Node) -> Ordering;

    /// Nodes visited so far inside the document beyond what the evaluator asked for, as for the text of a group.
    fn work(&self) -> u32 {
        0
    }

    /// Appends the element children of that name; the place to be faster than a search.
    fn children_named(
        &self,
        node: Self::Node,
        prefix: Option<&str>,
        local: &str,
        into: &mut Vec<Self::Node>,
    ) {
        let mut all = Vec::new();
        self.children(node, &mut all);
        into.extend(
            all.into_iter()
                .filter(|child| self.kind(*child) == NodeKind::Element)
                .filter(|child| self.is_named(*child, prefix, local)),
        );
    }

    /// The root of the secondary instance of that id, for `instance()`.
    fn instance(&self, _id: &str) -> Option<Self::Node> {
        None
    }
    /// The nodes that `${name}` means at `from`; the error is a plain sentence.
    ///
    /// # Errors
    /// When the form has no question of that name.
    fn reference(
        &self,
        name: &str,
        _last_saved: bool,
        _from: Self::Node,
    ) -> Result<Vec<Self::Node>, String> {
        Err(format!("There is no question named “{name}”."))
    }
    /// The text of that id in the active language, for `jr:itext()`.
    fn itext(&self, _id: &str) -> Option<String> {
        None
    }
    /// The nodes that hold the text of that id, for a caller that wants nodes.
    fn itext_nodes(&self, _id: &str) -> Option<Vec<Self::Node>> {
        None
    }
    /// The label of a choice of the select at `question`, in the active language, for `jr:choice-name()`.
    fn choice_label(&self, _question: &str, _value: &str, _from: Self::Node) -> Option<String> {
        None
    }
}
