//! Words that cells and headers are written in.

/// What a cell says that answers yes or no; `None` for anything else.
pub(crate) fn yes(cell: &str) -> Option<bool> {
    match cell {
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "true()" => Some(true),
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "false()" => Some(false),
        _ => None,
    }
}

/// `yes` and `no` in their spellings as expressions; anything else as it is.
pub(crate) fn condition(value: String) -> String {
    match yes(&value) {
        Some(true) => "true()".to_owned(),
        Some(false) => "false()".to_owned(),
        None => value,
    }
}

/// Lower case with underscores for blanks.
pub(super) fn snake(header: &str) -> String {
    header
        .split_whitespace()
        .collect::<Vec<_>>()
        .join("_")
        .to_lowercase()
}
