//! What an expression gives, and how it turns from one type into another.

use super::Zone;
use super::date;

/// The result of an expression: the four types of XPath 1.0, and moments, which ODK adds.
#[derive(Debug, Clone, PartialEq)]
pub enum Object<N> {
    /// Nodes, in document order except where `randomize()` says otherwise.
    Nodes(Vec<N>),
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// A date or moment: milliseconds since 1970 UTC, NaN when invalid.
    Moment(f64),
}

/// Writes a number as XPath does: no exponent, `-0` as `0`.
pub fn number_to_text(number: f64) -> String {
    if number == 0.0 {
        "0".into()
    } else if number.is_infinite() {
        if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }
        .into()
    } else {
        number.to_string()
    }
}

/// Reads a text as a number: XPath's syntax, else the days since 1970 of a date, else NaN.
pub(super) fn text_to_number(text: &str, zone: &Zone) -> f64 {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    plain_number(text)
        .unwrap_or_else(|| date::read(text, zone).map_or(f64::NAN, |ms| ms / date::DAY_MS))
}

/// `-12.5`, `.5`, `5.`; no plus sign and no exponent (XPath 1.0, 4.4).
fn plain_number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let shape = digits.bytes().all(|c| c.is_ascii_digit() || c == b'.')
        && digits.bytes().any(|c| c.is_ascii_digit());
    if shape { text.parse().ok() } else { None }
}

pub(super) fn number_to_boolean(number: f64) -> bool {
    number != 0.0 && !number.is_nan()
}
