//! A school on the ground: what one point says of a whole row.

use api::procedures::event::EventState;
use api::results::heat_map::CellState;

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

/// What a map has to show: south-west and north-east corner, longitude first. The east is beyond 180° where the places
/// lie on both sides of the 180th meridian: the widest empty stretch of the globe stays outside.
pub fn extent(places: &[[f64; 2]]) -> Option<[[f64; 2]; 2]> {
    let mut longitudes: Vec<f64> = places
        .iter()
        .map(|place| match place[1] {
            // Turning what is in its place already would cost the last digits.
            longitude if (-180.0..=180.0).contains(&longitude) => longitude,
            longitude => (longitude + 180.0).rem_euclid(360.0) - 180.0,
        })
        .collect();
    longitudes.sort_by(f64::total_cmp);
    let (first, last) = (*longitudes.first()?, *longitudes.last()?);
    let around = first + 360.0 - last;
    let (mut west, mut east, mut widest) = (first, last, around);
    for pair in longitudes.windows(2) {
        if pair[1] - pair[0] > widest {
            (west, east, widest) = (pair[1], pair[0] + 360.0, pair[1] - pair[0]);
        }
    }
    let latitudes = || places.iter().map(|place| place[0]);
    let south = latitudes().fold(f64::MAX, f64::min);
    let north = latitudes().fold(f64::MIN, f64::max);
    Some([[west, south], [east, north]])
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
    use proptest::prelude::*;

    #[test]
    fn an_extent_crosses_the_meridian_where_that_is_shorter() {
        let far_east = [
            [66.5, 177.5],
            [64.42, -173.2],
            [64.73, 177.5],
            [64.73, 177.5],
        ];
        let [[west, south], [east, north]] = extent(&far_east).expect("places");
        assert_eq!([west, south, north], [177.5, 64.42, 66.5]);
        assert!((east - 186.8).abs() < 1e-9, "{east}");
        let district = [[57.0, 91.2], [57.5, 90.1], [56.9, 92.0]];
        assert_eq!(extent(&district), Some([[90.1, 56.9], [92.0, 57.5]]));
        let region = [[54.7, 20.5], [55.0, 22.9]];
        assert_eq!(extent(&region), Some([[20.5, 54.7], [22.9, 55.0]]));
        assert_eq!(extent(&[[57.0, 91.2]]), Some([[91.2, 57.0], [91.2, 57.0]]));
        assert_eq!(extent(&[]), None);
    }

    proptest! {
        /// Every place lies inside, however the globe is turned, and turning it makes the extent no wider.
        #[test]
        fn an_extent_holds_its_places_and_turns_with_the_globe(
            places in prop::collection::vec((-80.0_f64..80.0, -20.0_f64..20.0), 1..8),
            turn in 0.0_f64..360.0,
        ) {
            let at = |turn: f64| -> Vec<[f64; 2]> {
                places
                    .iter()
                    .map(|(latitude, longitude)| {
                        [*latitude, (longitude + turn + 180.0).rem_euclid(360.0) - 180.0]
                    })
                    .collect()
            };
            let [[west, south], [east, north]] = extent(&at(turn)).expect("places");
            let [[plain_west, _], [plain_east, _]] = extent(&at(0.0)).expect("places");
            prop_assert!((east - west - (plain_east - plain_west)).abs() < 1e-6);
            for [latitude, longitude] in at(turn) {
                prop_assert!(south <= latitude && latitude <= north);
                let inside = |longitude: f64| west - 1e-6 <= longitude && longitude <= east + 1e-6;
                prop_assert!(inside(longitude) || inside(longitude + 360.0));
            }
        }
    }

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
