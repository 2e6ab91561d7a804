//! Where keys lead: the cursor of the keyboard.

use super::arrange::Arrangement;
use super::data::Place;

/// Rows that a page key passes.
const PAGE: usize = 10;

/// Where a key leads from a cell; `None` for keys that do not walk.
pub fn walk(
    arrangement: &Arrangement,
    from: Option<Place>,
    key: &str,
    is_control: bool,
) -> Option<Place> {
    let columns: Vec<usize> = arrangement.all_columns().collect();
    let (last_row, last_column) = (
        arrangement.rows.len().checked_sub(1)?,
        columns.len().checked_sub(1)?,
    );
    // A cursor whose row or column is not shown any more begins anew.
    let row = from.and_then(|place| arrangement.rows.iter().position(|row| *row == place.row));
    let column = from.and_then(|place| columns.iter().position(|other| *other == place.column));
    let (row, column) = (row.unwrap_or(0), column.unwrap_or(0));
    let (row, column) = match key {
        "ArrowUp" if is_control => (0, column),
        "ArrowDown" if is_control => (last_row, column),
        "ArrowLeft" if is_control => (row, 0),
        "ArrowRight" if is_control => (row, last_column),
        "ArrowUp" => (row.saturating_sub(1), column),
        "ArrowDown" => ((row + 1).min(last_row), column),
        "ArrowLeft" => (row, column.saturating_sub(1)),
        "ArrowRight" => (row, (column + 1).min(last_column)),
        "Home" if is_control => (0, 0),
        "End" if is_control => (last_row, last_column),
        "Home" => (row, 0),
        "End" => (row, last_column),
        "PageUp" => (row.saturating_sub(PAGE), column),
        "PageDown" => ((row + PAGE).min(last_row), column),
        _ => return None,
    };
    Some(Place {
        row: *arrangement.rows.get(row)?,
        column: *columns.get(column)?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::arrange::{Arrangement, Grouping, Wish};
    use super::super::data::tests::matrix;
    use super::*;

    fn at(row: usize, column: usize) -> Place {
        Place { row, column }
    }

    #[test]
    fn keys_walk_in_the_order_shown_and_stop_at_edges() {
        let arrangement = Arrangement::of(
            &matrix(),
            &Wish {
                grouping: Grouping::Name,
                ..Wish::default()
            },
        );
        assert_eq!(arrangement.rows, [1, 2, 0]);
        let go = |from, key| walk(&arrangement, Some(from), key, false);
        assert_eq!(go(at(1, 0), "ArrowDown"), Some(at(2, 0)));
        assert_eq!(go(at(0, 0), "ArrowDown"), Some(at(0, 0)));
        assert_eq!(go(at(1, 0), "ArrowUp"), Some(at(1, 0)));
        assert_eq!(go(at(1, 0), "End"), Some(at(1, 2)));
        assert_eq!(go(at(1, 1), "PageDown"), Some(at(0, 1)));
        assert_eq!(
            walk(&arrangement, Some(at(2, 1)), "End", true),
            Some(at(0, 2))
        );
        assert_eq!(go(at(1, 0), "a"), None);
    }

    #[test]
    fn a_cursor_that_was_filtered_away_begins_anew() {
        let wish = Wish {
            search: "Заречная".to_owned(),
            ..Wish::default()
        };
        let arrangement = Arrangement::of(&matrix(), &wish);
        assert_eq!(
            walk(&arrangement, Some(at(0, 2)), "Home", false),
            Some(at(1, 0))
        );
        assert_eq!(walk(&Arrangement::default(), None, "End", false), None);
    }
}
