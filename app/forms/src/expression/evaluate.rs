//! Evaluating an expression at a node of a document.

use std::borrow::Cow;
use std::cell::Cell;
use std::cmp::Ordering;

// The one circle of files here: an argument of a function is an expression, so each of the two calls the other.
use super::functions;
use super::object::{number_to_boolean, number_to_text, text_to_number};
use super::{Document, Expr, ExprKind, Object, Operator, Span, Zone, date};

/// What an expression may ask of the world; all of it is given, so that the result is determined.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Milliseconds since 1970 UTC.
    pub now_ms: i64,
    /// The zone in which dates are read and written.
    pub zone: Zone,
    /// From which `random()`, `uuid()` and `randomize()` without a seed derive.
    pub seed: u64,
}

/// An expression that has no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct EvaluationError {
    /// The part of the expression that failed.
    pub span: Span,
    /// What is wrong, a plain sentence.
    pub message: String,
}

/// Steps of work allowed unless the caller says otherwise; hostile expressions stop here, real ones use thousands.
const MOST_WORK: u32 = 10_000_000;

/// Longest text an expression may build, in bytes.
pub(super) const LONGEST_TEXT: usize = 256 * 1024;

/// Evaluates expressions against one document.
pub struct Evaluator<'a, D: Document> {
    pub(super) document: &'a D,
    pub(super) environment: &'a Environment,
    random: Cell<u64>,
    work: Cell<u32>,
    most_work: u32,
}

/// Where an expression is evaluated.
#[derive(Clone, Copy)]
pub(super) struct Context<N> {
    pub node: N,
    pub position: usize,
    pub size: usize,
    /// The node of the outermost expression, for `current()`.
    pub current: N,
}

type Outcome<D> = Result<Object<<D as Document>::Node>, EvaluationError>;

impl<'a, D: Document> Evaluator<'a, D> {
    /// An evaluator whose random functions begin at the environment's seed.
    pub fn new(document: &'a D, environment: &'a Environment) -> Self {
        Self::with_salt(document, environment, 0)
    }

    /// As [`new`](Self::new), but with another sequence of random numbers for each `salt`.
    pub fn with_salt(document: &'a D, environment: &'a Environment, salt: u64) -> Self {
        Self {
            document,
            environment,
            random: Cell::new(environment.seed ^ salt.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
            work: Cell::new(0),
            most_work: MOST_WORK,
        }
    }

    /// Allows at most so many steps of work to all evaluations together.
    pub fn with_most_work(mut self, steps: u32) -> Self {
        self.most_work = steps;
        self
    }

    /// Steps of work so far.
    pub fn work(&self) -> u32 {
        self.work.get().saturating_add(self.document.work())
    }

    /// The result of `expr` at `node`.
    ///
    /// # Errors
    /// The part that failed and why: unknown function, wrong arguments, too much work.
    pub fn evaluate(&self, expr: &Expr, node: D::Node) -> Outcome<D> {
        let context = Context {
            node,
            position: 1,
            size: 1,
            current: node,
        };
        self.eval(expr, &context)
    }

    /// The result of `expr` at `node`, as one of several nodes of a list and with another `current()`.
    ///
    /// # Errors
    /// As for [`evaluate`](Self::evaluate).
    pub fn evaluate_in_list(
        &self,
        expr: &Expr,
        node: D::Node,
        position: usize,
        size: usize,
        current: D::Node,
    ) -> Outcome<D> {
        let context = Context {
            node,
            position,
            size,
            current,
        };
        self.eval(expr, &context)
    }

    /// The next number in [0, 1) (SplitMix64).
    pub(super) fn next_random(&self) -> f64 {
        (self.next_random_bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(super) fn next_random_bits(&self) -> u64 {
        let state = self.random.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.random.set(state);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn fail<T>(
        &self,
        span: Span,
        message: impl Into<String>,
    ) -> Result<T, EvaluationError> {
        Err(EvaluationError {
            span,
            message: message.into(),
        })
    }

    pub(super) fn spend(&self, amount: usize, span: Span) -> Result<(), EvaluationError> {
        let work = self
            .work
            .get()
            .saturating_add(u32::try_from(amount).unwrap_or(u32::MAX));
        self.work.set(work);
        if work.saturating_add(self.document.work()) > self.most_work {
            return self.fail(span, "The expression needs too much work and was stopped.");
        }
        Ok(())
    }

    pub(super) fn eval(&self, expr: &Expr, context: &Context<D::Node>) -> Outcome<D> {
        self.spend(1, expr.span)?;
        match &expr.kind {
            ExprKind::Number(value) => Ok(Object::Number(*value)),
            ExprKind::Text(text) => Ok(Object::Text(text.clone())),
            ExprKind::Reference { name, last_saved } => {
                match self.document.reference(name, *last_saved, context.current) {
                    Ok(nodes) => Ok(Object::Nodes(nodes)),
                    Err(message) => self.fail(expr.span, message),
                }
            }
            ExprKind::Variable(name) => {
                self.fail(expr.span, format!("There is no variable “${name}”."))
            }
            ExprKind::Call { name, args } => functions::call(self, name, args, expr.span, context),
            ExprKind::Path(path) => self.path(path, expr.span, context).map(Object::Nodes),
            ExprKind::Filter {
                primary,
                predicates,
            } => {
                let Object::Nodes(mut nodes) = self.eval(primary, context)? else {
                    return self.fail(primary.span, "Only nodes can be filtered with […].");
                };
                for predicate in predicates {
                    nodes = self.filter(nodes, predicate, context)?;
                }
                Ok(Object::Nodes(nodes))
            }
            ExprKind::Negate(operand) => {
                let value = self.eval(operand, context)?;
                Ok(Object::Number(-self.number(&value)))
            }
            ExprKind::Chain { first, rest } => self.chain(first, rest, context),
        }
    }

    fn chain(
        &self,
        first: &Expr,
        rest: &[(Operator, Expr)],
        context: &Context<D::Node>,
    ) -> Outcome<D> {
        let mut left = self.eval(first, context)?;
        for (operator, operand) in rest {
            left = match operator {
                Operator::Or | Operator::And => {
                    let known = self.boolean(&left);
                    // The other side is not even looked at when it cannot change the result.
                    if known == (*operator == Operator::Or) {
                        Object::Boolean(known)
                    } else {
                        let right = self.eval(operand, context)?;
                        Object::Boolean(self.boolean(&right))
                    }
                }
                Operator::Union => {
                    let right = self.eval(operand, context)?;
                    let (Object::Nodes(mut nodes), Object::Nodes(more)) = (left, right) else {
                        return self.fail(operand.span, "Only nodes can be joined with |.");
                    };
                    nodes.extend(more);
                    self.sort(&mut nodes, operand.span)?;
                    Object::Nodes(nodes)
                }
                Operator::Equal
                | Operator::NotEqual
                | Operator::Less
                | Operator::LessEqual
                | Operator::Greater
                | Operator::GreaterEqual => {
                    let right = self.eval(operand, context)?;
                    Object::Boolean(self.compare(*operator, &left, &right, operand.span)?)
                }
                Operator::Add
                | Operator::Subtract
                | Operator::Multiply
                | Operator::Divide
                | Operator::Modulo => {
                    let right = self.eval(operand, context)?;
                    let (a, b) = (self.number(&left), self.number(&right));
                    Object::Number(match operator {
                        Operator::Add => a + b,
                        Operator::Subtract => a - b,
                        Operator::Multiply => a * b,
                        Operator::Divide => a / b,
                        _ => a % b,
                    })
                }
            };
        }
        Ok(left)
    }

    // --- conversions -------------------------------------------------------------------------

    pub(super) fn node_text(&self, node: D::Node) -> Cow<'a, str> {
        let text = self.document.text(node);
        // Counted here, refused at the next step.
        let cost = u32::try_from(text.len() / 16).unwrap_or(u32::MAX);
        self.work.set(self.work.get().saturating_add(cost));
        text
    }

    /// The first node in document order.
    pub(super) fn first(&self, nodes: &[D::Node]) -> Option<D::Node> {
        nodes.first().copied()
    }

    pub(super) fn text(&self, object: &Object<D::Node>) -> String {
        match object {
            Object::Nodes(nodes) => self
                .first(nodes)
                .map_or_else(String::new, |node| self.node_text(node).into_owned()),
            Object::Text(text) => text.clone(),
            Object::Number(number) => number_to_text(*number),
            Object::Boolean(boolean) => boolean.to_string(),
            Object::Moment(ms) => date::write(*ms, &self.environment.zone),
        }
    }

    pub(super) fn number(&self, object: &Object<D::Node>) -> f64 {
        match object {
            Object::Number(number) => *number,
            Object::Boolean(boolean) => f64::from(u8::from(*boolean)),
            Object::Moment(ms) => ms / date::DAY_MS,
            Object::Text(text) => self.text_number(text),
            Object::Nodes(nodes) => self
                .first(nodes)
                .map_or(f64::NAN, |node| self.text_number(&self.node_text(node))),
        }
    }

    pub(super) fn text_number(&self, text: &str) -> f64 {
        text_to_number(text, &self.environment.zone)
    }

    pub(super) fn boolean(&self, object: &Object<D::Node>) -> bool {
        match object {
            Object::Boolean(boolean) => *boolean,
            Object::Number(number) => number_to_boolean(*number),
            Object::Text(text) => !text.is_empty(),
            Object::Nodes(nodes) => !nodes.is_empty(),
            Object::Moment(ms) => !ms.is_nan(),
        }
    }

    /// The result as text, for callers outside.
    pub fn to_text(&self, object: &Object<D::Node>) -> String {
        self.text(object)
    }

    /// The result as a number, for callers outside.
    pub fn to_number(&self, object: &Object<D::Node>) -> f64 {
        self.number(object)
    }

    /// The result as a condition, for callers outside.
    pub fn to_boolean(&self, object: &Object<D::Node>) -> bool {
        self.boolean(object)
    }

    // --- comparison --------------------------------------------------------------------------

    /// Comparison as in XPath 1.0, 3.4; a moment compares as the number of its days.
    fn compare(
        &self,
        operator: Operator,
        left: &Object<D::Node>,
        right: &Object<D::Node>,
        span: Span,
    ) -> Result<bool, EvaluationError> {
        match (left, right) {
            // Beside nodes, and for equality beside anything, a truth value makes truth values of both.
            (Object::Boolean(_), other) | (other, Object::Boolean(_))
                if matches!(other, Object::Nodes(_))
                    || matches!(operator, Operator::Equal | Operator::NotEqual) =>
            {
                Ok(compare_numbers(
                    operator,
                    f64::from(u8::from(self.boolean(left))),
                    f64::from(u8::from(self.boolean(right))),
                ))
            }
            (Object::Nodes(a), Object::Nodes(b)) => {
                let a: Vec<_> = a.iter().map(|node| self.node_text(*node)).collect();
                let b: Vec<_> = b.iter().map(|node| self.node_text(*node)).collect();
                self.spend(a.len().saturating_mul(b.len()), span)?;
                Ok(a.iter()
                    .any(|a| b.iter().any(|b| self.compare_texts(operator, a, b))))
            }
            (Object::Nodes(nodes), other) => Ok(nodes
                .iter()
                .any(|node| self.compare_node(operator, *node, other, false))),
            (other, Object::Nodes(nodes)) => Ok(nodes
                .iter()
                .any(|node| self.compare_node(operator, *node, other, true))),
            (Object::Text(a), Object::Text(b)) => Ok(self.compare_texts(operator, a, b)),
            _ => Ok(compare_numbers(
                operator,
                self.number(left),
                self.number(right),
            )),
        }
    }

    fn compare_node(
        &self,
        operator: Operator,
        node: D::Node,
        other: &Object<D::Node>,
        swapped: bool,
    ) -> bool {
        let text = self.node_text(node);
        match other {
            Object::Text(other) if swapped => self.compare_texts(operator, other, &text),
            Object::Text(other) => self.compare_texts(operator, &text, other),
            other => {
                let (mut a, mut b) = (self.text_number(&text), self.number(other));
                if swapped {
                    (a, b) = (b, a);
                }
                compare_numbers(operator, a, b)
            }
        }
    }

    fn compare_texts(&self, operator: Operator, a: &str, b: &str) -> bool {
        match operator {
            Operator::Equal => a == b,
            Operator::NotEqual => a != b,
            _ => compare_numbers(operator, self.text_number(a), self.text_number(b)),
        }
    }
}

fn compare_numbers(operator: Operator, a: f64, b: f64) -> bool {
    match (operator, a.partial_cmp(&b)) {
        (Operator::NotEqual, ordering) => ordering != Some(Ordering::Equal),
        (_, None) => false,
        (Operator::Equal, Some(ordering)) => ordering.is_eq(),
        (Operator::Less, Some(ordering)) => ordering.is_lt(),
        (Operator::LessEqual, Some(ordering)) => ordering.is_le(),
        (Operator::Greater, Some(ordering)) => ordering.is_gt(),
        (_, Some(ordering)) => ordering.is_ge(),
    }
}
