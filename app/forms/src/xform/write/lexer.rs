//! Just enough of the expression tokens to tell a literal default from a computed one.

use crate::form::QuestionKind;
use crate::xlsform::reference::{is_name_char, is_name_start};

/// Whether a default is an expression: it holds arithmetic, a function call, a union or a reference.
///
/// In dates and places a minus is part of the literal.
pub(crate) fn is_dynamic(text: &str, kind: QuestionKind) -> bool {
    let literal_minus = matches!(
        kind,
        QuestionKind::Date
            | QuestionKind::DateTime
            | QuestionKind::Geopoint
            | QuestionKind::Geotrace
            | QuestionKind::Geoshape
    );
    let mut rest = text;
    while !rest.is_empty() {
        let (token, length) = next(rest);
        match token {
            Token::Minus if literal_minus => return false,
            Token::Minus | Token::Operator | Token::Call | Token::Reference => return true,
            Token::Other => {}
        }
        rest = &rest[length..];
    }
    false
}

enum Token {
    Minus,
    Operator,
    Call,
    Reference,
    Other,
}

fn next(text: &str) -> (Token, usize) {
    if let Some(length) = date_or_time(text).or_else(|| number(text)) {
        return (Token::Other, length);
    }
    if text.starts_with('-') {
        return (Token::Minus, 1);
    }
    for word in ["*", "+", " mod ", " div ", "|"] {
        if text.starts_with(word) {
            return (Token::Operator, word.len());
        }
    }
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote)
            && let Some(end) = inner.find(quote)
        {
            return (Token::Other, end + 2);
        }
    }
    if let Some(inner) = text.strip_prefix("${") {
        let name = inner.strip_prefix("last-saved#").unwrap_or(inner);
        let skipped = inner.len() - name.len();
        let length = name_length(name);
        if length > 0 && name[length..].starts_with('}') {
            return (Token::Reference, 2 + skipped + length + 1);
        }
    }
    let first = name_length(text);
    if first > 0 {
        let mut length = first;
        if let Some(rest) = text[first..].strip_prefix(':') {
            let second = name_length(rest);
            if second > 0 {
                length += 1 + second;
            }
        }
        let call = text[length..].starts_with('(');
        return (if call { Token::Call } else { Token::Other }, length);
    }
    (Token::Other, text.chars().next().map_or(1, char::len_utf8))
}

fn name_length(text: &str) -> usize {
    if !text.chars().next().is_some_and(is_name_start) {
        return 0;
    }
    text.find(|c: char| !is_name_char(c)).unwrap_or(text.len())
}

fn number(text: &str) -> Option<usize> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let sign = text.len() - unsigned.len();
    let digits = |text: &str| {
        text.find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len())
    };
    let whole = digits(unsigned);
    let fraction = unsigned[whole..].strip_prefix('.').map(digits);
    match (whole, fraction) {
        (0, None | Some(0)) => None,
        (whole, None) => Some(sign + whole),
        (whole, Some(fraction)) => Some(sign + whole + 1 + fraction),
    }
}

/// Length of `yyyy-mm-dd` or `hh:mm:ss` at the beginning.
fn date_or_time(text: &str) -> Option<usize> {
    let shape = |shape: &str| {
        let bytes = text.as_bytes();
        (bytes.len() >= shape.len()
            && shape.bytes().zip(bytes).all(|(wanted, byte)| {
                if wanted == b'0' {
                    byte.is_ascii_digit()
                } else {
                    wanted == *byte
                }
            }))
        .then_some(shape.len())
    };
    shape("0000-00-00").or_else(|| shape("00:00:00"))
}
