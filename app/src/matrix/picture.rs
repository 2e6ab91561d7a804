//! A matrix outside the page: a drawing that stands alone, and the same figures as a table.

use super::arrange::{Arrangement, Line};
use super::data::{Cell, Figure, Matrix, Paint, Place};
use super::draw::{column_name, escape, figure, group_title, paint_word};
use super::palette;
use super::window::begins_group;
use crate::text::{Language, common, heat_map as words};

const CELL: [f64; 2] = [46.0, 26.0];
const GAP: f64 = 2.0;
const GROUP: f64 = 8.0;
const NAMES: f64 = 220.0;
const TITLE: f64 = 30.0;
const HEAD: f64 = 74.0;

/// The whole matrix as SVG with its own colours; `caption` stands above it.
pub fn svg(
    matrix: &Matrix,
    arrangement: &Arrangement,
    language: Language,
    caption: &str,
) -> String {
    let columns: Vec<(usize, f64)> = places(matrix, arrangement);
    let width = columns.last().map_or(NAMES, |(_, x)| x + CELL[0]) + 12.0;
    let mut y = HEAD;
    let mut body = String::new();
    let pinned = arrangement.pinned.iter().map(|row| Line::Row(*row));
    for line in pinned.chain(arrangement.lines.iter().cloned()) {
        match line {
            Line::Title(title, _) => {
                body.push_str(&text(12.0, y + 20.0, "t", &group_title(language, &title)));
                y += TITLE;
            }
            Line::Row(row) => {
                draw_row(&mut body, matrix, language, row, &columns, y);
                y += CELL[1] + GAP;
            }
        }
    }
    let mut head = text(12.0, 22.0, "c", caption);
    for (at, (column, x)) in columns.iter().enumerate() {
        let middle = x + CELL[0] / 2.0;
        let own = &matrix.columns[*column];
        let is_first = at == 0 || matrix.columns[columns[at - 1].0].group != own.group;
        if is_first {
            head.push_str(&text(*x, 48.0, "g", own.group_short.in_language(language)));
        }
        let name = own.name.in_language(language);
        head.push_str(&text(middle, 65.0, "h", &short(name)));
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"Golos Text, PT Sans, Arial, sans-serif\">\
         <style>.c{{font-size:15px;font-weight:600}}.g{{font-size:12px;font-weight:600}}\
         .h,.n{{font-size:11.5px;text-anchor:middle}}.t{{font-size:12px;font-weight:600;fill:#4a5362}}\
         .s{{font-size:12.5px}}</style>\
         <defs><pattern id=\"few\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(-45)\">\
         <path d=\"M0 3.5h7\" stroke=\"#d3cfc3\" stroke-width=\"1.5\"/></pattern>\
         <pattern id=\"dots\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
         <circle cx=\"4\" cy=\"4\" r=\"1.1\" fill=\"#b97a2f\"/></pattern></defs>\
         <rect width=\"100%\" height=\"100%\" fill=\"{ground}\"/><g fill=\"{ink}\">{head}{body}</g></svg>",
        height = y + 14.0,
        ground = palette::PAPER.hex(),
        ink = palette::INK.hex(),
    )
}

/// Columns with their left edges.
fn places(matrix: &Matrix, arrangement: &Arrangement) -> Vec<(usize, f64)> {
    let mut x = NAMES;
    let mut found = Vec::with_capacity(arrangement.width());
    for column in &arrangement.pinned_columns {
        found.push((*column, x));
        x += CELL[0] + GAP;
    }
    for (at, column) in arrangement.columns.iter().enumerate() {
        if begins_group(matrix, arrangement, at) {
            x += GROUP;
        }
        found.push((*column, x));
        x += CELL[0] + GAP;
    }
    found
}

fn draw_row(
    body: &mut String,
    matrix: &Matrix,
    language: Language,
    row: usize,
    columns: &[(usize, f64)],
    y: f64,
) {
    body.push_str(&text(12.0, y + 17.0, "s", &matrix.rows[row].name));
    for (column, x) in columns {
        let place = Place {
            row,
            column: *column,
        };
        let Some(cell) = matrix.cell(place) else {
            continue;
        };
        let (ground, ink) = palette::colours(cell.paint);
        let [width, height] = CELL;
        let shape = |fill: &str| {
            format!(
                "<rect x=\"{x:.0}\" y=\"{y:.0}\" width=\"{width}\" height=\"{height}\" rx=\"3\" fill=\"{fill}\"/>"
            )
        };
        if !cell.is_empty() {
            body.push_str(&shape(&ground.hex()));
        }
        // The patterns of the page, so that a copy without colour says the same.
        match cell.paint {
            Paint::State(api::heat_map::CellState::Insufficient) => {
                body.push_str(&shape("url(#few)"))
            }
            Paint::State(api::heat_map::CellState::Attention) => {
                body.push_str(&shape("url(#dots)"))
            }
            _ => {}
        }
        body.push_str(&format!(
            "<text class=\"n\" x=\"{:.0}\" y=\"{:.0}\" fill=\"{}\">{}</text>",
            x + width / 2.0,
            y + 17.0,
            ink.hex(),
            figure(language, cell)
        ));
    }
}

fn text(x: f64, y: f64, class: &str, content: &str) -> String {
    format!(
        "<text class=\"{class}\" x=\"{x:.0}\" y=\"{y:.0}\">{}</text>",
        escape(content)
    )
}

/// A name that fits over a column.
fn short(name: &str) -> String {
    const MOST: usize = 7;
    if name.chars().count() <= MOST {
        name.to_owned()
    } else {
        let mut short: String = name.chars().take(MOST - 1).collect();
        short.push('…');
        short
    }
}

/// A field of a table: text, or a number that a spreadsheet can count with.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// Text.
    Text(String),
    /// Number.
    Number(f64),
}

/// The figures as a table of one line a cell, in the order shown; empty cells are left out.
pub fn table(
    matrix: &Matrix,
    arrangement: &Arrangement,
    language: Language,
) -> (Vec<String>, Vec<Vec<Field>>) {
    let header = [
        words::school(language),
        words::cluster(language),
        words::work(language),
        words::state(language),
        words::value(language),
        words::participants(language),
        words::first_reason(language),
    ]
    .map(str::to_owned)
    .to_vec();
    let rows = arrangement
        .places()
        .filter_map(|place| Some((place, matrix.cell(place)?)))
        .filter(|(_, cell)| !cell.is_empty())
        .map(|(place, cell)| line(matrix, language, place, cell))
        .collect();
    (header, rows)
}

fn line(matrix: &Matrix, language: Language, place: Place, cell: &Cell) -> Vec<Field> {
    let row = &matrix.rows[place.row];
    let value = match cell.figure {
        Figure::Share(share) => Field::Number((share * 1000.0).round() / 10.0),
        Figure::Points(points) => Field::Number((points * 10.0).round() / 10.0),
        Figure::Steps(steps) => Field::Number(f64::from(steps)),
        Figure::Sheets(..) => Field::Text(figure(language, cell)),
        Figure::None | Figure::Count(_) => Field::Text(String::new()),
    };
    let reason = cell
        .reason
        .as_deref()
        .map_or("", |reason| words::reason(language, reason));
    vec![
        Field::Text(row.name.clone()),
        Field::Text(common::cluster(language, row.cluster).to_owned()),
        Field::Text(column_name(language, matrix, place.column)),
        Field::Text(paint_word(language, cell.paint).to_owned()),
        value,
        Field::Number(f64::from(cell.n)),
        Field::Text(reason.to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::arrange::Wish;
    use super::super::data::tests::matrix;
    use super::*;

    #[test]
    fn a_drawing_stands_alone() {
        let mut matrix = matrix();
        matrix.rows[0].name = "Школа <№ 1>".to_owned();
        let arrangement = Arrangement::of(&matrix, &Wish::default());
        let svg = svg(&matrix, &arrangement, Language::Ru, "Карта & 2026");
        assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>"));
        assert!(svg.contains("Школа &lt;№ 1&gt;") && svg.contains("Карта &amp; 2026"));
        assert!(!svg.contains("var(--"), "it has no style sheet to ask");
        // One cell is empty: eight grounds, one dotted, one hatched, one paper.
        assert_eq!(svg.matches("<rect").count(), 8 + 2 + 1);
    }

    #[test]
    fn a_table_holds_every_shown_cell_that_is_not_empty() {
        let matrix = matrix();
        let arrangement = Arrangement::of(&matrix, &Wish::default());
        let (header, rows) = table(&matrix, &arrangement, Language::Ru);
        assert_eq!(rows.len(), 8);
        assert!(rows.iter().all(|row| row.len() == header.len()));
        assert_eq!(rows[0][0], Field::Text("Заречная СОШ".to_owned()));
        assert_eq!(rows[1][5], Field::Number(21.0));
    }
}
