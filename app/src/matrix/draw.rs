//! Markup of rows and cells as text, and the sentence of a cell.
//!
//! Rows are set by one assignment of markup, which costs a browser a fraction of what a thousand separate
//! elements do; that is what keeps a thousand schools smooth. For the same reason a cell is one element with one
//! text wherever possible: what it says beyond its number stands in `aria-label`. Listeners stand on the whole
//! matrix and find the cell by its `data-` attributes. Attributes `style` do not occur: the content policy forbids
//! them.

use std::ops::Range;

use api::procedures::event::EventState;
use api::results::heat_map::CellState;

use super::arrange::{Arrangement, GroupTitle, Line};
use super::data::{Cell, Figure, Matrix, Paint, Place, Trajectory};
use super::layer::LayerChoice;
use super::palette;
use super::window::begins_group;
use crate::text::results::heat_map as words;
use crate::text::{Language, common, matrix as texts, number};

/// Which part of a row is drawn, and how.
#[derive(Clone, Copy, Debug)]
pub struct RowView<'a> {
    /// The matrix.
    pub matrix: &'a Matrix,
    /// Its order.
    pub arrangement: &'a Arrangement,
    /// Language.
    pub language: Language,
    /// The open cell.
    pub open: Option<Place>,
    /// The cell under the cursor of the keyboard.
    pub cursor: Option<Place>,
}

/// Id of a cell's element.
pub fn element_id(place: Place) -> String {
    format!("m-{}-{}", place.row, place.column)
}

/// Text inside markup and quoted attributes.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A line with its element.
pub fn line(html: &mut String, view: RowView, at: usize, columns: &Range<usize>) {
    let index = view.arrangement.pinned.len() + at + 2;
    match view.arrangement.lines.get(at) {
        Some(Line::Title(title, count)) => html.push_str(&format!(
            "<div class=\"matrix-title\" role=\"row\" aria-rowindex=\"{index}\"><span role=\"rowheader\">{}\
             <span class=\"faint num\">{count}</span></span></div>",
            escape(&group_title(view.language, title)),
        )),
        Some(Line::Row(place)) => html.push_str(&format!(
            "<div class=\"matrix-line\" role=\"row\" aria-rowindex=\"{index}\">{}</div>",
            row(view, *place, columns),
        )),
        None => {}
    }
}

/// The inside of a row, with the columns of the window by place in the arrangement.
pub fn row(view: RowView, row: usize, columns: &Range<usize>) -> String {
    let Some(head) = view.matrix.rows.get(row) else {
        return String::new();
    };
    let name = escape(&head.name);
    let href = api::work::school(head.organisation);
    let mut html = format!(
        "<div class=\"matrix-fixed\" role=\"presentation\">\
         <div class=\"matrix-name\" role=\"rowheader\" aria-colindex=\"1\">\
         <a href=\"{href}\" title=\"{name}\" tabindex=\"-1\">{name}</a></div>"
    );
    for (at, column) in view.arrangement.pinned_columns.iter().enumerate() {
        let place = Place {
            row,
            column: *column,
        };
        cell(&mut html, view, place, at, at == 0);
    }
    html.push_str("</div><div class=\"matrix-run\" role=\"presentation\">");
    cells(&mut html, view, row, columns.clone());
    html.push_str("</div>");
    html
}

/// Some of the cells of a row that are not pinned.
pub fn cells(html: &mut String, view: RowView, row: usize, columns: Range<usize>) {
    for at in columns.start..columns.end.min(view.arrangement.columns.len()) {
        let place = Place {
            row,
            column: view.arrangement.columns[at],
        };
        let index = view.arrangement.pinned_columns.len() + at;
        let is_first = begins_group(view.matrix, view.arrangement, at);
        cell(html, view, place, index, is_first);
    }
}

/// One cell: colour by class, number or symbol, and the word for those who do not see it.
fn cell(html: &mut String, view: RowView, place: Place, index: usize, is_first: bool) {
    let Some(cell) = view.matrix.cell(place) else {
        return;
    };
    let mut class = class(cell);
    for (is_on, name) in [
        (is_first, " first"),
        (view.open == Some(place), " open"),
        (view.cursor == Some(place), " cursor"),
    ] {
        if is_on {
            class.push_str(name);
        }
    }
    html.push_str(&format!(
        "<div role=\"gridcell\" id=\"{}\" class=\"{class}\" data-row=\"{}\" data-column=\"{}\" \
         aria-colindex=\"{}\" aria-selected=\"{}\" aria-label=\"{}\">{}</div>",
        element_id(place),
        place.row,
        place.column,
        index + 2,
        view.open == Some(place),
        escape(&spoken(view.language, cell)),
        inside(view.language, cell),
    ));
}

/// The live mark of a cell, where the colour does not say the same.
fn marked(cell: &Cell) -> Option<EventState> {
    let live = cell.live.as_ref()?;
    (!matches!(cell.paint, Paint::Phase(_))).then_some(live.state)
}

/// Classes of a cell.
pub fn class(cell: &Cell) -> String {
    let mark = if marked(cell).is_some() { " live" } else { "" };
    format!("matrix-cell {}{mark}", palette::class(cell.paint))
}

/// Number and words of a cell, for those who do not see its colour.
pub fn spoken(language: Language, cell: &Cell) -> String {
    let mut spoken = figure(language, cell);
    let live = marked(cell).map(|state| common::event_state(language, state));
    for word in std::iter::once(paint_word(language, cell.paint)).chain(live) {
        if !word.is_empty() {
            spoken.push(' ');
            spoken.push_str(word);
        }
    }
    spoken
}

/// The inside of a cell.
pub fn inside(language: Language, cell: &Cell) -> String {
    let mut html = escape(&figure(language, cell));
    // On a pattern the number has a ground of its own.
    if let Paint::State(CellState::Attention | CellState::Insufficient) = cell.paint {
        html = format!("<span class=\"n\">{html}</span>");
    }
    if let Some(state) = marked(cell) {
        let (class, path) = mark(state);
        html.push_str(&format!(
            "<svg class=\"live-mark {class}\" viewBox=\"0 0 10 10\" aria-hidden=\"true\"><path d=\"{path}\"/></svg>",
        ));
    }
    html
}

/// The mark of an event: shape and colour say the same.
fn mark(state: EventState) -> (&'static str, &'static str) {
    match state {
        EventState::Planned => ("planned", "M5 1.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7Z"),
        EventState::Running => ("running", "M5 1a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z"),
        EventState::Alert => ("alert", "M5 .5 9.7 9H.3Z"),
        EventState::Done => ("done", "m1.5 5.5 2.5 2.5 4.5-6"),
    }
}

/// What stands in a cell.
pub fn figure(language: Language, cell: &Cell) -> String {
    match cell.figure {
        Figure::None => match cell.paint {
            Paint::Phase(EventState::Planned) => "○".to_owned(),
            _ => "—".to_owned(),
        },
        Figure::Count(count) => number::count(language, u64::from(count)),
        Figure::Share(share) => number::per_cent(language, share, 0),
        Figure::Points(points) if points.abs() < 0.5 => "0".to_owned(),
        Figure::Points(points) if points > 0.0 => {
            format!("+{}", number::decimal(language, points, 0))
        }
        Figure::Points(points) => format!("−{}", number::decimal(language, -points, 0)),
        Figure::Sheets(submitted, sheets) => {
            let sign = match cell.paint {
                Paint::Phase(EventState::Alert) => "! ",
                Paint::Phase(EventState::Done) => "✓ ",
                _ => "",
            };
            format!("{sign}{submitted}/{sheets}")
        }
        Figure::Steps(0) => "=".to_owned(),
        Figure::Steps(steps) if steps > 0 => "▲".to_owned(),
        Figure::Steps(_) => "▼".to_owned(),
    }
}

/// The word of a paint.
pub fn paint_word(language: Language, paint: Paint) -> &'static str {
    match paint {
        Paint::State(state) => common::state(language, state),
        Paint::Phase(phase) => common::event_state(language, phase),
        Paint::Step(_) => "",
        Paint::Shift(..=-2) => texts::shift_down_strong(language),
        Paint::Shift(-1) => texts::shift_down(language),
        Paint::Shift(0) => texts::shift_none(language),
        Paint::Shift(1) => texts::shift_up(language),
        Paint::Shift(2..) => texts::shift_up_strong(language),
    }
}

/// Title over a group of rows.
pub fn group_title(language: Language, title: &GroupTitle) -> String {
    match title {
        GroupTitle::Cluster(cluster) => common::cluster(language, *cluster).to_owned(),
        GroupTitle::Territory(place) if place.is_empty() => {
            texts::territory_unknown(language).to_owned()
        }
        GroupTitle::Territory(place) => place.clone(),
        GroupTitle::Trajectory(trajectory) => match trajectory {
            Some(Trajectory::Rising) => texts::rising(language),
            Some(Trajectory::Stable) => texts::stable(language),
            Some(Trajectory::Falling) => texts::falling(language),
            None => texts::trajectory_unknown(language),
        }
        .to_owned(),
    }
}

/// Name of a column where it stands alone: «Математика, 5 класс».
pub fn column_name(language: Language, matrix: &Matrix, column: usize) -> String {
    let Some(column) = matrix.columns.get(column) else {
        return String::new();
    };
    match &column.work {
        Some((_, grade)) => {
            common::subject_grade(language, column.group_name.in_language(language), *grade)
        }
        None => column.name.in_language(language).to_owned(),
    }
}

/// The sentence of a cell: read aloud at the cursor, shown when pointed at.
pub fn sentence(language: Language, matrix: &Matrix, layer: LayerChoice, place: Place) -> String {
    let (Some(row), Some(cell)) = (matrix.rows.get(place.row), matrix.cell(place)) else {
        return String::new();
    };
    let school = row.name.as_str();
    let work = column_name(language, matrix, place.column);
    let n = u64::from(cell.n);
    let percent = |share| number::percent(language, share, 0);
    let sentence = match (cell.paint, cell.figure) {
        (Paint::State(CellState::NoData), _) if layer == LayerChoice::State => {
            words::spoken_none(language, school, work)
        }
        (Paint::State(CellState::NoData), _) => texts::spoken_nothing(language, school, work),
        (Paint::Phase(phase), Figure::Sheets(submitted, sheets)) => texts::spoken_phase(
            language,
            school,
            work,
            common::event_state(language, phase),
            submitted,
            sheets,
        ),
        (Paint::Phase(phase), _) => {
            texts::spoken_planned(language, school, work, common::event_state(language, phase))
        }
        (_, Figure::Share(share)) if layer == LayerChoice::Observation => {
            texts::spoken_index(language, n, school, work, percent(share))
        }
        (_, Figure::Share(share)) => texts::spoken_share(language, school, work, percent(share), n),
        (paint @ Paint::Shift(_), Figure::Points(_)) => texts::spoken_points(
            language,
            school,
            work,
            figure(language, cell),
            paint_word(language, paint),
        ),
        (paint @ Paint::Shift(_), _) => {
            texts::spoken_shift(language, school, work, paint_word(language, paint))
        }
        (paint, _) => {
            let state = paint_word(language, paint);
            match cell.reason.as_deref() {
                Some(reason) => words::spoken_reason(
                    language,
                    n,
                    school,
                    work,
                    state,
                    words::reason(language, reason),
                ),
                None => words::spoken(language, n, school, work, state),
            }
        }
    };
    match &cell.live {
        Some(live) if !matches!(cell.paint, Paint::Phase(_)) => words::spoken_live(
            language,
            sentence,
            common::event_state(language, live.state),
            live.submitted,
            live.sheets,
        ),
        _ => sentence,
    }
}

#[cfg(test)]
mod tests {
    use super::super::arrange::Wish;
    use super::super::data::tests::matrix;
    use super::*;

    fn view<'a>(matrix: &'a Matrix, arrangement: &'a Arrangement) -> RowView<'a> {
        RowView {
            matrix,
            arrangement,
            language: Language::Ru,
            open: None,
            cursor: None,
        }
    }

    #[test]
    fn only_columns_of_the_window_are_drawn_but_pinned_ones_always() {
        let matrix = matrix();
        let wish = Wish {
            pinned_columns: vec!["russian-5".to_owned()],
            ..Wish::default()
        };
        let arrangement = Arrangement::of(&matrix, &wish);
        let html = row(view(&matrix, &arrangement), 1, &(1..2));
        assert!(html.contains("data-column=\"0\"") && html.contains("data-column=\"2\""));
        assert!(!html.contains("data-column=\"1\""));
        assert!(html.contains("aria-colindex=\"2\"") && html.contains("aria-colindex=\"4\""));
    }

    #[test]
    fn names_are_escaped_and_no_style_attribute_is_written() {
        let mut matrix = matrix();
        matrix.rows[0].name = "СОШ \"<b>\" & Ко".to_owned();
        let arrangement = Arrangement::of(&matrix, &Wish::default());
        let html = row(view(&matrix, &arrangement), 0, &(0..3));
        assert!(html.contains("СОШ &quot;&lt;b&gt;&quot; &amp; Ко"));
        assert!(!html.contains("style="));
    }

    #[test]
    fn a_cell_says_its_number_and_the_word_of_its_colour() {
        let matrix = matrix();
        let cell = matrix.cell(Place { row: 1, column: 1 }).expect("a cell");
        assert_eq!(spoken(Language::Ru, cell), "21 признаки");
        assert_eq!(inside(Language::Ru, cell), "21");
    }

    #[test]
    fn a_cell_is_spoken_as_a_sentence() {
        let mut matrix = matrix();
        matrix.cells[4].reason = Some("bunching".to_owned());
        let place = Place { row: 1, column: 1 };
        assert_eq!(
            sentence(Language::Ru, &matrix, LayerChoice::State, place),
            "Заречная СОШ — Математика, 5\u{a0}класс: признаки, 21 участник. Первая причина: скачок на границе отметки."
        );
        let none = Place { row: 0, column: 2 };
        assert_eq!(
            sentence(Language::En, &matrix, LayerChoice::State, none),
            "СОШ № 10 — Mathematics, grade\u{a0}6: the work was not held."
        );
    }

    #[test]
    fn changes_carry_their_sign() {
        let points = |points| {
            figure(
                Language::Ru,
                &Cell {
                    figure: Figure::Points(points),
                    ..Cell::empty()
                },
            )
        };
        assert_eq!(
            [points(12.4), points(-3.0), points(0.2)],
            ["+12", "−3", "0"]
        );
    }
}
