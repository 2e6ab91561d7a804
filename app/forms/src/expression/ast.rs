//! The parsed form of an expression.

use std::fmt;

/// A place in the source text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    /// The bytes `start..end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The smallest span that holds both.
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// An expression and where it stands.
#[derive(Debug, Clone)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it is written.
    pub span: Span,
}

/// Two expressions are equal when they mean the same tree; places do not count.
impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// The kinds of expression.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// `12.5`
    Number(f64),
    /// `'text'`
    Text(String),
    /// `${name}`: a question by its name, found in the form.
    Reference {
        /// The question's name.
        name: String,
        /// `${last-saved#name}`: its value in the last saved submission.
        last_saved: bool,
    },
    /// `$name`. XForms defines no variables, so this is an error when evaluated.
    Variable(String),
    /// `name(arg, …)`
    Call {
        /// The function's name with its prefix.
        name: String,
        /// Its arguments.
        args: Vec<Expr>,
    },
    /// A location path.
    Path(Path),
    /// `primary[predicate]…`
    Filter {
        /// What is filtered.
        primary: Box<Expr>,
        /// The conditions, at least one.
        predicates: Vec<Expr>,
    },
    /// `-operand`
    Negate(Box<Expr>),
    /// A chain of operators of one precedence, read from the left: a long sum stays flat, so that
    /// neither evaluating nor dropping it can exhaust the stack.
    Chain {
        /// The leftmost operand.
        first: Box<Expr>,
        /// Each operator with the operand to its right.
        rest: Vec<(Operator, Expr)>,
    },
}

/// A location path.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// Where the walk begins.
    pub start: PathStart,
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// Where a path begins.
#[derive(Debug, Clone, PartialEq)]
pub enum PathStart {
    /// `/`
    Root,
    /// The context node.
    Context,
    /// `instance('x')/…`, `${group}/…`
    Expr(Box<Expr>),
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The direction.
    pub axis: Axis,
    /// Which nodes count.
    pub test: NodeTest,
    /// Conditions, applied one after another.
    pub predicates: Vec<Expr>,
}

/// The axes of XPath 1.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Axis {
    Child,
    Parent,
    SelfNode,
    Descendant,
    DescendantOrSelf,
    Ancestor,
    AncestorOrSelf,
    FollowingSibling,
    PrecedingSibling,
    Following,
    Preceding,
    Attribute,
    Namespace,
}

impl Axis {
    pub(super) const ALL: [(Axis, &'static str); 13] = [
        (Axis::Child, "child"),
        (Axis::Parent, "parent"),
        (Axis::SelfNode, "self"),
        (Axis::Descendant, "descendant"),
        (Axis::DescendantOrSelf, "descendant-or-self"),
        (Axis::Ancestor, "ancestor"),
        (Axis::AncestorOrSelf, "ancestor-or-self"),
        (Axis::FollowingSibling, "following-sibling"),
        (Axis::PrecedingSibling, "preceding-sibling"),
        (Axis::Following, "following"),
        (Axis::Preceding, "preceding"),
        (Axis::Attribute, "attribute"),
        (Axis::Namespace, "namespace"),
    ];

    /// Its name as written before `::`.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(axis, _)| *axis == self)
            .map_or("child", |(_, name)| name)
    }

    /// Whether positions count away from the context node against document order.
    pub fn is_reverse(self) -> bool {
        matches!(
            self,
            Axis::Ancestor
                | Axis::AncestorOrSelf
                | Axis::Parent
                | Axis::Preceding
                | Axis::PrecedingSibling
        )
    }
}

/// What a step accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeTest {
    /// `name` or `prefix:name`
    Name {
        /// The prefix, when written.
        prefix: Option<String>,
        /// The local name.
        local: String,
    },
    /// `*` or `prefix:*`
    Any {
        /// The prefix, when written.
        prefix: Option<String>,
    },
    /// `node()`
    Node,
    /// `text()`
    Text,
    /// `comment()`
    Comment,
    /// `processing-instruction('target')`
    ProcessingInstruction(Option<String>),
}

/// The operators between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Union,
}

impl Operator {
    /// How tightly it binds, 1 (`or`) to 7 (`|`).
    pub(super) fn precedence(self) -> u8 {
        match self {
            Operator::Or => 1,
            Operator::And => 2,
            Operator::Equal | Operator::NotEqual => 3,
            Operator::Less | Operator::LessEqual | Operator::Greater | Operator::GreaterEqual => 4,
            Operator::Add | Operator::Subtract => 5,
            Operator::Multiply | Operator::Divide | Operator::Modulo => 6,
            Operator::Union => 8,
        }
    }

    /// As written.
    pub fn symbol(self) -> &'static str {
        match self {
            Operator::Or => "or",
            Operator::And => "and",
            Operator::Equal => "=",
            Operator::NotEqual => "!=",
            Operator::Less => "<",
            Operator::LessEqual => "<=",
            Operator::Greater => ">",
            Operator::GreaterEqual => ">=",
            Operator::Add => "+",
            Operator::Subtract => "-",
            Operator::Multiply => "*",
            Operator::Divide => "div",
            Operator::Modulo => "mod",
            Operator::Union => "|",
        }
    }
}

/// Binding strength of unary minus, between multiplication and union.
pub(super) const NEGATION: u8 = 7;

/// An expression that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SyntaxError {
    /// Where.
    pub span: Span,
    /// What is wrong, a plain sentence.
    pub message: String,
}

impl SyntaxError {
    pub(super) fn new(span: Span, message: String) -> Self {
        Self { span, message }
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.symbol())
    }
}

impl Expr {
    /// Calls `visit` for this expression and every one inside it, outermost first.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Expr)) {
        let mut pending = vec![self];
        while let Some(expr) = pending.pop() {
            visit(expr);
            let steps = |steps: &'a [Step], pending: &mut Vec<&'a Expr>| {
                for step in steps {
                    pending.extend(step.predicates.iter());
                }
            };
            match &expr.kind {
                ExprKind::Number(_)
                | ExprKind::Text(_)
                | ExprKind::Reference { .. }
                | ExprKind::Variable(_) => {}
                ExprKind::Call { args, .. } => pending.extend(args),
                ExprKind::Path(path) => {
                    if let PathStart::Expr(start) = &path.start {
                        pending.push(start);
                    }
                    steps(&path.steps, &mut pending);
                }
                ExprKind::Filter {
                    primary,
                    predicates,
                } => {
                    pending.push(primary);
                    pending.extend(predicates);
                }
                ExprKind::Negate(operand) => pending.push(operand),
                ExprKind::Chain { first, rest } => {
                    pending.push(first);
                    pending.extend(rest.iter().map(|(_, operand)| operand));
                }
            }
        }
    }
}
