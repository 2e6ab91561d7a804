//! Writing an expression back: parsing the result gives the same tree.

use std::fmt;

use super::ast::NEGATION;
use super::{Axis, Expr, ExprKind, NodeTest, Path, PathStart, Step};

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExprKind::Number(value) => write!(f, "{value}"),
            // A text read from an expression never holds both kinds of quote.
            ExprKind::Text(text) if text.contains('\'') => write!(f, "\"{text}\""),
            ExprKind::Text(text) => write!(f, "'{text}'"),
            ExprKind::Reference { name, last_saved } => {
                let prefix = if *last_saved { "last-saved#" } else { "" };
                write!(f, "${{{prefix}{name}}}")
            }
            ExprKind::Variable(name) => write!(f, "${name}"),
            ExprKind::Call { name, args } => {
                write!(f, "{name}(")?;
                for (i, arg) in args.iter().enumerate() {
                    let comma = if i == 0 { "" } else { ", " };
                    write!(f, "{comma}{arg}")?;
                }
                f.write_str(")")
            }
            ExprKind::Path(path) => write_path(path, f),
            ExprKind::Filter {
                primary,
                predicates,
            } => {
                // `(a)[1]` and `a[1]` differ for a path, and `(f[1])[1]` for a filter.
                if matches!(
                    primary.kind,
                    ExprKind::Number(_)
                        | ExprKind::Text(_)
                        | ExprKind::Reference { .. }
                        | ExprKind::Variable(_)
                        | ExprKind::Call { .. }
                ) {
                    write!(f, "{primary}")?;
                } else {
                    write!(f, "({primary})")?;
                }
                write_predicates(predicates, f)
            }
            ExprKind::Negate(operand) => {
                f.write_str("-")?;
                write_operand(operand, NEGATION - 1, f)
            }
            ExprKind::Chain { first, rest } => {
                let precedence = rest.first().map_or(0, |(o, _)| o.precedence());
                write_operand(first, precedence, f)?;
                for (operator, operand) in rest {
                    write!(f, " {operator} ")?;
                    write_operand(operand, precedence, f)?;
                }
                Ok(())
            }
        }
    }
}

/// Writes an operand, in parentheses unless it binds tighter than `above`.
fn write_operand(operand: &Expr, above: u8, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let strength = match &operand.kind {
        ExprKind::Chain { rest, .. } => rest.first().map_or(0, |(o, _)| o.precedence()),
        ExprKind::Negate(_) => NEGATION,
        // `/ * 2` would be read as the path `/*`.
        ExprKind::Path(Path {
            start: PathStart::Root,
            steps,
        }) if steps.is_empty() => 0,
        _ => u8::MAX,
    };
    if strength > above {
        write!(f, "{operand}")
    } else {
        write!(f, "({operand})")
    }
}

fn write_path(path: &Path, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut steps = path.steps.iter().peekable();
    match &path.start {
        PathStart::Root => f.write_str("/")?,
        PathStart::Context => {}
        PathStart::Expr(start) => {
            let bare = matches!(
                start.kind,
                ExprKind::Number(_)
                    | ExprKind::Text(_)
                    | ExprKind::Reference { .. }
                    | ExprKind::Variable(_)
                    | ExprKind::Call { .. }
                    | ExprKind::Filter { .. }
            );
            if bare {
                write!(f, "{start}/")?;
            } else {
                write!(f, "({start})/")?;
            }
        }
    }
    while let Some(step) = steps.next() {
        write_step(step, f)?;
        if steps.peek().is_some() {
            f.write_str("/")?;
        }
    }
    Ok(())
}

fn write_step(step: &Step, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match (step.axis, &step.test) {
        (Axis::SelfNode, NodeTest::Node) => f.write_str(".")?,
        (Axis::Parent, NodeTest::Node) => f.write_str("..")?,
        (axis, test) => {
            match axis {
                Axis::Child => {}
                Axis::Attribute => f.write_str("@")?,
                other => write!(f, "{}::", other.name())?,
            }
            write!(f, "{test}")?;
        }
    }
    write_predicates(&step.predicates, f)
}

fn write_predicates(predicates: &[Expr], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for predicate in predicates {
        write!(f, "[{predicate}]")?;
    }
    Ok(())
}

impl fmt::Display for NodeTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NodeTest::Name {
                prefix: Some(prefix),
                local,
            } => write!(f, "{prefix}:{local}"),
            NodeTest::Name {
                prefix: None,
                local,
            } => f.write_str(local),
            NodeTest::Any {
                prefix: Some(prefix),
            } => write!(f, "{prefix}:*"),
            NodeTest::Any { prefix: None } => f.write_str("*"),
            NodeTest::Node => f.write_str("node()"),
            NodeTest::Text => f.write_str("text()"),
            NodeTest::Comment => f.write_str("comment()"),
            NodeTest::ProcessingInstruction(None) => f.write_str("processing-instruction()"),
            NodeTest::ProcessingInstruction(Some(target)) => {
                if target.contains('\'') {
                    write!(f, "processing-instruction(\"{target}\")")
                } else {
                    write!(f, "processing-instruction('{target}')")
                }
            }
        }
    }
}
