//! Cells that hold an error in place of a value.

use std::borrow::Cow;

use super::problems::{Finding, Report, repair};
use super::sheet::{Sheet, Workbook};
use super::similar::SHEETS;
use crate::form::Edit;

/// Stands in a cell whose formula has no stored value; the readers of files put it there.
pub(crate) const NO_VALUE: &str = "#FORMULA?";

const WORDS: &[&str] = &[
    NO_VALUE,
    "#NAME?",
    "#REF!",
    "#N/A",
    "#NA",
    "#VALUE!",
    "#DIV/0!",
    "#NUM!",
    "#NULL!",
    "#DATA!",
    "#GETTING_DATA",
    "#GETTING_DATA!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#EXTERNAL!",
    "#ИМЯ?",
    "#ССЫЛКА!",
    "#Н/Д",
    "#ЗНАЧ!",
    "#ДЕЛ/0!",
    "#ЧИСЛО!",
    "#ПУСТО!",
];

/// Whether a cell's text is what spreadsheet programs show for an error.
pub(crate) fn is_error(cell: &str) -> bool {
    let cell = cell.trim();
    let code = cell.strip_prefix("Err:").or(cell.strip_prefix("Ошибка:"));
    WORDS.contains(&cell)
        || code.is_some_and(|code| code.len() == 3 && code.bytes().all(|c| c.is_ascii_digit()))
}

/// The workbook with such cells blank, each named as a problem.
pub(super) fn without_errors<'w>(workbook: &'w Workbook, report: &mut Report) -> Cow<'w, Workbook> {
    let is_read = |sheet: &Sheet| {
        workbook.sheets.len() == 1 || SHEETS.contains(&sheet.name.trim().to_lowercase().as_str())
    };
    let mut mended = Cow::Borrowed(workbook);
    for (place, sheet) in workbook.sheets.iter().enumerate() {
        if !is_read(sheet) {
            continue;
        }
        for (at, row) in sheet.rows.iter().enumerate() {
            for (column, cell) in row.iter().enumerate() {
                if !is_error(cell) {
                    continue;
                }
                let finding = match cell.trim() {
                    NO_VALUE => Finding::NoStoredValue,
                    word => Finding::ErrorCell {
                        word: word.to_owned(),
                    },
                };
                let header = match sheet.cell(0, column).trim() {
                    header if at == 0 || header.is_empty() => letters(column),
                    header => header.to_owned(),
                };
                let mend = repair(
                    "Очистить ячейку",
                    "Clear the cell",
                    Edit::SetCell {
                        sheet: sheet.name.clone(),
                        row: at as u32,
                        column: column as u32,
                        value: String::new(),
                    },
                );
                report.error(&sheet.name, at as u32 + 1, &header, finding, Some(mend));
                mended.to_mut().sheets[place].rows[at][column].clear();
            }
        }
    }
    mended
}

/// `A`, `B`, …, `AA`: the name of a column without a header.
fn letters(column: usize) -> String {
    let mut rest = column + 1;
    let mut name = Vec::new();
    while rest > 0 {
        rest -= 1;
        name.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    name.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn columns_are_named_as_spreadsheets_do() {
        let names: Vec<String> = [0, 25, 26, 701, 702].into_iter().map(letters).collect();
        assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
