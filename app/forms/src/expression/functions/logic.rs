//! Functions about true and false, and the choice between values.

use super::{Call, Document, EvaluationError, Object, Outcome};

pub(super) fn call<D: Document>(call: &Call<'_, '_, D>, name: &str) -> Outcome<D> {
    let evaluator = call.evaluator;
    let boolean = match name {
        "if" => return call.object(if call.boolean(0)? { 1 } else { 2 }),
        "coalesce" => {
            for i in 0..call.args.len() {
                let object = call.object(i)?;
                let blank = match &object {
                    Object::Number(number) => number.is_nan(),
                    other => evaluator.text(other).is_empty(),
                };
                if !blank {
                    return Ok(object);
                }
            }
            return Ok(Object::Text(String::new()));
        }
        "once" => {
            let known = evaluator.node_text(call.context.node);
            if known.is_empty() {
                return call.object(0);
            }
            return Ok(Object::Text(known.into_owned()));
        }
        "true" => true,
        "false" => false,
        "boolean" => call.boolean(0)?,
        "not" => !call.boolean(0)?,
        "boolean-from-string" => matches!(call.text(0)?.as_str(), "true" | "1"),
        "checklist" => {
            let mut count = 0.0;
            for i in 2..call.args.len() {
                count += truths(call, i)?.into_iter().filter(|truth| *truth).count() as f64;
            }
            is_between(call, count)?
        }
        "weighted-checklist" => {
            if !call.args.len().is_multiple_of(2) {
                return evaluator.fail(call.span, "Every value needs a weight after it.");
            }
            let mut total = 0.0;
            for i in (2..call.args.len()).step_by(2) {
                let weights = call.texts(i + 1)?;
                for (truth, weight) in truths(call, i)?.into_iter().zip(weights) {
                    if truth {
                        total += evaluator.text_number(&weight);
                    }
                }
            }
            is_between(call, total)?
        }
        "selected" => {
            let (list, value) = (call.text(0)?, call.text(1)?);
            let value = value.trim();
            list.split_whitespace().any(|item| item == value)
        }
        "lang" => lang(call)?,
        _ => return call.unknown(name),
    };
    Ok(Object::Boolean(boolean))
}

/// Which values of an argument count: a text when there is one, a number when above 0.
fn truths<D: Document>(call: &Call<'_, '_, D>, i: usize) -> Result<Vec<bool>, EvaluationError> {
    Ok(match call.object(i)? {
        Object::Nodes(nodes) => nodes
            .iter()
            .map(|node| !call.evaluator.node_text(*node).is_empty())
            .collect(),
        Object::Number(number) => vec![number > 0.0],
        other => vec![call.evaluator.boolean(&other)],
    })
}

/// Whether `count` is between the first two arguments; -1 means no bound.
fn is_between<D: Document>(call: &Call<'_, '_, D>, count: f64) -> Result<bool, EvaluationError> {
    let (least, most) = (call.number(0)?, call.number(1)?);
    Ok((least == -1.0 || count >= least) && (most == -1.0 || count <= most))
}

/// XPath 1.0, 4.3: whether `xml:lang` around the context node is that language or a dialect of it.
fn lang<D: Document>(call: &Call<'_, '_, D>) -> Result<bool, EvaluationError> {
    let wanted = call.text(0)?.to_lowercase();
    let document = call.evaluator.document;
    let mut node = Some(call.context.node);
    while let Some(current) = node {
        let mut attributes = Vec::new();
        document.attributes(current, &mut attributes);
        let found = attributes
            .into_iter()
            .find(|attribute| document.qualified_name(*attribute) == "xml:lang");
        if let Some(attribute) = found {
            let language = document.text(attribute).to_lowercase();
            return Ok(language == wanted
                || language
                    .strip_prefix(&wanted)
                    .is_some_and(|rest| rest.starts_with('-')));
        }
        node = document.parent(current);
    }
    Ok(false)
}
