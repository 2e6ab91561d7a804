use super::Node;

/// A node met on a walk through a form.
#[derive(Clone, Debug)]
pub struct Walked<'a> {
    /// The node itself.
    pub node: &'a Node,
    /// Names from the top to the node, without the root: `room/seats`.
    pub path: String,
    /// Number of groups and repeats around the node.
    pub depth: usize,
}

/// Depth-first walk in the order of the form; does not recurse, so depth costs no stack.
#[derive(Clone, Debug)]
pub struct Walk<'a> {
    stack: Vec<(&'a [Node], String)>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(nodes: &'a [Node]) -> Self {
        Self {
            stack: vec![(nodes, String::new())],
        }
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = Walked<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let depth = self.stack.len().checked_sub(1)?;
            let (nodes, prefix) = self.stack.last_mut()?;
            let Some((node, rest)) = nodes.split_first() else {
                self.stack.pop();
                continue;
            };
            *nodes = rest;
            let path = match (prefix.is_empty(), node.name().is_empty()) {
                (_, true) => prefix.clone(),
                (true, false) => node.name().to_owned(),
                (false, false) => format!("{prefix}/{}", node.name()),
            };
            if !node.children().is_empty() {
                self.stack.push((node.children(), path.clone()));
            }
            return Some(Walked { node, path, depth });
        }
    }
}
