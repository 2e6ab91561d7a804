//! Location paths: axes, node tests, predicates.

use super::evaluate::{Context, EvaluationError};
use super::{
    Axis, Document, Evaluator, Expr, ExprKind, NodeKind, NodeTest, Object, Path, PathStart, Span,
    Step,
};

impl<D: Document> Evaluator<'_, D> {
    pub(super) fn path(
        &self,
        path: &Path,
        span: Span,
        context: &Context<D::Node>,
    ) -> Result<Vec<D::Node>, EvaluationError> {
        let mut nodes = match &path.start {
            PathStart::Root => vec![self.document.root(context.node)],
            PathStart::Context => vec![context.node],
            PathStart::Expr(start) => match self.eval(start, context)? {
                Object::Nodes(nodes) => nodes,
                _ => return self.fail(start.span, "A path can only continue from nodes."),
            },
        };
        // While no node is inside another, children come out in order and once.
        let mut disjoint = nodes.len() <= 1 || !matches!(path.start, PathStart::Expr(_));
        for step in &path.steps {
            let mut found = Vec::new();
            for node in &nodes {
                self.step(step, *node, context, span, &mut found)?;
            }
            let keeps_order = match step.axis {
                Axis::Child | Axis::SelfNode | Axis::Attribute => disjoint,
                _ => nodes.len() <= 1 && !step.axis.is_reverse(),
            };
            if found.len() > 1 && !keeps_order {
                self.sort(&mut found, span)?;
            }
            disjoint = found.len() <= 1
                || (disjoint
                    && matches!(step.axis, Axis::Child | Axis::SelfNode | Axis::Attribute));
            nodes = found;
        }
        Ok(nodes)
    }

    pub(super) fn step(
        &self,
        step: &Step,
        from: D::Node,
        context: &Context<D::Node>,
        span: Span,
        found: &mut Vec<D::Node>,
    ) -> Result<(), EvaluationError> {
        if step.predicates.is_empty() {
            let before = found.len();
            self.walk(step, from, span, found)?;
            return self.spend(found.len() - before + 1, span);
        }
        let mut nodes = Vec::new();
        self.walk(step, from, span, &mut nodes)?;
        self.spend(nodes.len() + 1, span)?;
        for predicate in &step.predicates {
            nodes = self.filter(nodes, predicate, context)?;
        }
        found.append(&mut nodes);
        Ok(())
    }

    pub(super) fn filter(
        &self,
        nodes: Vec<D::Node>,
        predicate: &Expr,
        outer: &Context<D::Node>,
    ) -> Result<Vec<D::Node>, EvaluationError> {
        // `[3]` is common in form logic and needs no walk through the rest.
        if let ExprKind::Number(wanted) = predicate.kind {
            let index = wanted - 1.0;
            let chosen = (index >= 0.0 && index.fract() == 0.0)
                .then(|| nodes.get(index as usize))
                .flatten();
            return Ok(chosen.copied().into_iter().collect());
        }
        let size = nodes.len();
        let mut kept = Vec::new();
        for (i, node) in nodes.into_iter().enumerate() {
            let context = Context {
                node,
                position: i + 1,
                size,
                current: outer.current,
            };
            let keep = match self.eval(predicate, &context)? {
                Object::Number(number) => number == (i + 1) as f64,
                other => self.boolean(&other),
            };
            if keep {
                kept.push(node);
            }
        }
        Ok(kept)
    }

    /// Appends what the step reaches, in the order of its axis.
    pub(super) fn walk(
        &self,
        step: &Step,
        from: D::Node,
        span: Span,
        found: &mut Vec<D::Node>,
    ) -> Result<(), EvaluationError> {
        let document = self.document;
        if step.axis == Axis::Child
            && let NodeTest::Name { prefix, local } = &step.test
        {
            document.children_named(from, prefix.as_deref(), local, found);
            return Ok(());
        }
        let mut nodes = Vec::new();
        match step.axis {
            Axis::Child => document.children(from, &mut nodes),
            Axis::Parent => nodes.extend(document.parent(from)),
            Axis::SelfNode => nodes.push(from),
            Axis::Attribute => document.attributes(from, &mut nodes),
            Axis::Namespace => document.namespaces(from, &mut nodes),
            Axis::Descendant => self.descendants(from, span, &mut nodes)?,
            Axis::DescendantOrSelf => {
                nodes.push(from);
                self.descendants(from, span, &mut nodes)?;
            }
            Axis::Ancestor => self.ancestors(from, &mut nodes),
            Axis::AncestorOrSelf => {
                nodes.push(from);
                self.ancestors(from, &mut nodes);
            }
            Axis::FollowingSibling => nodes = self.siblings(from, true),
            Axis::PrecedingSibling => nodes = self.siblings(from, false),
            Axis::Following | Axis::Preceding => {
                let forward = step.axis == Axis::Following;
                let mut around = vec![from];
                self.ancestors(from, &mut around);
                for node in around {
                    for sibling in self.siblings(node, forward) {
                        let start = nodes.len();
                        nodes.push(sibling);
                        self.descendants(sibling, span, &mut nodes)?;
                        if !forward {
                            nodes[start..].reverse();
                        }
                    }
                }
            }
        }
        found.extend(
            nodes
                .into_iter()
                .filter(|node| self.accepts(step.axis, &step.test, *node)),
        );
        Ok(())
    }

    pub(super) fn accepts(&self, axis: Axis, test: &NodeTest, node: D::Node) -> bool {
        let document = self.document;
        let kind = document.kind(node);
        let principal = match axis {
            Axis::Attribute => kind == NodeKind::Attribute,
            Axis::Namespace => kind == NodeKind::Namespace,
            _ => kind == NodeKind::Element,
        };
        match test {
            NodeTest::Node => true,
            NodeTest::Any { prefix: None } => principal,
            NodeTest::Any {
                prefix: Some(prefix),
            } => principal && document.is_in_namespace(node, prefix),
            NodeTest::Name { prefix, local } => {
                principal && document.is_named(node, prefix.as_deref(), local)
            }
            NodeTest::Text => kind == NodeKind::Text,
            NodeTest::Comment => kind == NodeKind::Comment,
            NodeTest::ProcessingInstruction(target) => {
                kind == NodeKind::ProcessingInstruction
                    && target
                        .as_ref()
                        .is_none_or(|target| *target == document.local_name(node))
            }
        }
    }

    pub(super) fn descendants(
        &self,
        from: D::Node,
        span: Span,
        into: &mut Vec<D::Node>,
    ) -> Result<(), EvaluationError> {
        let mut pending = Vec::new();
        self.document.children(from, &mut pending);
        pending.reverse();
        while let Some(node) = pending.pop() {
            self.spend(1, span)?;
            into.push(node);
            let start = pending.len();
            self.document.children(node, &mut pending);
            pending[start..].reverse();
        }
        Ok(())
    }

    pub(super) fn ancestors(&self, from: D::Node, into: &mut Vec<D::Node>) {
        let mut node = from;
        while let Some(parent) = self.document.parent(node) {
            into.push(parent);
            node = parent;
        }
    }

    /// Siblings after the node in order, or before it in reverse order.
    pub(super) fn siblings(&self, node: D::Node, forward: bool) -> Vec<D::Node> {
        let (Some(parent), false) = (
            self.document.parent(node),
            matches!(
                self.document.kind(node),
                NodeKind::Attribute | NodeKind::Namespace
            ),
        ) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        self.document.children(parent, &mut all);
        let Some(at) = all.iter().position(|sibling| *sibling == node) else {
            return Vec::new();
        };
        if forward {
            all.split_off(at + 1)
        } else {
            all.truncate(at);
            all.reverse();
            all
        }
    }

    pub(super) fn sort(&self, nodes: &mut Vec<D::Node>, span: Span) -> Result<(), EvaluationError> {
        self.spend(nodes.len(), span)?;
        nodes.sort_by(|a, b| self.document.compare(*a, *b));
        nodes.dedup();
        Ok(())
    }
}
