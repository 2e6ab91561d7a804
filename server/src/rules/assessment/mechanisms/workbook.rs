//! The matrix as a workbook: one sheet of levels, one of every cell with its criterion.

use api::assessment::mechanism::Matrix;
use api::text::{Language, Text};
use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// Writes the workbook. Texts are written as texts, so none of them is ever taken for a formula.
///
/// # Errors
/// When a text does not fit a cell.
pub fn write(matrix: &Matrix, language: Language) -> Result<Vec<u8>, XlsxError> {
    let words = |ru: &'static str, en: &'static str| match language {
        Language::Ru => ru,
        Language::En => en,
    };
    let say = |text: &Text| text.in_language(language).to_owned();
    let mut workbook = Workbook::new();
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_background_color(Color::RGB(0x00E6_EDF7));
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let share = Format::new()
        .set_num_format("0 %")
        .set_align(FormatAlign::Top);

    let sheet = workbook.add_worksheet();
    sheet.set_name(words("Матрица", "Matrix"))?;
    sheet.set_column_width(0, 6)?;
    sheet.set_column_width(1, 46)?;
    sheet.write_with_format(0, 0, words("№", "No."), &head)?;
    sheet.write_with_format(0, 1, words("Механизм", "Mechanism"), &head)?;
    let mut column = 2_u16;
    for step in &matrix.steps {
        sheet.write_with_format(0, column, say(&step.title), &head)?;
        sheet.set_column_width(column, 13)?;
        column += 1;
    }
    for title in [
        words("Самооценка", "Self-assessment"),
        words("Эксперт", "Expert"),
        words("Итог", "Settled"),
        words("Прошлый год", "Last year"),
        words("Уровень", "Level"),
    ] {
        sheet.write_with_format(0, column, title, &head)?;
        sheet.set_column_width(column, 14)?;
        column += 1;
    }
    for (index, row) in matrix.rows.iter().enumerate() {
        let at = index as u32 + 1;
        sheet.write_with_format(at, 0, row.code.as_str(), &wrap)?;
        sheet.write_with_format(at, 1, say(&row.title), &wrap)?;
        let mut column = 2_u16;
        for cell in &row.cells {
            if let Some(level) = cell.settled {
                sheet.write_with_format(at, column, level, &wrap)?;
            }
            column += 1;
        }
        for score in [
            row.scores.own,
            row.scores.expert,
            row.scores.settled,
            row.scores.previous,
        ] {
            if let Some(score) = score {
                sheet.write_with_format(at, column, score, &share)?;
            }
            column += 1;
        }
        if let Some(level) = &row.level {
            sheet.write_with_format(at, column, say(level), &wrap)?;
        }
    }
    sheet.set_freeze_panes(1, 2)?;

    let sheet = workbook.add_worksheet();
    sheet.set_name(words("Клетки", "Cells"))?;
    cells(sheet, matrix, language, &head, &wrap)?;
    workbook.save_to_buffer()
}

fn cells(
    sheet: &mut Worksheet,
    matrix: &Matrix,
    language: Language,
    head: &Format,
    wrap: &Format,
) -> Result<(), XlsxError> {
    let words = |ru: &'static str, en: &'static str| match language {
        Language::Ru => ru,
        Language::En => en,
    };
    let titles = [
        (words("Клетка", "Cell"), 16.0),
        (words("Механизм", "Mechanism"), 34.0),
        (words("Шаг цикла", "Step"), 20.0),
        (words("Критерий", "Criterion"), 56.0),
        (words("Самооценка", "Self-assessment"), 12.0),
        (words("Эксперт", "Expert"), 12.0),
        (words("Согласовано", "Agreed"), 12.0),
        (words("Итог", "Settled"), 12.0),
        (words("Прошлый год", "Last year"), 12.0),
        (words("Подтверждений", "Evidence"), 14.0),
        (words("Замечания", "Remarks"), 40.0),
    ];
    for (column, (title, width)) in titles.into_iter().enumerate() {
        sheet.write_with_format(0, column as u16, title, head)?;
        sheet.set_column_width(column as u16, width)?;
    }
    let mut at = 0;
    for row in &matrix.rows {
        for (cell, step) in row.cells.iter().zip(&matrix.steps) {
            at += 1;
            let text = |text: &Text| text.in_language(language).to_owned();
            sheet.write_with_format(at, 0, cell.id.as_str(), wrap)?;
            let mechanism = format!("{} {}", row.code, text(&row.title));
            sheet.write_with_format(at, 1, mechanism, wrap)?;
            sheet.write_with_format(at, 2, text(&step.title), wrap)?;
            sheet.write_with_format(at, 3, text(&cell.text), wrap)?;
            let levels = [
                cell.own,
                cell.expert,
                cell.agreed,
                cell.settled,
                cell.previous,
            ];
            for (column, level) in levels.into_iter().enumerate() {
                if let Some(level) = level {
                    sheet.write_with_format(at, column as u16 + 4, level, wrap)?;
                }
            }
            sheet.write_with_format(at, 9, cell.evidence, wrap)?;
            let remarks = [
                (
                    cell.unconfirmed,
                    words("нет подтверждения", "without evidence"),
                ),
                (
                    cell.disagrees,
                    words("оценки расходятся", "the sides differ"),
                ),
                (
                    cell.objected,
                    words("возражение записано", "an objection is recorded"),
                ),
                (
                    cell.capped,
                    words(
                        "прошлый шаг на нуле: засчитано не выше 2",
                        "the step before is at zero: counted as 2 at most",
                    ),
                ),
            ];
            let remarks: Vec<&str> = remarks
                .into_iter()
                .filter_map(|(holds, words)| holds.then_some(words))
                .collect();
            sheet.write_with_format(at, 10, remarks.join("; "), wrap)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, at, 10)?;
    Ok(())
}
