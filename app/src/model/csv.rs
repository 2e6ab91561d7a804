//! Tables as CSV files that open in a spreadsheet without surprises.

use crate::matrix::picture::Field;
use crate::text::Language;

/// A CSV file of texts: byte-order mark, `;`, CRLF, as Russian spreadsheets expect.
pub fn file(header: &[String], rows: &[Vec<String>]) -> String {
    let lines = rows.iter().map(|row| row.iter().map(|cell| field(cell)));
    written(header, lines.map(Iterator::collect))
}

/// The same of texts and numbers: a number is written so that a spreadsheet of the language counts with it.
pub fn table(language: Language, header: &[String], rows: &[Vec<Field>]) -> String {
    let lines = rows.iter().map(|row| {
        row.iter().map(|cell| match cell {
            Field::Text(text) => field(text),
            Field::Number(value) => number(language, *value),
        })
    });
    written(header, lines.map(Iterator::collect))
}

fn written(header: &[String], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut text = String::from('\u{feff}');
    let header = header.iter().map(|cell| field(cell)).collect();
    for cells in std::iter::once(header).chain(rows) {
        text.push_str(&cells.join(";"));
        text.push_str("\r\n");
    }
    text
}

/// A number for machines: a hyphen for minus, nothing between thousands, the decimal sign of the language. It needs no
/// guard: it is digits that we wrote.
fn number(language: Language, value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    // Sums of tenths end in a long row of digits; nothing here is finer than a millionth.
    let rounded = (value * 1e6).round() / 1e6;
    let text = if rounded == 0.0 {
        "0".to_owned()
    } else {
        rounded.to_string()
    };
    match language {
        Language::Ru => text.replace('.', ","),
        Language::En => text,
    }
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
    fn numbers_are_numbers_to_a_spreadsheet_and_names_are_not() {
        let row = [-2.0, -5.6, 0.1 + 0.2, -0.0, 1_234.5, f64::NAN].map(Field::Number);
        let name = Field::Text("=Лицей".to_owned());
        let rows = [row.into_iter().chain([name]).collect::<Vec<_>>()];
        let text = |language| table(language, &[], &rows);
        assert_eq!(
            text(Language::Ru),
            "\u{feff}\r\n-2;-5,6;0,3;0;1234,5;;'=Лицей\r\n"
        );
        assert_eq!(
            text(Language::En),
            "\u{feff}\r\n-2;-5.6;0.3;0;1234.5;;'=Лицей\r\n"
        );
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
