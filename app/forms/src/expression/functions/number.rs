//! Functions that give numbers.

use super::{Call, Document, EvaluationError, Object, Outcome};

pub(super) fn call<D: Document>(call: &Call<'_, '_, D>, name: &str) -> Outcome<D> {
    let number = match name {
        "number" => call.number(0)?,
        "int" => whole(call)?.trunc(),
        "floor" => call.number(0)?.floor(),
        "ceiling" => call.number(0)?.ceil(),
        "round" => {
            let number = rounded_text(call)?;
            let decimals = if call.has(1) { call.number(1)? } else { 0.0 };
            round(number, decimals)
        }
        "abs" => call.number(0)?.abs(),
        "sin" => call.number(0)?.sin(),
        "cos" => call.number(0)?.cos(),
        "tan" => call.number(0)?.tan(),
        "asin" => call.number(0)?.asin(),
        "acos" => call.number(0)?.acos(),
        "atan" => call.number(0)?.atan(),
        "atan2" => call.number(0)?.atan2(call.number(1)?),
        "log" => call.number(0)?.ln(),
        "log10" => call.number(0)?.log10(),
        "exp" => call.number(0)?.exp(),
        "exp10" => 10_f64.powf(call.number(0)?),
        "pow" => call.number(0)?.powf(call.number(1)?),
        "sqrt" => call.number(0)?.sqrt(),
        "pi" => std::f64::consts::PI,
        "random" => call.evaluator.next_random(),
        "sum" => sum(call)?,
        "min" => extreme(call, f64::INFINITY, f64::min)?,
        "max" => extreme(call, f64::NEG_INFINITY, f64::max)?,
        "count-selected" => call.text(0)?.split_whitespace().count() as f64,
        _ => return call.unknown(name),
    };
    Ok(Object::Number(number))
}

/// The argument of `int()`, which reads a text with an exponent, too, as in Web Forms.
fn whole<D: Document>(call: &Call<'_, '_, D>) -> Result<f64, EvaluationError> {
    let object = call.object(0)?;
    let number = call.evaluator.number(&object);
    if !number.is_nan() || matches!(object, Object::Number(_) | Object::Moment(_)) {
        return Ok(number);
    }
    let text = call.evaluator.text(&object);
    let text = text.trim();
    let has_exponent = text.contains(['e', 'E'])
        && text
            .bytes()
            .all(|c| c.is_ascii_digit() || matches!(c, b'e' | b'E' | b'+' | b'-' | b'.'));
    Ok(text
        .parse()
        .ok()
        .filter(|_| has_exponent)
        .unwrap_or(f64::NAN))
}

/// The argument of `round()`, which reads a text with a decimal comma, too, as in JavaRosa.
fn rounded_text<D: Document>(call: &Call<'_, '_, D>) -> Result<f64, EvaluationError> {
    let object = call.object(0)?;
    match &object {
        Object::Text(text) if text.matches(',').count() == 1 => {
            let point = Object::Text(text.replace(',', "."));
            Ok(call.evaluator.number(&point))
        }
        _ => Ok(call.evaluator.number(&object)),
    }
}

/// Unanswered questions add nothing, as in ODK Collect; anything else that is no number makes the sum none.
fn sum<D: Document>(call: &Call<'_, '_, D>) -> Result<f64, EvaluationError> {
    let mut total = 0.0;
    for node in call.nodes(0)? {
        let text = call.evaluator.node_text(node);
        if !text.trim().is_empty() {
            total += call.evaluator.text_number(&text);
        }
    }
    Ok(total)
}

fn extreme<D: Document>(
    call: &Call<'_, '_, D>,
    start: f64,
    pick: fn(f64, f64) -> f64,
) -> Result<f64, EvaluationError> {
    let mut best = None;
    for i in 0..call.args.len() {
        let numbers = match call.object(i)? {
            Object::Nodes(nodes) => nodes
                .iter()
                .map(|node| call.evaluator.text_number(&call.evaluator.node_text(*node)))
                .collect(),
            other => vec![call.evaluator.number(&other)],
        };
        for number in numbers {
            // `f64::min` prefers a number to NaN; here NaN wins.
            if number.is_nan() {
                return Ok(f64::NAN);
            }
            best = Some(pick(best.unwrap_or(start), number));
        }
    }
    Ok(best.unwrap_or(f64::NAN))
}

/// To the nearest multiple of 10^-decimals, of two the one nearer to positive infinity.
///
/// Halves are halves of the shortest decimal that means the number, so 2.675 to two places is 2.68.
///
/// # Source
/// XPath 1.0, 4.4 `round`; the second argument as in the ODK XForms Specification.
fn round(number: f64, decimals: f64) -> f64 {
    if number.is_nan() || decimals.is_nan() {
        return f64::NAN;
    }
    let decimals = decimals.trunc().clamp(-400.0, 400.0) as i32;
    if number.is_infinite() || number == 0.0 || decimals > 330 {
        return number;
    }
    if decimals == 0 {
        return nearest(number);
    }
    let shifted = shift(number, decimals);
    if shifted.is_infinite() {
        return number;
    }
    shift(nearest(shifted), -decimals)
}

/// The nearest whole number, halves towards positive infinity, keeping the sign of zero.
fn nearest(number: f64) -> f64 {
    let below = number.floor();
    let rounded = if number - below >= 0.5 {
        below + 1.0
    } else {
        below
    };
    if rounded == 0.0 {
        0.0_f64.copysign(number)
    } else {
        rounded
    }
}

/// `number · 10^places`, moving the decimal point rather than multiplying, which would blur halves.
fn shift(number: f64, places: i32) -> f64 {
    let text = format!("{number:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    format!("{digits}e{}", exponent + places)
        .parse()
        .unwrap_or(f64::NAN)
}
