//! Tables as CSV files that open in a spreadsheet without surprises.

/// A CSV file: byte-order mark, `;`, CRLF, as Russian spreadsheets expect.
pub fn file(header: &[String], rows: &[Vec<String>]) -> String {
    let mut text = String::from('\u{feff}');
    for row in std::iter::once(header).chain(rows.iter().map(Vec::as_slice)) {
        let cells: Vec<String> = row.iter().map(|cell| field(cell)).collect();
        text.push_str(&cells.join(";"));
        text.push_str("\r\n");
    }
    text
}

/// A field, quoted where needed and never a formula.
///
/// # Source
/// OWASP ASVS 5.0, 1.2.10: a leading `=`, `+`, `-`, `@`, tab or NUL gets a single quote before it.
fn field(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\0']);
    let cell = if is_formula {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if cell.contains([';', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text() {
        assert_eq!(field("=1+1"), "'=1+1");
        assert_eq!(field("-"), "'-");
        assert_eq!(field("14,2"), "14,2");
    }

    #[test]
    fn separators_and_quotes_are_quoted() {
        assert_eq!(
            field("СОШ «А»; корпус \"Б\""),
            "\"СОШ «А»; корпус \"\"Б\"\"\""
        );
    }

    #[test]
    fn rows_end_with_crlf_after_a_byte_order_mark() {
        let text = file(&["a".to_owned()], &[vec!["1".to_owned()]]);
        assert_eq!(text, "\u{feff}a\r\n1\r\n");
    }
}
