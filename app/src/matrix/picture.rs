//! A matrix outside the page: a drawing that stands alone, and the same figures as a table.

use api::results::heat_map::CellState;

use super::arrange::{Arrangement, Line};
use super::data::{Cell, Figure, Matrix, Paint, Place};
use super::draw::{column_name, escape, figure, group_title, paint_word};
use super::legend::Entry;
use super::palette;
use super::window::begins_group;
use crate::model::xml::held;
use crate::text::results::heat_map as words;
use crate::text::{Language, common, matrix as texts};

const CELL: [f64; 2] = [46.0, 26.0];
const GAP: f64 = 2.0;
const GROUP: f64 = 8.0;
/// Least and greatest width of the names.
const NAMES: [f64; 2] = [180.0, 360.0];
const NAME_SIZE: f64 = 12.5;
/// Room for the legend beside few columns.
const LEAST_WIDTH: f64 = 520.0;
const TITLE: f64 = 30.0;
const HEAD: f64 = 74.0;

/// What stands around the cells of a drawing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Frame<'a> {
    /// Caption above.
    pub caption: &'a str,
    /// What the figures in the cells are.
    pub figures: &'a str,
    /// Legend below.
    pub legend: &'a [Entry],
    /// Rules `@font-face` with the type face inside; empty takes what the reader's machine has.
    pub faces: &'a str,
}

/// The whole matrix as SVG with its own colours, legend and type face.
pub fn svg(
    matrix: &Matrix,
    arrangement: &Arrangement,
    language: Language,
    frame: Frame<'_>,
) -> String {
    let names = names_width(matrix, arrangement);
    let columns: Vec<(usize, f64)> = places(matrix, arrangement, names);
    let width = columns.last().map_or(names, |(_, x)| x + CELL[0]) + 12.0;
    let width = width.max(LEAST_WIDTH);
    let mut y = HEAD;
    let mut body = String::new();
    let pinned = arrangement.pinned.iter().map(|row| Line::Row(*row));
    for line in pinned.chain(arrangement.lines.iter().cloned()) {
        match line {
            Line::Title(title, _) => {
                let title = group_title(language, &title);
                body.push_str(&fitted([12.0, y + 20.0], "t", 12.0, &title, width - 24.0));
                y += TITLE;
            }
            Line::Row(row) => {
                let name = &matrix.rows[row].name;
                body.push_str(&fitted(
                    [12.0, y + 17.0],
                    "s",
                    NAME_SIZE,
                    name,
                    names - 20.0,
                ));
                draw_row(&mut body, matrix, language, row, &columns, y);
                y += CELL[1] + GAP;
            }
        }
    }
    let mut head = fitted([12.0, 22.0], "c", 15.0, frame.caption, width - 24.0);
    let shortened = heads(&mut head, matrix, language, &columns);
    y += 8.0;
    foot(&mut body, &mut y, width, language, frame, &shortened);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"Golos Text, PT Sans, Arial, sans-serif\">\
         <style>{faces}.c{{font-size:15px;font-weight:600}}.g{{font-size:12px;font-weight:600}}\
         .h,.n{{font-size:11.5px;text-anchor:middle}}.t{{font-size:12px;font-weight:600;fill:#4a5362}}\
         .s{{font-size:12.5px}}.l{{font-size:12px}}</style>\
         <defs><pattern id=\"few\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(-45)\">\
         <path d=\"M0 3.5h7\" stroke=\"#d3cfc3\" stroke-width=\"1.5\"/></pattern>\
         <pattern id=\"dots\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
         <circle cx=\"4\" cy=\"4\" r=\"1.1\" fill=\"#b97a2f\"/></pattern></defs>\
         <rect width=\"100%\" height=\"100%\" fill=\"{ground}\"/><g fill=\"{ink}\">{head}{body}</g></svg>",
        height = y + 14.0,
        faces = frame.faces,
        ground = palette::PAPER.hex(),
        ink = palette::INK.hex(),
    )
}

/// As wide as the longest name needs, within bounds.
fn names_width(matrix: &Matrix, arrangement: &Arrangement) -> f64 {
    let longest = arrangement
        .rows
        .iter()
        .map(|row| width_of(&matrix.rows[*row].name, NAME_SIZE))
        .fold(0.0, f64::max);
    (longest + 20.0).clamp(NAMES[0], NAMES[1])
}

/// Heads of groups and columns; returns the columns whose names did not fit, by number from 1.
fn heads(
    head: &mut String,
    matrix: &Matrix,
    language: Language,
    columns: &[(usize, f64)],
) -> Vec<(usize, String)> {
    let mut shortened = Vec::new();
    let group_of = |at: usize| matrix.columns[columns[at].0].group.as_str();
    for (at, (column, x)) in columns.iter().enumerate() {
        let own = &matrix.columns[*column];
        if at == 0 || group_of(at - 1) != own.group {
            let end = (at..columns.len())
                .take_while(|other| group_of(*other) == own.group)
                .last()
                .map_or(*x, |last| columns[last].1);
            let name = own.group_short.in_language(language);
            head.push_str(&fitted([*x, 48.0], "g", 12.0, name, end + CELL[0] - x));
        }
        let name = own.name.in_language(language);
        let middle = x + CELL[0] / 2.0;
        if width_of(name, 11.5) <= CELL[0] {
            head.push_str(&text(middle, 65.0, "h", name));
        } else {
            // Half a word says nothing: a number, with the name below the drawing.
            shortened.push((at + 1, column_name(language, matrix, *column)));
            let title = escape(&held(name));
            head.push_str(&format!(
                "<text class=\"h\" x=\"{middle:.0}\" y=\"65\"><title>{title}</title>{}</text>",
                at + 1
            ));
        }
    }
    shortened
}

/// What the figures are, the legend in as many lines as it takes, and names of columns that did not fit.
fn foot(
    body: &mut String,
    y: &mut f64,
    width: f64,
    language: Language,
    frame: Frame<'_>,
    shortened: &[(usize, String)],
) {
    if !frame.legend.is_empty() {
        let mut x = 12.0;
        *y += 18.0;
        for entry in frame.legend {
            let box_width = 30.0;
            let long = box_width + 6.0 + width_of(&entry.text, 12.0) + 18.0;
            if x > 12.0 && x + long > width {
                x = 12.0;
                *y += 26.0;
            }
            swatch(body, entry, [x, *y - 15.0], [box_width, 20.0]);
            let room = (width - x - box_width - 12.0).max(40.0);
            body.push_str(&fitted(
                [x + box_width + 6.0, *y],
                "l",
                12.0,
                &entry.text,
                room,
            ));
            x += long;
        }
        *y += 22.0;
        body.push_str(&fitted([12.0, *y], "l", 12.0, frame.figures, width - 24.0));
        *y += 8.0;
    }
    if !shortened.is_empty() {
        *y += 16.0;
        body.push_str(&text(12.0, *y, "t", texts::legend_columns(language)));
        for (number, name) in shortened {
            *y += 18.0;
            let line = format!("{number} — {name}");
            body.push_str(&fitted([12.0, *y], "l", 12.0, &line, width - 24.0));
        }
        *y += 4.0;
    }
}

fn swatch(body: &mut String, entry: &Entry, [x, y]: [f64; 2], size: [f64; 2]) {
    let (_, ink) = palette::colours(entry.paint);
    if entry.paint != Paint::State(CellState::NoData) {
        ground(body, entry.paint, [x, y], size);
    }
    body.push_str(&format!(
        "<text class=\"n\" x=\"{:.0}\" y=\"{:.0}\" fill=\"{}\">{}</text>",
        x + size[0] / 2.0,
        y + 14.0,
        ink.hex(),
        escape(entry.figure)
    ));
}

/// The paint of a cell with the pattern of the page, so that a copy without colour says the same.
fn ground(body: &mut String, paint: Paint, [x, y]: [f64; 2], [width, height]: [f64; 2]) {
    let (ground, _) = palette::colours(paint);
    let pattern = match paint {
        Paint::State(CellState::Insufficient) => Some("url(#few)".to_owned()),
        Paint::State(CellState::Attention) => Some("url(#dots)".to_owned()),
        _ => None,
    };
    for fill in std::iter::once(ground.hex()).chain(pattern) {
        body.push_str(&format!(
            "<rect x=\"{x:.0}\" y=\"{y:.0}\" width=\"{width}\" height=\"{height}\" rx=\"3\" fill=\"{fill}\"/>"
        ));
    }
}

/// Columns with their left edges.
fn places(matrix: &Matrix, arrangement: &Arrangement, names: f64) -> Vec<(usize, f64)> {
    let mut x = names;
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
    for (column, x) in columns {
        let place = Place {
            row,
            column: *column,
        };
        let Some(cell) = matrix.cell(place) else {
            continue;
        };
        let (_, ink) = palette::colours(cell.paint);
        if !cell.is_empty() {
            ground(body, cell.paint, [*x, y], CELL);
        }
        body.push_str(&format!(
            "<text class=\"n\" x=\"{:.0}\" y=\"{:.0}\" fill=\"{}\">{}</text>",
            x + CELL[0] / 2.0,
            y + 17.0,
            ink.hex(),
            escape(&figure(language, cell))
        ));
    }
}

fn text(x: f64, y: f64, class: &str, content: &str) -> String {
    format!(
        "<text class=\"{class}\" x=\"{x:.0}\" y=\"{y:.0}\">{}</text>",
        escape(&held(content))
    )
}

/// Text that ends within `room`, with an ellipsis where it was longer and the whole as its title.
fn fitted([x, y]: [f64; 2], class: &str, size: f64, content: &str, room: f64) -> String {
    if width_of(content, size) <= room {
        return text(x, y, class, content);
    }
    let mut used = width_of("…", size);
    let mut shown: String = content
        .chars()
        .take_while(|sign| {
            used += width_of_sign(*sign) * size;
            used <= room
        })
        .collect();
    shown.truncate(shown.trim_end().len());
    let (whole, shown) = (escape(&held(content)), escape(&held(&shown)));
    format!(
        "<text class=\"{class}\" x=\"{x:.0}\" y=\"{y:.0}\"><title>{whole}</title>{shown}…</text>"
    )
}

/// How wide a text is set at most, pixels.
fn width_of(text: &str, size: f64) -> f64 {
    text.chars().map(width_of_sign).sum::<f64>() * size
}

/// Width of a sign in sizes, from above: in the semi-bold weight of the page's face no sign of its class is wider, so
/// that nothing is covered where another face stands in.
fn width_of_sign(sign: char) -> f64 {
    match sign {
        ' ' | '\u{a0}' | '\u{202f}' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'i' | 'l'
        | 'j' | 'I' => 0.34,
        'Ш' | 'Щ' | 'Ж' | 'Ю' | 'Ы' | 'Ф' | 'М' | 'W' | 'M' | '@' | '№' | '%' | '—' | '…' => {
            1.02
        }
        'ш' | 'щ' | 'ж' | 'ю' | 'ы' | 'ф' | 'м' | 'w' | 'm' => 0.88,
        '0'..='9' => 0.66,
        sign if sign.is_uppercase() => 0.8,
        sign if sign.is_alphabetic() => 0.64,
        _ => 0.7,
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
        // «3/5» is a day of May to a spreadsheet.
        Figure::Sheets(submitted, sheets) => {
            Field::Text(texts::sheets_of(language, submitted, sheets))
        }
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
    use api::results::layer::LayerKind;
    use api::text::Text;

    use super::super::arrange::Wish;
    use super::super::data::tests::matrix;
    use super::super::layer::LayerChoice;
    use super::super::legend;
    use super::*;

    #[test]
    fn a_drawing_stands_alone() {
        let mut matrix = matrix();
        matrix.rows[0].name = "Школа <№ 1>".to_owned();
        let arrangement = Arrangement::of(&matrix, &Wish::default());
        let frame = Frame {
            caption: "Карта & 2026",
            ..Frame::default()
        };
        let svg = svg(&matrix, &arrangement, Language::Ru, frame);
        assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>"));
        assert!(svg.contains("Школа &lt;№ 1&gt;") && svg.contains("Карта &amp; 2026"));
        assert!(!svg.contains("var(--"), "it has no style sheet to ask");
        // One cell is empty: eight grounds, one dotted, one hatched, one paper.
        assert_eq!(svg.matches("<rect").count(), 8 + 2 + 1);
    }

    #[test]
    fn a_drawing_has_its_legend_and_its_type_face() {
        let matrix = matrix();
        let arrangement = Arrangement::of(&matrix, &Wish::default());
        let layer = LayerChoice::Computed(LayerKind::LowResults);
        let legend = legend::entries(Language::Ru, layer, false, &[0.05, 0.1, 0.2, 0.3]);
        let frame = Frame {
            caption: "Карта",
            figures: "в ячейке — проценты",
            legend: &legend,
            faces: "@font-face{font-family:\"Golos Text\";src:url(data:font/woff2;base64,AA)}",
        };
        let svg = svg(&matrix, &arrangement, Language::Ru, frame);
        for expected in [
            "данных нет",
            "доля — ноль",
            "меньше 5 %",
            "30 % и больше",
            "проценты",
            "base64,AA",
        ] {
            assert!(svg.contains(expected), "{expected}");
        }
        assert!(svg.contains(">—</text>") && svg.contains(">0</text>"));
    }

    #[test]
    fn a_long_name_ends_before_the_cells_and_is_whole_in_its_title() {
        let mut matrix = matrix();
        let name = "Муниципальное бюджетное общеобразовательное учреждение «Школа имени героя „Щ“»"
            .repeat(2);
        matrix.rows[1].name = name.clone();
        matrix.rows[2].name = "Школа\u{b}\u{1}за рекой".to_owned();
        matrix.columns[0].name = Text::new("Нормативная база и порядок", "Norms and order");
        matrix.columns[0].work = None;
        let arrangement = Arrangement::of(&matrix, &Wish::default());
        let svg = svg(&matrix, &arrangement, Language::Ru, Frame::default());
        assert!(svg.contains(&format!("<title>{}</title>", escape(&name))));
        let shown = svg
            .split("</title>")
            .find_map(|part| part.split_once("…</text>"))
            .expect("an ellipsis")
            .0;
        assert!(
            name.starts_with(shown) && width_of(shown, NAME_SIZE) <= NAMES[1] - 20.0,
            "{shown}"
        );
        assert!(
            svg.contains("Школа за рекой"),
            "no control sign, and words apart"
        );
        let line = "1 — Нормативная база и порядок";
        assert!(
            svg.contains(line),
            "a column that does not fit is named below"
        );
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
