//! Comparison of two years: the same work a year apart, school by school.

use std::collections::HashMap;

use api::id::OrganisationId;
use api::results::heat_map::CellState;

use super::data::{Cell, Figure, Matrix, Paint};

/// A change of a share that is a class of its own, and one that is a strong one: percentage points.
const POINTS: [f64; 2] = [3.0, 10.0];

/// What changed between two matrices of one layer. Rows and columns are those of `now`; where the
/// earlier one has nothing, neither has the comparison.
pub fn compare(now: &Matrix, before: &Matrix, is_more_worse: bool) -> Matrix {
    let rows: HashMap<OrganisationId, usize> = before
        .rows
        .iter()
        .enumerate()
        .map(|(at, row)| (row.organisation, at))
        .collect();
    let columns: HashMap<&str, usize> = before
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| (column.key.as_str(), at))
        .collect();
    let mut cells = Vec::with_capacity(now.cells.len());
    for (at, row) in now.rows.iter().enumerate() {
        let old = rows.get(&row.organisation).map(|row| before.row(*row));
        for (column, cell) in now.columns.iter().zip(now.row(at)) {
            let old = columns
                .get(column.key.as_str())
                .and_then(|column| old?.get(*column));
            cells.push(match old {
                Some(old) => change(cell, old, is_more_worse),
                None => Cell {
                    live: cell.live.clone(),
                    ..Cell::empty()
                },
            });
        }
    }
    Matrix {
        rows: now.rows.clone(),
        columns: now.columns.clone(),
        cells,
    }
}

fn change(now: &Cell, before: &Cell, is_more_worse: bool) -> Cell {
    let (paint, figure) = match (now.paint, before.paint) {
        (Paint::State(state), Paint::State(old)) => match (rank(state), rank(old)) {
            (Some(state), Some(old)) => (Paint::Shift(state - old), Figure::Steps(state - old)),
            _ if state == CellState::NoData || old == CellState::NoData => {
                (Paint::State(CellState::NoData), Figure::None)
            }
            _ => (Paint::State(CellState::Insufficient), Figure::Count(now.n)),
        },
        _ => match (now.figure, before.figure) {
            (Figure::Share(share), Figure::Share(old)) => {
                let points = (share - old) * 100.0;
                (
                    Paint::Shift(class(points, is_more_worse)),
                    Figure::Points(points),
                )
            }
            _ if now.is_empty() || before.is_empty() => {
                (Paint::State(CellState::NoData), Figure::None)
            }
            _ => (Paint::State(CellState::Insufficient), Figure::Count(now.n)),
        },
    };
    Cell {
        paint,
        figure,
        n: now.n,
        reason: now.reason.clone(),
        live: now.live.clone(),
    }
}

/// States that can be compared, in their order.
fn rank(state: CellState) -> Option<i8> {
    match state {
        CellState::Calm => Some(0),
        CellState::Attention => Some(1),
        CellState::Signs => Some(2),
        CellState::NoData | CellState::Insufficient => None,
    }
}

fn class(points: f64, is_more_worse: bool) -> i8 {
    let size = match points.abs() {
        size if size >= POINTS[1] => 2,
        size if size >= POINTS[0] => 1,
        _ => 0,
    };
    if (points > 0.0) == is_more_worse {
        size
    } else {
        -size
    }
}

#[cfg(test)]
mod tests {
    use super::super::data::tests::{matrix, state};
    use super::*;

    #[test]
    fn a_matrix_does_not_differ_from_itself() {
        let compared = compare(&matrix(), &matrix(), true);
        for (cell, old) in compared.cells.iter().zip(&matrix().cells) {
            match old.paint {
                Paint::State(CellState::NoData | CellState::Insufficient) => {
                    assert_eq!(cell.paint, old.paint);
                }
                _ => assert_eq!(cell.paint, Paint::Shift(0)),
            }
        }
    }

    #[test]
    fn states_move_by_steps() {
        let calm = state(CellState::Calm, 20);
        let signs = state(CellState::Signs, 20);
        assert_eq!(change(&signs, &calm, true).paint, Paint::Shift(2));
        assert_eq!(change(&calm, &signs, true).paint, Paint::Shift(-2));
        let few = state(CellState::Insufficient, 3);
        assert_eq!(
            change(&calm, &few, true).paint,
            Paint::State(CellState::Insufficient)
        );
    }

    #[test]
    fn a_column_without_an_earlier_year_has_no_change() {
        let mut before = matrix();
        before.columns[0].key = "history-5".to_owned();
        let compared = compare(&matrix(), &before, true);
        assert!(compared.row(0)[0].is_empty());
        assert_eq!(compared.row(0)[1].paint, Paint::Shift(0));
    }

    #[test]
    fn growth_is_good_or_bad_by_the_layer() {
        assert_eq!(class(12.0, true), 2);
        assert_eq!(class(12.0, false), -2);
        assert_eq!(class(-4.0, true), -1);
        assert_eq!(class(2.9, true), 0);
    }
}
