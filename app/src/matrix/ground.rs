//! A school on the ground: what one point says of a whole row.

use api::event::EventState;
use api::heat_map::CellState;

use super::data::{Figure, Matrix, Paint};
use super::layer::step;
use super::palette;

/// The paint of a row over some columns.
///
/// States and phases give the one that asks most for a look; shares give the class of their mean weighted
/// by what they rest on. A school without any figure stays without colour.
pub fn of_row(matrix: &Matrix, row: usize, columns: &[usize], bounds: &[f64]) -> Paint {
    let cells: Vec<_> = columns
        .iter()
        .filter_map(|column| matrix.row(row).get(*column))
        .collect();
    let shares = cells.iter().filter_map(|cell| match cell.figure {
        Figure::Share(share) => Some((share * f64::from(cell.n), f64::from(cell.n))),
        _ => None,
    });
    let (sum, weight) = shares.fold((0.0, 0.0), |(sum, all), (share, n)| (sum + share, all + n));
    if weight > 0.0 && !bounds.is_empty() {
        return Paint::Step(step(sum / weight, bounds));
    }
    cells
        .iter()
        .map(|cell| cell.paint)
        .max_by_key(|paint| rank(*paint))
        .unwrap_or(Paint::State(CellState::NoData))
}

/// How much a paint asks for a look, 0–4; heaps of points show the highest.
pub fn rank(paint: Paint) -> u8 {
    match paint {
        Paint::State(CellState::NoData) => 0,
        Paint::State(CellState::Insufficient) => 1,
        Paint::State(CellState::Calm) => 2,
        Paint::State(CellState::Attention) => 3,
        Paint::State(CellState::Signs) => 4,
        Paint::Phase(EventState::Planned) => 1,
        Paint::Phase(EventState::Done) => 2,
        Paint::Phase(EventState::Running) => 3,
        Paint::Phase(EventState::Alert) => 4,
        Paint::Step(step) => step.min(4),
        Paint::Shift(shift) => u8::try_from(shift.clamp(-2, 2) + 2).unwrap_or(2),
    }
}

/// Name of the custom property that holds a paint's colour.
pub fn variable(paint: Paint) -> String {
    match paint {
        Paint::State(CellState::NoData) => "--surface".to_owned(),
        Paint::State(_) => format!("--{}", palette::class(paint)),
        Paint::Phase(EventState::Planned) => "--surface".to_owned(),
        Paint::Phase(EventState::Running) => "--accent".to_owned(),
        Paint::Phase(EventState::Alert) => "--danger".to_owned(),
        Paint::Phase(EventState::Done) => "--ok".to_owned(),
        Paint::Step(_) | Paint::Shift(_) => format!("--{}", palette::class(paint)),
    }
}

/// All paints of the family of one.
pub fn family(paint: Paint) -> Vec<Paint> {
    match paint {
        Paint::State(_) => [
            CellState::NoData,
            CellState::Insufficient,
            CellState::Calm,
            CellState::Attention,
            CellState::Signs,
        ]
        .map(Paint::State)
        .to_vec(),
        Paint::Phase(_) => [
            EventState::Planned,
            EventState::Done,
            EventState::Running,
            EventState::Alert,
        ]
        .map(Paint::Phase)
        .to_vec(),
        Paint::Step(_) => (0..5).map(Paint::Step).collect(),
        Paint::Shift(_) => (-2..=2).map(Paint::Shift).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::data::tests::matrix;
    use super::*;

    #[test]
    fn a_point_shows_the_state_that_asks_most_for_a_look() {
        let matrix = matrix();
        let all = [0, 1, 2];
        let paints = [0, 1, 2].map(|row| of_row(&matrix, row, &all, &[]));
        let states = [CellState::Calm, CellState::Signs, CellState::Calm];
        assert_eq!(paints, states.map(Paint::State));
        let one = of_row(&matrix, 1, &[2], &[]);
        assert_eq!(one, Paint::State(CellState::Calm));
    }

    #[test]
    fn shares_are_weighted_by_what_they_rest_on() {
        let mut matrix = matrix();
        for (cell, (share, n)) in matrix.cells.iter_mut().zip([(0.0, 90), (0.5, 10)]) {
            cell.figure = Figure::Share(share);
            cell.n = n;
        }
        let paint = of_row(&matrix, 0, &[0, 1], &[0.04, 0.06, 0.2, 0.3]);
        assert_eq!(paint, Paint::Step(1));
    }

    #[test]
    fn ranks_of_a_family_tell_its_members_apart() {
        for first in [
            Paint::State(CellState::Calm),
            Paint::Phase(EventState::Done),
            Paint::Step(0),
            Paint::Shift(0),
        ] {
            let ranks: std::collections::BTreeSet<u8> =
                family(first).into_iter().map(rank).collect();
            assert_eq!(ranks.len(), family(first).len());
        }
    }
}
