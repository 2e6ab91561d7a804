//! The functions of the language.
//!
//! # Source
//! ODK XForms Specification, “XPath functions” (getodk/xforms-spec), and XPath 1.0, section 4.

mod digest;
mod geo;
mod logic;
mod moment;
mod nodes;
mod number;
mod text;

use super::evaluate::{Context, EvaluationError};
use super::{Document, Evaluator, Expr, Object, Span};

const MANY: usize = usize::MAX;

/// Every function with the least and the greatest number of arguments.
const SIGNATURES: &[(&str, usize, usize)] = &[
    ("abs", 1, 1),
    ("acos", 1, 1),
    ("area", 1, 1),
    ("asin", 1, 1),
    ("atan", 1, 1),
    ("atan2", 2, 2),
    ("base64-decode", 1, 1),
    ("boolean", 1, 1),
    ("boolean-from-string", 1, 1),
    ("ceiling", 1, 1),
    ("checklist", 2, MANY),
    ("coalesce", 2, MANY),
    ("concat", 0, MANY),
    ("contains", 2, 2),
    ("cos", 1, 1),
    ("count", 1, 1),
    ("count-non-empty", 1, 1),
    ("count-selected", 1, 1),
    ("current", 0, 0),
    ("date", 1, 1),
    ("date-time", 1, 1),
    ("decimal-date-time", 1, 1),
    ("decimal-time", 1, 1),
    ("digest", 2, 3),
    ("distance", 1, MANY),
    ("ends-with", 2, 2),
    ("exp", 1, 1),
    ("exp10", 1, 1),
    ("false", 0, 0),
    ("floor", 1, 1),
    ("format-date", 2, 2),
    ("format-date-time", 2, 2),
    ("geofence", 2, 2),
    ("id", 1, 1),
    ("if", 3, 3),
    ("indexed-repeat", 3, 7),
    ("instance", 1, 1),
    ("int", 1, 1),
    ("join", 1, MANY),
    ("jr:choice-name", 2, 2),
    ("jr:itext", 1, 1),
    ("lang", 1, 1),
    ("last", 0, 0),
    ("local-name", 0, 1),
    ("log", 1, 1),
    ("log10", 1, 1),
    ("max", 1, MANY),
    ("min", 1, MANY),
    ("name", 0, 1),
    ("namespace-uri", 0, 1),
    ("normalize-space", 0, 1),
    ("not", 1, 1),
    ("now", 0, 0),
    ("number", 0, 1),
    ("once", 1, 1),
    ("pi", 0, 0),
    ("position", 0, 1),
    ("pow", 2, 2),
    ("pulldata", 4, 4),
    ("random", 0, 0),
    ("randomize", 1, 2),
    ("regex", 2, 2),
    ("round", 1, 2),
    ("selected", 2, 2),
    ("selected-at", 2, 2),
    ("sin", 1, 1),
    ("sqrt", 1, 1),
    ("starts-with", 2, 2),
    ("string", 0, 1),
    ("string-length", 0, 1),
    ("substr", 2, 3),
    ("substring", 2, 3),
    ("substring-after", 2, 2),
    ("substring-before", 2, 2),
    ("sum", 1, 1),
    ("tan", 1, 1),
    ("today", 0, 0),
    ("translate", 3, 3),
    ("true", 0, 0),
    ("uuid", 0, 1),
    ("weighted-checklist", 2, MANY),
];

/// The least and greatest number of arguments of a function.
pub(super) fn signature(name: &str) -> Option<(usize, usize)> {
    let name = plain_name(name);
    SIGNATURES
        .binary_search_by(|(known, _, _)| (*known).cmp(name))
        .ok()
        .and_then(|at| SIGNATURES.get(at))
        .map(|(_, least, most)| (*least, *most))
}

/// Older forms prefix functions of their time (`jr:…` stays part of the name).
fn plain_name(name: &str) -> &str {
    match name {
        "selected_at" => "selected-at",
        "ceil" => "ceiling",
        "format_date" => "format-date",
        _ => name,
    }
}

/// A call with its arguments not yet evaluated.
pub(super) struct Call<'c, 'd, D: Document> {
    pub evaluator: &'c Evaluator<'d, D>,
    pub args: &'c [Expr],
    pub span: Span,
    pub context: &'c Context<D::Node>,
}

type Outcome<D> = Result<Object<<D as Document>::Node>, EvaluationError>;

pub(super) fn call<D: Document>(
    evaluator: &Evaluator<'_, D>,
    name: &str,
    args: &[Expr],
    span: Span,
    context: &Context<D::Node>,
) -> Outcome<D> {
    let name = plain_name(name);
    let Some((least, most)) = signature(name) else {
        return evaluator.fail(span, format!("There is no function “{name}”."));
    };
    if args.len() < least || args.len() > most {
        let wanted = if least == most {
            least.to_string()
        } else if most == MANY {
            format!("{least} or more")
        } else {
            format!("{least} to {most}")
        };
        return evaluator.fail(
            span,
            format!(
                "{name}() takes {wanted} arguments, here are {}.",
                args.len()
            ),
        );
    }
    let call = Call {
        evaluator,
        args,
        span,
        context,
    };
    match name {
        "string" | "concat" | "join" | "substr" | "substring" | "substring-before"
        | "substring-after" | "translate" | "string-length" | "normalize-space" | "contains"
        | "starts-with" | "ends-with" | "uuid" | "regex" | "selected-at" | "jr:itext"
        | "jr:choice-name" => text::call(&call, name),
        "digest" | "base64-decode" => digest::call(&call, name),
        "if"
        | "coalesce"
        | "once"
        | "true"
        | "false"
        | "boolean"
        | "boolean-from-string"
        | "not"
        | "checklist"
        | "weighted-checklist"
        | "selected"
        | "lang" => logic::call(&call, name),
        "date" | "date-time" | "decimal-date-time" | "decimal-time" | "format-date"
        | "format-date-time" | "today" | "now" => moment::call(&call, name),
        "area" | "distance" | "geofence" => geo::call(&call, name),
        "position" | "last" | "count" | "count-non-empty" | "instance" | "current"
        | "randomize" | "indexed-repeat" | "pulldata" | "id" | "name" | "local-name"
        | "namespace-uri" => nodes::call(&call, name),
        _ => number::call(&call, name),
    }
}

impl<D: Document> Call<'_, '_, D> {
    fn object(&self, i: usize) -> Outcome<D> {
        match self.args.get(i) {
            Some(arg) => self.evaluator.eval(arg, self.context),
            None => Ok(Object::Nodes(vec![self.context.node])),
        }
    }

    /// The argument as text; without one, the context node.
    fn text(&self, i: usize) -> Result<String, EvaluationError> {
        let object = self.object(i)?;
        Ok(match object {
            Object::Text(text) => text,
            other => self.evaluator.text(&other),
        })
    }

    fn number(&self, i: usize) -> Result<f64, EvaluationError> {
        let object = self.object(i)?;
        Ok(self.evaluator.number(&object))
    }

    fn boolean(&self, i: usize) -> Result<bool, EvaluationError> {
        let object = self.object(i)?;
        Ok(self.evaluator.boolean(&object))
    }

    fn nodes(&self, i: usize) -> Result<Vec<D::Node>, EvaluationError> {
        match self.object(i)? {
            Object::Nodes(nodes) => Ok(nodes),
            _ => {
                let span = self.args.get(i).map_or(self.span, |arg| arg.span);
                self.evaluator
                    .fail(span, "Nodes are needed here, not a value.")
            }
        }
    }

    /// All values of an argument: the text of each node, or the one value.
    fn texts(&self, i: usize) -> Result<Vec<String>, EvaluationError> {
        Ok(match self.object(i)? {
            Object::Nodes(nodes) => nodes
                .iter()
                .map(|node| self.evaluator.node_text(*node).into_owned())
                .collect(),
            other => vec![self.evaluator.text(&other)],
        })
    }

    fn has(&self, i: usize) -> bool {
        i < self.args.len()
    }

    fn unknown(&self, name: &str) -> Outcome<D> {
        self.evaluator
            .fail(self.span, format!("There is no function “{name}”."))
    }
}

#[cfg(test)]
mod tests {
    use super::SIGNATURES;

    #[test]
    fn signatures_are_sorted_by_name() {
        assert!(SIGNATURES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
