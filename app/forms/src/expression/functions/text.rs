//! Functions that give or search texts.

use super::super::evaluate::LONGEST_TEXT;
use super::{Call, Document, EvaluationError, Object, Outcome};

pub(super) fn call<D: Document>(call: &Call<'_, '_, D>, name: &str) -> Outcome<D> {
    let text = match name {
        "string" => call.text(0)?,
        "concat" => {
            let mut joined = String::new();
            for i in 0..call.args.len() {
                for text in call.texts(i)? {
                    push(call, &mut joined, &text)?;
                }
            }
            joined
        }
        "join" => {
            let separator = call.text(0)?;
            let mut joined = String::new();
            let mut first = true;
            for i in 1..call.args.len() {
                for text in call.texts(i)? {
                    if !first {
                        push(call, &mut joined, &separator)?;
                    }
                    first = false;
                    push(call, &mut joined, &text)?;
                }
            }
            joined
        }
        "substr" => substr(call)?,
        "substring" => substring(call)?,
        "substring-before" => {
            let (text, part) = (call.text(0)?, call.text(1)?);
            text.split_once(part.as_str())
                .map_or(String::new(), |(before, _)| before.to_owned())
        }
        "substring-after" => {
            let (text, part) = (call.text(0)?, call.text(1)?);
            text.split_once(part.as_str())
                .map_or(String::new(), |(_, after)| after.to_owned())
        }
        "translate" => {
            let (text, from) = (call.text(0)?, call.text(1)?);
            call.evaluator
                .spend(text.len().saturating_mul(from.len()) / 16, call.span)?;
            translate(&text, &from, &call.text(2)?)
        }
        "normalize-space" => call
            .text(0)?
            .split([' ', '\t', '\r', '\n'])
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
        "string-length" => return Ok(Object::Number(call.text(0)?.chars().count() as f64)),
        "contains" => return Ok(Object::Boolean(call.text(0)?.contains(&call.text(1)?))),
        "starts-with" => return Ok(Object::Boolean(call.text(0)?.starts_with(&call.text(1)?))),
        "ends-with" => return Ok(Object::Boolean(call.text(0)?.ends_with(&call.text(1)?))),
        "regex" => return regex(call).map(Object::Boolean),
        "selected-at" => {
            let list = call.text(0)?;
            let index = call.number(1)?;
            if index >= 0.0 {
                list.split_whitespace()
                    .nth(index as usize)
                    .unwrap_or_default()
                    .to_owned()
            } else {
                String::new()
            }
        }
        "uuid" => uuid(call)?,
        "jr:itext" => {
            let id = call.text(0)?;
            let document = call.evaluator.document;
            if let Some(nodes) = document.itext_nodes(&id) {
                return Ok(Object::Nodes(nodes));
            }
            document.itext(&id).unwrap_or_default()
        }
        "jr:choice-name" => {
            let (value, question) = (call.text(0)?, call.text(1)?);
            call.evaluator
                .document
                .choice_label(&question, &value, call.context.current)
                .unwrap_or_default()
        }
        _ => return call.unknown(name),
    };
    Ok(Object::Text(text))
}

/// Appends, unless the text would grow beyond all use.
fn push<D: Document>(
    call: &Call<'_, '_, D>,
    joined: &mut String,
    text: &str,
) -> Result<(), EvaluationError> {
    if joined.len() + text.len() > LONGEST_TEXT {
        return call.evaluator.fail(call.span, "The text grows too long.");
    }
    call.evaluator.spend(text.len() / 16, call.span)?;
    joined.push_str(text);
    Ok(())
}

/// From a 0-based start to before an end; negative numbers count from the end, as in JavaRosa.
fn substr<D: Document>(call: &Call<'_, '_, D>) -> Result<String, EvaluationError> {
    let text = call.text(0)?;
    let length = text.chars().count() as f64;
    let index = |number: f64| {
        let number = number.trunc();
        let from_start = if number < 0.0 {
            length + number
        } else {
            number
        };
        from_start.clamp(0.0, length) as usize
    };
    let start = index(call.number(1)?);
    let end = if call.has(2) {
        index(call.number(2)?)
    } else {
        length as usize
    };
    Ok(text
        .chars()
        .skip(start)
        .take(end.saturating_sub(start))
        .collect())
}

/// XPath 1.0, 4.2: positions count from 1 and are rounded.
fn substring<D: Document>(call: &Call<'_, '_, D>) -> Result<String, EvaluationError> {
    let text = call.text(0)?;
    let round = |number: f64| (number + 0.5).floor();
    let start = round(call.number(1)?);
    let end = if call.has(2) {
        start + round(call.number(2)?)
    } else {
        f64::INFINITY
    };
    Ok(text
        .chars()
        .enumerate()
        .filter(|(i, _)| {
            let position = (i + 1) as f64;
            position >= start && position < end
        })
        .map(|(_, c)| c)
        .collect())
}

fn translate(text: &str, from: &str, to: &str) -> String {
    let from: Vec<char> = from.chars().collect();
    let to: Vec<char> = to.chars().collect();
    text.chars()
        .filter_map(|c| match from.iter().position(|other| *other == c) {
            None => Some(c),
            Some(at) => to.get(at).copied(),
        })
        .collect()
}

fn regex<D: Document>(call: &Call<'_, '_, D>) -> Result<bool, EvaluationError> {
    let (text, pattern) = (call.text(0)?, call.text(1)?);
    call.evaluator.spend(
        text.len().saturating_mul(pattern.len()) / 16 + 100,
        call.span,
    )?;
    let compiled = regex_lite::RegexBuilder::new(&with_letter_classes(&pattern))
        .size_limit(1 << 18)
        .build();
    match compiled {
        Ok(regex) => Ok(regex.is_match(&text)),
        Err(error) => {
            let span = call.args.get(1).map_or(call.span, |arg| arg.span);
            call.evaluator.fail(
                span,
                format!("“{pattern}” is no pattern that can be used: {error}."),
            )
        }
    }
}

/// The small regular expression engine knows no Unicode properties: the ones real forms use are spelled out for the
/// Latin, Greek and Cyrillic scripts.
fn with_letter_classes(pattern: &str) -> String {
    const CLASSES: [(&str, &str); 8] = [
        (r"\p{Lu}", "A-ZÀ-ÖØ-ÞА-ЯЁ"),
        (r"\p{Ll}", "a-zß-öø-ÿа-яё"),
        (r"\p{L}", "A-Za-zÀ-ÖØ-öø-ɏͰ-ϿЀ-ӿ"),
        (r"\pL", "A-Za-zÀ-ÖØ-öø-ɏͰ-ϿЀ-ӿ"),
        (r"\p{Nd}", "0-9"),
        (r"\p{N}", "0-9"),
        (r"\p{Cyrillic}", "Ѐ-ӿ"),
        (r"\p{IsCyrillic}", "Ѐ-ӿ"),
    ];
    if !pattern.contains(r"\p") {
        return pattern.to_owned();
    }
    let mut rest = pattern;
    let mut out = String::new();
    let mut in_class = false;
    while let Some(c) = rest.chars().next() {
        if let Some((name, range)) = CLASSES.iter().find(|(name, _)| rest.starts_with(name)) {
            if in_class {
                out.push_str(range);
            } else {
                out.push_str(&format!("[{range}]"));
            }
            rest = &rest[name.len()..];
            continue;
        }
        let mut length = c.len_utf8();
        match c {
            '\\' => length += rest[1..].chars().next().map_or(0, char::len_utf8),
            '[' => in_class = true,
            ']' => in_class = false,
            _ => {}
        }
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

/// Without an argument a version 4 UUID, with one a random text of that many letters and digits.
fn uuid<D: Document>(call: &Call<'_, '_, D>) -> Result<String, EvaluationError> {
    let evaluator = call.evaluator;
    if !call.has(0) {
        let (high, low) = (evaluator.next_random_bits(), evaluator.next_random_bits());
        let high = (high & !0xf000) | 0x4000;
        let low = (low & !(0b11 << 62)) | (0b10 << 62);
        return Ok(format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xffff,
            low >> 48,
            low & 0xffff_ffff_ffff
        ));
    }
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let length = call.number(0)?.clamp(0.0, 1000.0) as usize;
    Ok((0..length)
        .map(|_| {
            let at = (evaluator.next_random() * LETTERS.len() as f64) as usize;
            char::from(LETTERS[at.min(LETTERS.len() - 1)])
        })
        .collect())
}
