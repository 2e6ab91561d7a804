//! Which definitions depend on which, read from the expressions alone: the order of evaluation, and circles.

use std::collections::BTreeSet;

use super::plan::{DefId, ExprId, Plan, Sort, Source};
use crate::expression::{Axis, Expr, ExprKind, NodeTest, Path, PathStart, Step};
use crate::form::{Message, Place, Problem, Severity};

/// Ranks definitions so that what an expression reads comes before what it decides. Circles are reported; inside one
/// the order is that of the form.
pub(crate) fn rank(plan: &mut Plan, problems: &mut Vec<Problem>) {
    let count = plan.defs.len();
    let mut needs: Vec<BTreeSet<DefId>> = vec![BTreeSet::new(); count];
    for (id, needed) in needs.iter_mut().enumerate() {
        let def = plan.def(id);
        let mut exprs: Vec<ExprId> = [def.relevant, def.calculate]
            .into_iter()
            .flatten()
            .collect();
        if let Sort::Repeat(rule) = &def.sort {
            exprs.extend(rule.count);
        }
        if let Some(choices) = &def.choices {
            exprs.extend(choices.filter);
            if let Source::Nodes { expr, .. } = &choices.source {
                exprs.push(*expr);
            }
        }
        for expr in exprs {
            needed.extend(reads(plan, expr, id));
        }
        // A node is relevant only when everything around it is.
        needed.extend(def.parent);
    }
    let groups = strongly_connected(&needs);
    let mut rank = vec![0; count];
    for (place, group) in groups.iter().enumerate() {
        for id in group {
            rank[*id] = place as u32;
        }
        report_circle(plan, group, &needs, problems);
    }
    plan.rank = rank;
}

fn report_circle(
    plan: &Plan,
    group: &[DefId],
    needs: &[BTreeSet<DefId>],
    problems: &mut Vec<Problem>,
) {
    // In a repeat, a question may well depend on itself in another instance.
    let decided: Vec<DefId> = group
        .iter()
        .copied()
        .filter(|id| plan.def(*id).calculate.is_some() || plan.def(*id).relevant.is_some())
        .filter(|id| !plan.is_in_repeat(*id))
        .collect();
    let circle = match decided.as_slice() {
        [] => return,
        [one] if group.len() == 1 => {
            if !needs[*one].contains(one) || plan.def(*one).relevant.is_none() {
                return;
            }
            decided
        }
        _ => decided,
    };
    let names: Vec<&str> = circle
        .iter()
        .map(|id| plan.def(*id).name.as_str())
        .collect();
    let names = names.join(" → ");
    problems.push(Problem {
        code: "expression.circular".to_owned(),
        severity: Severity::Error,
        place: Place::node(&plan.path_of(circle[0])),
        message: Message::new(
            format!("Выражения зависят друг от друга по кругу: {names}."),
            format!("Expressions depend on one another in a circle: {names}."),
        ),
        repair: None,
    });
}

/// Tarjan's algorithm without recursion; groups come out with what they need before them.
fn strongly_connected(needs: &[BTreeSet<DefId>]) -> Vec<Vec<DefId>> {
    let count = needs.len();
    let mut index = vec![usize::MAX; count];
    let mut low = vec![0; count];
    let mut on_stack = vec![false; count];
    let mut stack = Vec::new();
    let mut next = 0;
    let mut groups = Vec::new();
    for start in 0..count {
        if index[start] != usize::MAX {
            continue;
        }
        let mut work: Vec<(DefId, Vec<DefId>)> = Vec::new();
        let enter = |id: DefId,
                     next: &mut usize,
                     index: &mut Vec<usize>,
                     low: &mut Vec<usize>,
                     stack: &mut Vec<DefId>,
                     on_stack: &mut Vec<bool>| {
            index[id] = *next;
            low[id] = *next;
            *next += 1;
            stack.push(id);
            on_stack[id] = true;
            (id, needs[id].iter().rev().copied().collect::<Vec<_>>())
        };
        work.push(enter(
            start,
            &mut next,
            &mut index,
            &mut low,
            &mut stack,
            &mut on_stack,
        ));
        while let Some((id, pending)) = work.last_mut() {
            let id = *id;
            if let Some(other) = pending.pop() {
                if index[other] == usize::MAX {
                    let frame = enter(
                        other,
                        &mut next,
                        &mut index,
                        &mut low,
                        &mut stack,
                        &mut on_stack,
                    );
                    work.push(frame);
                } else if on_stack[other] {
                    low[id] = low[id].min(index[other]);
                }
                continue;
            }
            work.pop();
            if let Some((parent, _)) = work.last() {
                low[*parent] = low[*parent].min(low[id]);
            }
            if low[id] == index[id] {
                let mut group = Vec::new();
                while let Some(member) = stack.pop() {
                    on_stack[member] = false;
                    group.push(member);
                    if member == id {
                        break;
                    }
                }
                group.sort_unstable();
                groups.push(group);
            }
        }
    }
    groups
}

/// The definitions whose values or instances an expression at `at` may read.
pub(crate) fn reads(plan: &Plan, expr: ExprId, at: DefId) -> BTreeSet<DefId> {
    let mut reader = Reader {
        plan,
        at,
        found: BTreeSet::new(),
    };
    if let Some(expr) = plan.exprs.get(expr) {
        let nodes = reader.expr(expr, &[at]);
        reader.read(&nodes);
    }
    reader.found
}

struct Reader<'a> {
    plan: &'a Plan,
    at: DefId,
    found: BTreeSet<DefId>,
}

/// More definitions than this are not followed through wildcards.
const WIDEST: usize = 20_000;

impl Reader<'_> {
    fn read(&mut self, nodes: &[DefId]) {
        for id in nodes {
            // `.` in a calculation or condition is the value before, not a circle.
            if *id == self.at {
                continue;
            }
            self.found.insert(*id);
            if !self.plan.def(*id).children.is_empty() && !self.plan.is_ancestor(*id, self.at) {
                let inside = self.descendants(*id);
                self.found.extend(inside);
            }
        }
    }

    /// The definitions an expression gives as nodes; everything read on the way is noted.
    fn expr(&mut self, expr: &Expr, context: &[DefId]) -> Vec<DefId> {
        match &expr.kind {
            ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::Variable(_) => Vec::new(),
            ExprKind::Reference { name, .. } => {
                let named = self.plan.by_name.get(name).cloned().unwrap_or_default();
                if named.contains(&self.at) {
                    // Named by itself it is a circle, unlike `.`.
                    self.found.insert(self.at);
                }
                named
            }
            ExprKind::Call { name, args } => {
                if name == "current" {
                    return vec![self.at];
                }
                let mut all = Vec::new();
                for arg in args {
                    let nodes = self.expr(arg, context);
                    self.read(&nodes);
                    all.extend(nodes);
                }
                match name.as_str() {
                    "randomize" | "indexed-repeat" | "if" | "coalesce" => all,
                    _ => Vec::new(),
                }
            }
            ExprKind::Path(path) => self.path(path, context),
            ExprKind::Filter {
                primary,
                predicates,
            } => {
                let nodes = self.expr(primary, context);
                self.predicates(predicates, &nodes);
                nodes
            }
            ExprKind::Negate(operand) => {
                let nodes = self.expr(operand, context);
                self.read(&nodes);
                Vec::new()
            }
            ExprKind::Chain { first, rest } => {
                let mut all = self.expr(first, context);
                for (_, operand) in rest {
                    all.extend(self.expr(operand, context));
                }
                self.read(&all);
                all
            }
        }
    }

    fn predicates(&mut self, predicates: &[Expr], nodes: &[DefId]) {
        for predicate in predicates {
            let read = self.expr(predicate, nodes);
            self.read(&read);
        }
    }

    fn path(&mut self, path: &Path, context: &[DefId]) -> Vec<DefId> {
        let mut steps = path.steps.as_slice();
        let mut nodes = match &path.start {
            PathStart::Root => {
                // The document node is no definition: the first step names the root element.
                let Some((first, rest)) = steps.split_first() else {
                    return vec![0];
                };
                steps = rest;
                match first.axis {
                    Axis::Child => vec![0],
                    _ => self.descendants(0),
                }
            }
            PathStart::Context => context.to_vec(),
            PathStart::Expr(start) => self.expr(start, context),
        };
        for step in steps {
            nodes = self.step(step, &nodes);
            nodes.truncate(WIDEST);
            self.predicates(&step.predicates, &nodes);
            for id in &nodes {
                if matches!(self.plan.def(*id).sort, Sort::Repeat(_)) && *id != self.at {
                    self.found.insert(*id);
                }
            }
        }
        nodes
    }

    fn step(&self, step: &Step, from: &[DefId]) -> Vec<DefId> {
        let mut reached = BTreeSet::new();
        for id in from {
            let def = self.plan.def(*id);
            match step.axis {
                Axis::Child => reached.extend(self.children(*id)),
                Axis::Attribute => reached.extend(def.attributes.iter().copied()),
                Axis::Parent => reached.extend(self.parent(*id)),
                Axis::SelfNode => {
                    reached.insert(*id);
                }
                Axis::Ancestor | Axis::AncestorOrSelf => {
                    let mut at = Some(*id);
                    while let Some(up) = at {
                        reached.insert(up);
                        at = self.plan.def(up).parent;
                    }
                }
                Axis::FollowingSibling | Axis::PrecedingSibling => {
                    if let Some(parent) = self.parent(*id) {
                        reached.extend(self.children(parent));
                    }
                }
                Axis::Namespace => {}
                _ => {
                    reached.insert(*id);
                    reached.extend(self.descendants(*id));
                }
            }
        }
        reached
            .into_iter()
            .filter(|id| match &step.test {
                NodeTest::Name { local, .. } => self.plan.def(*id).name == *local,
                _ => true,
            })
            .collect()
    }

    fn parent(&self, id: DefId) -> Option<DefId> {
        let mut at = self.plan.def(id).parent;
        while let Some(up) = at {
            if self.plan.def(up).sort != (Sort::Group { nameless: true }) {
                return Some(up);
            }
            at = self.plan.def(up).parent;
        }
        None
    }

    fn children(&self, id: DefId) -> Vec<DefId> {
        let mut all = Vec::new();
        for child in &self.plan.def(id).children {
            if self.plan.def(*child).sort == (Sort::Group { nameless: true }) {
                all.extend(self.children(*child));
            } else {
                all.push(*child);
            }
        }
        all
    }

    fn descendants(&self, id: DefId) -> Vec<DefId> {
        let mut all = Vec::new();
        let mut pending = vec![id];
        while let Some(at) = pending.pop() {
            pending.extend(self.plan.def(at).children.iter().copied());
            all.extend(self.plan.def(at).children.iter().copied());
            if all.len() > WIDEST {
                break;
            }
        }
        all
    }
}
