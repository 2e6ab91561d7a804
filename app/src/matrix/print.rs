//! A matrix on paper: every column and row on some sheet, with its heads. What a screen scrolls, paper cuts, so columns
//! stand in tables of a sheet's width, one below the other.

use std::fmt::Write as _;

use super::arrange::{Arrangement, Line};
use super::data::{Figure, Matrix, Paint, Place};
use super::draw::{column_name, escape, figure, group_title, paint_word};
use super::legend::Entry;
use super::palette;
use crate::text::results::heat_map as words;
use crate::text::{Language, matrix as texts, number};

/// Columns that fit beside the names on A4 in portrait.
const COLUMNS: usize = 10;

/// Lines of the list on paper: some eighty sheets, beyond that a file is the better paper.
pub const LINES: usize = 4_000;

/// The matrix as tables of at most ten columns, with the legend above.
pub fn tables(
    matrix: &Matrix,
    arrangement: &Arrangement,
    language: Language,
    legend: &[Entry],
    figures: &str,
) -> String {
    let columns: Vec<usize> = arrangement.all_columns().collect();
    let mut html = String::new();
    key(&mut html, legend, figures);
    for (at, part) in columns.chunks(COLUMNS).enumerate() {
        let first = at * COLUMNS + 1;
        html.push_str("<table class=\"paper-matrix\">");
        if columns.len() > COLUMNS {
            let last = first + part.len() - 1;
            let caption = texts::print_columns(language, first, last, columns.len());
            push(&mut html, format_args!("<caption>{caption}</caption>"));
        }
        heads(&mut html, matrix, language, part);
        html.push_str("<tbody>");
        for row in &arrangement.pinned {
            line(&mut html, matrix, language, *row, part);
        }
        for one in &arrangement.lines {
            match one {
                Line::Title(title, _) => push(
                    &mut html,
                    format_args!(
                        "<tr class=\"paper-title\"><th colspan=\"{}\" scope=\"rowgroup\">{}</th></tr>",
                        part.len() + 1,
                        escape(&group_title(language, title))
                    ),
                ),
                Line::Row(row) => line(&mut html, matrix, language, *row, part),
            }
        }
        html.push_str("</tbody></table>");
    }
    html
}

/// The cells as a list of lines; where it would fill a cupboard, it ends and says so.
pub fn list(matrix: &Matrix, arrangement: &Arrangement, language: Language) -> String {
    let places: Vec<Place> = arrangement
        .places()
        .filter(|place| matrix.cell(*place).is_some_and(|cell| !cell.is_empty()))
        .collect();
    let mut html = String::new();
    if places.len() > LINES {
        let (shown, all) = (LINES as u64, places.len() as u64);
        let rest = texts::print_rest(
            language,
            number::count(language, shown),
            number::count(language, all),
        );
        push(&mut html, format_args!("<p>{}</p>", escape(&rest)));
    }
    html.push_str("<table class=\"paper-list\"><thead><tr>");
    for head in [
        words::school(language),
        words::work(language),
        words::state(language),
        words::participants(language),
        words::first_reason(language),
    ] {
        push(&mut html, format_args!("<th scope=\"col\">{head}</th>"));
    }
    html.push_str("</tr></thead><tbody>");
    for place in places.into_iter().take(LINES) {
        let Some(cell) = matrix.cell(place) else {
            continue;
        };
        let reason = cell
            .reason
            .as_deref()
            .map_or("—", |reason| words::reason(language, reason));
        push(
            &mut html,
            format_args!(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                escape(&matrix.rows[place.row].name),
                escape(&column_name(language, matrix, place.column)),
                escape(&state(language, cell)),
                number::count(language, u64::from(cell.n)),
                escape(reason)
            ),
        );
    }
    html.push_str("</tbody></table>");
    html
}

/// What stands in a cell, in words.
pub fn state(language: Language, cell: &super::data::Cell) -> String {
    let word = paint_word(language, cell.paint);
    let shown = figure(language, cell);
    match (cell.paint, cell.figure) {
        (Paint::State(_), _) => word.to_owned(),
        (Paint::Phase(_), Figure::Sheets(submitted, sheets)) => {
            let sheets = texts::sheets_of(language, submitted, sheets);
            format!("{word}, {sheets}")
        }
        (Paint::Phase(_), _) => word.to_owned(),
        (_, Figure::Share(share)) => number::percent(language, share, 0),
        (_, Figure::Points(_)) => format!("{shown} · {word}"),
        _ => word.to_owned(),
    }
}

fn key(html: &mut String, legend: &[Entry], figures: &str) {
    html.push_str("<ul class=\"paper-legend\">");
    for entry in legend {
        push(
            html,
            format_args!(
                "<li><span class=\"paper-cell {}\">{}</span> {}</li>",
                palette::class(entry.paint),
                escape(entry.figure),
                escape(&entry.text)
            ),
        );
    }
    push(html, format_args!("<li>{}</li></ul>", escape(figures)));
}

fn heads(html: &mut String, matrix: &Matrix, language: Language, columns: &[usize]) {
    push(
        html,
        format_args!(
            "<thead><tr><th rowspan=\"2\" scope=\"col\">{}</th>",
            words::school(language)
        ),
    );
    let group = |column: usize| &matrix.columns[column].group;
    for run in columns.chunk_by(|one, other| group(*one) == group(*other)) {
        let own = &matrix.columns[run[0]];
        push(
            html,
            format_args!(
                "<th colspan=\"{}\" scope=\"colgroup\">{}</th>",
                run.len(),
                escape(own.group_short.in_language(language))
            ),
        );
    }
    html.push_str("</tr><tr>");
    for column in columns {
        let name = matrix.columns[*column].name.in_language(language);
        push(
            html,
            format_args!("<th scope=\"col\">{}</th>", escape(name)),
        );
    }
    html.push_str("</tr></thead>");
}

fn line(html: &mut String, matrix: &Matrix, language: Language, row: usize, columns: &[usize]) {
    push(
        html,
        format_args!(
            "<tr><th scope=\"row\">{}</th>",
            escape(&matrix.rows[row].name)
        ),
    );
    for column in columns {
        let place = Place {
            row,
            column: *column,
        };
        if let Some(cell) = matrix.cell(place) {
            push(
                html,
                format_args!(
                    "<td class=\"paper-cell {}\">{}</td>",
                    palette::class(cell.paint),
                    escape(&figure(language, cell))
                ),
            );
        }
    }
    html.push_str("</tr>");
}

fn push(html: &mut String, what: std::fmt::Arguments<'_>) {
    html.write_fmt(what)
        .expect("a string takes all that is written to it");
}

#[cfg(test)]
mod tests {
    use api::registry::organisation::Cluster;
    use api::results::heat_map::CellState;

    use super::super::arrange::Wish;
    use super::super::data::tests::{column, matrix, row, state};
    use super::*;

    /// Schools × works, all of them held.
    fn large(schools: usize, works: usize) -> Matrix {
        Matrix {
            rows: (0..schools)
                .map(|at| row(at as u128, &format!("Школа-{at}."), Cluster::Urban))
                .collect(),
            columns: (0..works)
                .map(|at| {
                    let grade = u8::try_from(at % 8 + 4).expect("a grade");
                    let mut own = column(&format!("s{}", at / 8), grade);
                    own.key = format!("{at}");
                    own.name = api::text::Text::new(format!("раб-{at}."), format!("work-{at}."));
                    own
                })
                .collect(),
            cells: (0..schools * works)
                .map(|_| state(CellState::Calm, 20))
                .collect(),
        }
    }

    #[test]
    fn every_row_and_column_is_on_paper_under_its_head() {
        let matrix = large(60, 30);
        let arrangement = Arrangement::of(&matrix, &Wish::default());
        let html = tables(&matrix, &arrangement, Language::Ru, &[], "");
        let parts: Vec<&str> = html.split("<table").skip(1).collect();
        assert_eq!(parts.len(), 3);
        for (at, part) in parts.iter().enumerate() {
            assert!(part.contains("<thead>"), "the head repeats where it is one");
            for school in 0..60 {
                assert!(part.contains(&format!(">Школа-{school}.<")), "{school}");
            }
            for work in 0..30 {
                let has = part.contains(&format!(">раб-{work}.<"));
                assert_eq!(has, work / 10 == at, "{work} in table {at}");
            }
            assert_eq!(part.matches("<td").count(), 600);
        }
        assert!(html.contains("Столбцы 21–30 из 30"));
    }

    #[test]
    fn the_list_is_whole_or_says_that_it_is_not() {
        let whole = large(60, 30);
        let html = list(
            &whole,
            &Arrangement::of(&whole, &Wish::default()),
            Language::Ru,
        );
        assert_eq!(html.matches("<tr>").count(), 1 + 1_800);
        assert!(!html.contains("<p>"));
        let region = large(200, 30);
        let arrangement = Arrangement::of(&region, &Wish::default());
        let html = list(&region, &arrangement, Language::Ru);
        assert_eq!(html.matches("<tr>").count(), 1 + LINES);
        assert!(
            html.contains("первые 4\u{202f}000 строк из 6\u{202f}000"),
            "{}",
            &html[..300]
        );
    }

    #[test]
    fn empty_cells_are_no_lines_and_names_are_escaped() {
        let mut matrix = matrix();
        matrix.rows[0].name = "Школа <b>".to_owned();
        let arrangement = Arrangement::of(&matrix, &Wish::default());
        let list = list(&matrix, &arrangement, Language::Ru);
        assert_eq!(list.matches("<tr>").count(), 1 + 8);
        let html = tables(&matrix, &arrangement, Language::Ru, &[], "");
        assert!(list.contains("Школа &lt;b&gt;") && html.contains("Школа &lt;b&gt;"));
        assert!(!html.contains("style="), "the content policy forbids it");
    }
}
