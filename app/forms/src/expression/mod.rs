//! The language of forms: XPath 1.0 with the functions of the ODK XForms specification and `${name}` references.
//!
//! An expression is [parsed](parse) once and evaluated against any [`Document`]. Evaluation is total and
//! deterministic: clock, time zone and seed come from the caller, nesting and work are bounded, and every failure
//! is an error with a place and a plain sentence.

mod ast;
mod check;
mod date;
mod document;
mod evaluate;
mod functions;
mod object;
mod parse;
mod print;
mod shuffle;
mod steps;
mod token;
mod zone;

pub use ast::{Axis, Expr, ExprKind, NodeTest, Operator, Path, PathStart, Span, Step, SyntaxError};
pub use check::{check, is_function};
pub use document::{Document, NodeKind};
pub use evaluate::{Environment, EvaluationError, Evaluator};
pub use object::{Object, number_to_text};
pub use parse::parse;
pub use zone::Zone;

pub(crate) use date::is_date;
pub(crate) use shuffle::{seed_of, shuffle};
